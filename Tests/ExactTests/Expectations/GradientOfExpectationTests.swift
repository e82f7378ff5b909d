import Exact
import GSL
import Testing

/// Gradients of sums over softmax probabilities, by differentiation and by the derivative written out.
@Suite("Gradients of expectations by differentiating the sum")
struct GradientOfExpectationTests {
  let logits = [0.2, -0.4, 0.5]
  let values = [-1.0, -3, 2.5]

  /// ∂/∂φ_k Σ softmax(φ) f = q_k (f_k − E_q f): the second route.
  func byHand(_ values: [Double]) -> [Double] {
    let weights = logits.map { exp($0) }
    let q = weights.map { $0 / weights.reduce(0, +) }
    let mean = zip(q, values).reduce(0) { $0 + $1.0 * $1.1 }
    return zip(q, values).map { $0 * ($1 - mean) }
  }

  func distance(_ one: [Double], _ other: [Double]) -> Double {
    zip(one, other).map { abs($0 - $1) }.max() ?? .infinity
  }

  @Test("The gradient of a mean agrees with the derivative written out, and not with a faulty one")
  func mean() {
    let found = exactExpectationGradient(logits: logits, of: values)
    let allowed = 64 * Double.ulpOfOne * 3
    #expect(distance(found, byHand(values)) <= allowed)
    // Planted faults: a dropped mean, a value moved by a millionth.
    #expect(distance(found, byHand(values.map { $0 * $0 })) > allowed)
    #expect(distance(found, byHand([values[0] * (1 + 1e-6), values[1], values[2]])) > allowed)
  }

  @Test("The gradient of the ELBO is that of the signal held still: the score in it has mean zero")
  func bound() {
    let logJoints = [0.05, 0.2, 0.15].map { log($0) }
    let weights = logits.map { exp($0) }
    let total = weights.reduce(0, +)
    let signal = zip(logJoints, weights).map { $0 - log($1 / total) }
    let found = exactELBOGradient(logits: logits, logJoints: logJoints)
    #expect(distance(found, byHand(signal)) <= 64 * .ulpOfOne * 3)
    #expect(abs(found[2] - 0.023583725866) <= 1e-12)
    #expect(distance(found, byHand(logJoints)) > 1e-3)
  }

  @Test("The gradients of all probabilities add up to nothing")
  func probabilities() {
    let rows = logits.indices.map { exactProbabilityGradient(logits: logits, of: $0) }
    for component in logits.indices {
      #expect(abs(rows.reduce(0) { $0 + $1[component] }) <= 8 * .ulpOfOne)
    }
    #expect(distance(rows[1], byHand([0, 1, 0])) <= 64 * .ulpOfOne)
  }
}
