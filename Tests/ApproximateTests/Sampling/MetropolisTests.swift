import Approximate
import GSL
import Testing

/// Ratios of targets that are known up to a factor, however small that is.
@Suite("Metropolis's acceptance")
struct MetropolisTests {
  // Catches: a ratio of numbers that have hardly any digits left.
  @Test("A factor at the end of the doubles leaves the acceptance as it is")
  func tiny() {
    let proposal = [[0.3, 0.7], [0.3, 0.7]]
    for factor in [1, 1e-300, 1e-305, 1e-300 * 1e-8, 1e-300 * 1e-15] {
      let target = [2 * factor, factor]
      let kernel = MetropolisKernel(target: target, proposal: proposal)
      // π_1 Q_10 / (π_0 Q_01), of targets that are what they are in doubles.
      let there = 0.3 / 0.7 * exp(log(target[1]) - log(target[0]))
      #expect(abs(kernel.acceptance(from: 0, to: 1) - there) <= 1e-12)
      #expect(kernel.acceptance(from: 1, to: 0) == 1)
    }
  }

  @Test("What cannot be proposed, or not back, is never accepted")
  func oneWay() {
    let kernel = MetropolisKernel(target: [0.5, 0.5], proposal: [[0.5, 0.5], [0, 1]])
    #expect(kernel.acceptance(from: 0, to: 1) == 0 && kernel.acceptance(from: 1, to: 0) == 0)
  }
}
