import Exact
import LessonKit
import Models

extension IndependenceDerivation {
  /// The conditional laws, each by elimination, and the ways to get them wrong.
  static let derivation = Derivation<Parts, BayesNet>(
    id: "independence",
    title: "Three conditional distributions",
    example: .observedChain,
    draw: { try .randomObservedChain(&$0) },
    checks: checks,
    answer: Parts(
      given: { try conditional($0, 1, given: [0: 0, 3: 0]) },
      jointAfter: { net in
        try conditional(net, 1, given: [0: 0]) * conditional(net, 2, given: [0: 0, 1: 0])
      },
      givenBoth: { try conditional($0, 2, given: [0: 0, 1: 0]) }),
    mistakes: mistakes)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "only-the-predecessor", "drops x_2 from the condition, as the slide's words allow",
      source: "E-053", \.given
    ) { try conditional($0, 1, given: [0: 0]) },
    Mistake(
      "product-of-the-laws", "multiplies p(z_2|z_1) p(z_3|z_1), as the slide's symbols allow",
      source: "E-054", \.jointAfter
    ) { try conditional($0, 1, given: [0: 0]) * conditional($0, 2, given: [0: 0]) },
    Mistake("skips-a-generation", "p(z_3 | z_1) where p(z_3 | z_2) is meant", \.givenBoth) {
      try conditional($0, 2, given: [0: 0])
    },
  ]

  /// p(variable = 0 | evidence), exactly.
  private static func conditional(
    _ net: BayesNet, _ variable: Int, given evidence: [Int: Int]
  ) throws -> Double {
    let observed = net.variables.indices.map { evidence[$0] }
    return try BayesNetPosterior.marginal(of: variable, in: net, evidence: observed)?[0] ?? .nan
  }
}
