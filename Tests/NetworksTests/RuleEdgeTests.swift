import GSL
import Networks
import Testing
import _Differentiation

@Suite struct RuleEdgeTests {
  // Catches: an ε that is forgotten.
  @Test func adamsEpsilonShrinksSmallSteps() {
    // The first step has m̂ = g and √v̂ = |g|.
    var rule = Adam(learningRate: 0.25, epsilon: 1)
    let steps = rule.step(up: [1, 3, 0.5, -0.5])
    for (step, expected) in zip(steps, [0.125, 0.1875, 0.25 / 3, -0.25 / 3]) {
      #expect((step - expected).magnitude <= 8 * 0x1p-52)
    }
  }

  // Catches: 0 · log 0, which is no number.
  @Test func powersOfZeroHaveASlope() {
    for exponent in [0.5, 1, 2, 3.5] {
      let slopes = gradient(at: 0.0, exponent) { pow($0, $1) }
      #expect(slopes.1 == 0, "0^\(exponent)")
    }
    #expect(gradient(at: 0.0, 1) { pow($0, $1) }.0 == 1)
    #expect(gradient(at: 0.0, 2) { pow($0, $1) }.0 == 0)
  }
}
