import LessonKit
import Models
import Probability
import Verification

/// Derivation `independence`: what a hidden state does depend on.
enum IndependenceDerivation {
  /// Conditional laws in a hidden Markov model with two states: z_1 → z_2 → z_3, z_2 → x_2.
  struct Parts: Sendable {
    /// p(z_2 = 0 | z_1 = 0, x_2 = 0).
    var given: @Sendable (BayesNet) throws -> Double
    /// p(z_2 = 0, z_3 = 0 | z_1 = 0).
    var jointAfter: @Sendable (BayesNet) throws -> Double
    /// p(z_3 = 0 | z_1 = 0, z_2 = 0).
    var givenBoth: @Sendable (BayesNet) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, BayesNet>

  static let checks: [Check] = [dependsOnItsObservation, dependsOnItsSuccessor, forgetsTheOlder]

  static let dependsOnItsObservation = Check(
    "its-observation", "p(z₂|z₁, x₂) ≠ p(z₂|z₁)",
    because: "z₂ emitted x₂: seeing it is evidence about z₂; here all variables are 0",
    claims: [.against("A-237")], as: .consequence
  ) { parts, net in
    let stay = ExactValue(net.variables[1].table[0][0])
    let emission = net.variables[3].table.map { ExactValue($0[0]) }
    let bayes = stay * emission[0] / (stay * emission[0] + (1 - stay) * emission[1])
    return .different(try parts.given(net), stay, by: bayes - stay, atLeast: 1e-3)
  }

  static let dependsOnItsSuccessor = Check(
    "its-successor", "p(z₂|z₁) p(z₃|z₁) ≠ p(z₂, z₃|z₁)",
    because: "z₃ is drawn from the row that z₂ chose", claims: [.against("A-240")],
    as: .consequence
  ) { parts, net in
    let stay = ExactValue(net.variables[1].table[0][0])
    let enter = ExactValue(net.variables[2].table[1][0])
    let product = stay * (stay * stay + (1 - stay) * enter)
    return .different(
      product, try parts.jointAfter(net), by: product - stay * stay, atLeast: 1e-3)
  }

  static let forgetsTheOlder = Check(
    "forgets-the-older", "p(z₃|z₁, z₂) = p(z₃|z₂)",
    because: "what is true: given its predecessor, a state is independent of the earlier ones",
    claims: [.inPlaceOf("A-237"), .inPlaceOf("A-240")],
    as: .consequence
  ) { parts, net in
    .equal(try parts.givenBoth(net), net.variables[2].table[0][0])
  }
}

extension BayesNet {
  /// A random chain of two states with one observation, whose rows are well apart.
  static func randomObservedChain(_ cases: inout Cases) throws -> BayesNet {
    let initial = try cases.real(from: 0.1, to: 0.9)
    let a = [try cases.real(from: 0.55, to: 0.9), try cases.real(from: 0.05, to: 0.45)]
    let b = [try cases.real(from: 0.55, to: 0.95), try cases.real(from: 0.05, to: 0.45)]
    return try .observedChain(initial: initial, transition: a, emission: b)
  }
}
