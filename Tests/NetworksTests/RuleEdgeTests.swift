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

  // Catches: another ε than the paper's where none is said.
  @Test func adamsEpsilonIsThePapers() {
    var rule = Adam(learningRate: 1)
    #expect((rule.step(up: [1e-8])[0] - 0.5).magnitude <= 1e-12)
  }

  // Catches: a memory that was cut off and is read all the same.
  @Test func whatIsNoMemoryIsNotResumed() {
    var rule = Adam(learningRate: 1)
    for memory in [[], [0.9], [0.9, 0.99, 0.5]] {
      let isResumed = rule.resume(memory)
      #expect(!isResumed && rule.memory == [1, 1])
    }
    let isResumed = rule.resume([0.9, 0.999, 0.1, 0.01])
    #expect(isResumed && rule.memory == [0.9, 0.999, 0.1, 0.01])
  }

  // Catches: 0 · log 0 and 0 · 0^−1, which are no numbers.
  @Test func powersOfZeroHaveASlope() {
    for exponent in [0.5, 1, 2, 3.5] {
      let slopes = gradient(at: 0.0, exponent) { pow($0, $1) }
      #expect(slopes.1 == 0, "0^\(exponent)")
    }
    #expect(gradient(at: 0.0, 1) { pow($0, $1) }.0 == 1)
    #expect(gradient(at: 0.0, 2) { pow($0, $1) }.0 == 0)
    #expect(gradient(at: 0.0, 0) { pow($0, $1) }.0 == 0)
  }
}
