import GSL
import Models
import Probability
import Testing

@testable import Exact

@Suite("Importance-weighted bounds by an integral")
struct ImportanceIntegralTests {
  // Catches: a spacing that is too wide, a window that leaves something out, log K forgotten.
  @Test("bits that nothing hangs on change nothing: an integral for many states, multisets for few")
  func spareBits() throws {
    for seed in [1, 2, 3, 4] as [UInt64] {
      var cases = try Cases(seed: seed, stream: 9)
      let prior = try cases.probabilities(3)
      let weights = try (0..<3).map { _ in try cases.reals(4, from: -3, to: 3) }
      let bias = try cases.reals(4, from: -2, to: 2)
      let b = try cases.probabilities(3)
      let spare = try cases.probabilities(6)
      let few = try LatentFactorModel(prior: prior, weights: weights, bias: bias)
      // Six factors that add nothing to any score, and a q that is their prior.
      let many = try LatentFactorModel(
        prior: prior + spare,
        weights: weights + spare.map { _ in [Double](repeating: 0, count: 4) }, bias: bias)
      let words = [0, 3, 1, 1]
      for samples in 3...4 {
        let one = exactImportanceWeightedBound(
          samples: samples, factorised: b, of: try few.observing(words))
        let other = exactImportanceWeightedBound(
          samples: samples, factorised: b + spare, of: try many.observing(words))
        #expect(abs(one.value - other.value) <= one.roundingBound + other.roundingBound)
        #expect(other.roundingBound <= 1e-9)
      }
    }
  }

  // Catches: a tuple whose every ratio underflows beside the largest of all, and has no logarithm then.
  @Test("A state that is e^900 times as improbable as another weighs in the tuples it is alone in")
  func underflow() throws {
    let model = try LatentFactorModel(prior: [0.5], weights: [[900, 0]], bias: [0, 0])
    let (likely, unlikely) = (log(0.5), -900.0)
    let found = exactImportanceWeightedBound(
      samples: 2, factorised: [0.5], of: try model.observing([1]))
    let wanted = 0.25 * likely + 0.5 * (likely - log(2)) + 0.25 * unlikely
    #expect(abs(found.value - wanted) <= found.roundingBound && found.roundingBound < 1e-11)
  }

  // Catches: an integral that ends, or begins, where its integrand is still something.
  @Test("The mean logarithm of equal numbers is that of their sum", arguments: [1, 2, 5, 40])
  func equal(samples: Int) throws {
    let found = try #require(
      MeanLogarithm(of: samples, logarithms: [-3, -3], probabilities: [0.25, 0.75]))
    #expect(abs(found.value - (log(Double(samples)) - 3)) <= found.bound)
    #expect(found.bound < 1e-12 * Double(samples))
  }

  // Catches: an integral that is as long as its ratios are far apart, whatever that takes.
  @Test("Ratios of e^2000 and more are too far apart for the integral")
  func range() {
    #expect(MeanLogarithm.nodes([0, -1900], [0.5, 0.5]) != nil)
    #expect(MeanLogarithm.nodes([0, -2100], [0.5, 0.5]) == nil)
    #expect(MeanLogarithm(of: 2, logarithms: [0, -2100], probabilities: [0.5, 0.5]) == nil)
  }
}
