import LessonKit
import Models

extension LimitDerivation {
  /// The finite model, and the ways to get it wrong.
  static let derivation = Derivation<Parts, Problem>(
    id: "limit", title: "From F features to any number", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      The same can be said of all features that anybody has, for three things:
      """)

  static let answer = Parts(column: { rate, features, have, things in
    try FiniteFeatures(rate: rate, featureCount: features).probability(have: have, of: things)
  })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "does-not-thin", "π ~ Beta(α, 1): with F features F times as many dishes, and no limit",
      \.column
    ) { rate, features, have, things in try answer.column(rate, 1, have, things) },
    Mistake("counts-arrangements", "any m of the N things in the place of given ones", \.column) {
      rate, features, have, things in
      let choices = (0..<have).reduce(1.0) { $0 * Double(things - $1) / Double($1 + 1) }
      return choices * (try answer.column(rate, features, have, things))
    },
    Mistake("a-coin-for-each", "independent coins with E[π]: a feature is not shared", \.column) {
      rate, features, have, things in
      let mean = try answer.column(rate, features, 1, 1)
      return (0..<things).reduce(1.0) { $0 * ($1 < have ? mean : 1 - mean) }
    },
    Mistake("flat-prior", "π ~ Beta(1, 1)", \.column) { _, _, have, things in
      try answer.column(1, 1, have, things)
    },
  ]
}
