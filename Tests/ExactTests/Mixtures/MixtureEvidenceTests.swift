import Exact
import GSL
import Models
import Probability
import Testing

@Suite("The evidence of a mixture by two routes") struct MixtureEvidenceTests {
  private func drawn(_ index: UInt64) throws -> (BernoulliMixture, [[Double]]) {
    var cases = try Cases(seed: 21, stream: index)
    let mixture = try BernoulliMixture.random(
      components: try cases.integer(2...3), bits: 2, &cases)
    var data: [[Double]] = []
    for _ in 0..<4 { data.append(try cases.bits([0.5, 0.5])) }
    return (mixture, data)
  }

  private func agree(_ one: ExactValue, _ other: ExactValue) -> Bool {
    abs(one.value - other.value) <= one.roundingBound + other.roundingBound
  }

  @Test("Datum by datum, and over all assignments") func routesAgree() throws {
    for index in UInt64(0)..<50 {
      let (mixture, data) = try drawn(index)
      #expect(
        agree(
          exactLogEvidence(of: mixture, data), exactLogEvidenceByAssignments(of: mixture, data)))
      var cases = try Cases(seed: 22, stream: index)
      let gaussians = try GaussianMixture.random(components: 2, &cases)
      let points = try cases.reals(5, from: -2, to: 2)
      #expect(
        agree(
          exactLogEvidence(of: gaussians, points),
          exactLogEvidenceByAssignments(of: gaussians, points)))
    }
  }

  @Test("A fault of one part in 10⁹ in either route would be seen") func faultsAreSeen() throws {
    let (mixture, data) = try drawn(0)
    let faulty = try BernoulliMixture(
      weights: mixture.weights,
      probabilities: mixture.probabilities.map { $0.map { $0 * (1 - 1e-9) } })
    #expect(
      !agree(exactLogEvidence(of: faulty, data), exactLogEvidenceByAssignments(of: mixture, data)))
    #expect(
      !agree(exactLogEvidence(of: mixture, data), exactLogEvidenceByAssignments(of: faulty, data)))
  }

  @Test("The product rule and difference quotients") func gradient() throws {
    for index in UInt64(0)..<20 {
      let (mixture, data) = try drawn(index)
      let gradient = mixture.exactGradientOfLogEvidence(data)
      let h = 0x1p-13
      for k in gradient.indices {
        for d in gradient[k].indices {
          func moved(_ step: Double) throws -> Double {
            var rows = mixture.probabilities
            rows[k][d] += step
            let other = try BernoulliMixture(weights: mixture.weights, probabilities: rows)
            return exactLogEvidence(of: other, data).value
          }
          // Two central differences extrapolated: the error is of order h⁴ and rounding over h.
          let wide = (try moved(h) - moved(-h)) / (2 * h)
          let narrow = (try moved(h / 2) - moved(-h / 2)) / h
          let quotient = (4 * narrow - wide) / 3
          let roundingOverStep = 64 * Double.ulpOfOne * 20 / h
          // Fifth derivatives of log p with p ≥ 0.15: below 4 data · 4! / 0.15⁵.
          let truncation = h * h * h * h * 96 / pow(0.15, 5)
          #expect(abs(quotient - gradient[k][d]) <= roundingOverStep + truncation)
        }
      }
    }
  }

  @Test("An impossible datum has evidence 0 and no responsibilities") func impossible() throws {
    let mixture = try BernoulliMixture(weights: [0.5, 0.5], probabilities: [[0], [0]])
    #expect(exactLogEvidence(of: mixture, [[1]]).value == -.infinity)
    #expect(exactLogEvidenceByAssignments(of: mixture, [[1]]).value == -.infinity)
    #expect(exactResponsibilities(of: mixture, [1]) == nil)
  }
}
