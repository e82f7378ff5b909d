import Approximate
import GSL
import Models
import Probability
import Testing

@testable import Lesson00

/// The bound with the sign of its divergence turned, which lesson 00 shows as a mistake.
@Suite("The turned sign") struct TurnedSignTests {
  @Test("The turned sign is off by twice the divergence from the prior") func turnedSign() throws {
    for stream in 0..<200 {
      var cases = try Cases(seed: 7, stream: UInt64(stream))
      let states = try cases.integer(2...4)
      let joint = try FiniteJoint.random(states: states, &cases)
      let q = try cases.simplex(states)
      let divergence = zip(q, joint.prior).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
      let turned = elboWithTheSignTurned(of: q, joint)
      // Four states, logarithms below 10 in size, a few roundings each.
      #expect(abs(turned - elbo(of: q, joint).value - 2 * divergence) <= 640 * .ulpOfOne)
    }
  }

  @Test("The turned sign exceeds log p(x) on two states, which a bound cannot")
  func turnedSignIsNoBound() throws {
    let joint = try FiniteJoint(prior: [0.7, 0.3], likelihood: [0.2, 0.9])
    let logEvidence = log(0.7 * 0.2 + 0.3 * 0.9)
    #expect(elboWithTheSignTurned(of: [0.1, 0.9], joint) > logEvidence + 1.4)
    #expect(elboByDivergence(of: [0.1, 0.9], joint).value < logEvidence)
  }
}
