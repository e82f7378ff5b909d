import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Conditional laws in a hidden Markov model with two states: z_1 → z_2 → z_3, z_2 → x_2.
struct IndependenceFunctions: Sendable {
  /// p(z_2 = 0 | z_1 = 0, x_2 = 0).
  var given: @Sendable (BayesNet) throws -> Double = {
    try conditional($0, 1, given: [0: 0, 3: 0])
  }
  /// p(z_2 = 0, z_3 = 0 | z_1 = 0).
  var jointAfter: @Sendable (BayesNet) throws -> Double = { net in
    try conditional(net, 1, given: [0: 0]) * conditional(net, 2, given: [0: 0, 1: 0])
  }
  /// p(z_3 = 0 | z_1 = 0, z_2 = 0).
  var givenBoth: @Sendable (BayesNet) throws -> Double = {
    try conditional($0, 2, given: [0: 0, 1: 0])
  }
}

/// p(variable = 0 | evidence), exactly.
private func conditional(
  _ net: BayesNet, _ variable: Int, given evidence: [Int: Int]
) throws -> Double {
  let observed = net.variables.indices.map { evidence[$0] }
  return try BayesNetPosterior.marginal(of: variable, in: net, evidence: observed)?[0] ?? .nan
}

extension Page {
  /// What a hidden state does depend on.
  static let independence: Exercise<IndependenceFunctions, BayesNet> = Exercise(
    Sheet(
      id: "independence", title: "Three conditional laws", task: "", hints: [],
      example: .observedChain,
      draw: { cases in
        let initial = try cases.real(from: 0.1, to: 0.9)
        let a = [try cases.real(from: 0.55, to: 0.9), try cases.real(from: 0.05, to: 0.45)]
        let b = [try cases.real(from: 0.55, to: 0.95), try cases.real(from: 0.05, to: 0.45)]
        return try .observedChain(initial: initial, transition: a, emission: b)
      },
      lines: [dependsOnItsObservation, dependsOnItsSuccessor, forgetsTheOlder]),
    answer: IndependenceFunctions(),
    mistakes: [
      Mistake(
        "only-the-predecessor", "drops x_2 from the condition, as the slide's words allow",
        source: "E-053",
        IndependenceFunctions(given: { try conditional($0, 1, given: [0: 0]) })),
      Mistake(
        "product-of-the-laws", "multiplies p(z_2|z_1) p(z_3|z_1), as the slide's symbols allow",
        source: "E-054",
        IndependenceFunctions(jointAfter: {
          try conditional($0, 1, given: [0: 0]) * conditional($0, 2, given: [0: 0])
        })),
      Mistake(
        "skips-a-generation", "p(z_3 | z_1) where p(z_3 | z_2) is meant",
        IndependenceFunctions(givenBoth: { try conditional($0, 2, given: [0: 0]) })),
    ])

  private static let dependsOnItsObservation: Line<IndependenceFunctions, BayesNet> = Line(
    "its-observation", "p(z₂|z₁, x₂) ≠ p(z₂|z₁)",
    because: "z₂ emitted x₂: seeing it is evidence about z₂, by Bayes' rule", claims: ["A-237"]
  ) { functions, net in
    let a = net.variables[1].table[0][0]
    let (b0, b1) = (net.variables[3].table[0][0], net.variables[3].table[1][0])
    let bayes = a * b0 / (a * b0 + (1 - a) * b1)
    return .different(try functions.given(net), a, by: bayes - a, atLeast: 1e-3, magnitude: 1)
  }

  private static let dependsOnItsSuccessor: Line<IndependenceFunctions, BayesNet> = Line(
    "its-successor", "p(z₂, z₃|z₁) ≠ p(z₂|z₁) p(z₃|z₁)",
    because: "z₃ is drawn from the row that z₂ chose", claims: ["A-240"]
  ) { functions, net in
    let (stay, enter) = (net.variables[1].table[0][0], net.variables[2].table[1][0])
    let law = stay * stay + (1 - stay) * enter
    let difference = stay * stay - stay * law
    return .different(
      try functions.jointAfter(net), stay * law, by: difference, atLeast: 1e-3, magnitude: 1)
  }

  private static let forgetsTheOlder: Line<IndependenceFunctions, BayesNet> = Line(
    "forgets-the-older", "p(z₃|z₁, z₂) = p(z₃|z₂)",
    because: "what is true: given its predecessor, a state is independent of the earlier ones",
    claims: ["A-237", "A-240"]
  ) { functions, net in
    .equal(try functions.givenBoth(net), net.variables[2].table[0][0], magnitude: 1)
  }
}
