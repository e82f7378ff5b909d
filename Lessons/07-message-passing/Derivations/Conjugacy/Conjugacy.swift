import GSL
import LessonKit
import Models
import Probability

extension ConjugacyDerivation {
  /// Inference by addition as the library does it, and the ways to get it wrong.
  static let derivation = Derivation<Parts, ConjugacyProblem>(
    id: "conjugacy", title: "Inference is addition", example: try .example(),
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      Addition goes as far as conjugacy does. The next three lines are of pairs where it ends, \
      or needs a condition:
      """)

  private static let answer = Parts(
    statistics: { ConjugacyProblem.pair.statistics(of: $0) },
    logEvidence: { problem in
      try ConjugacyProblem.pair.logEvidence(of: problem.observations, under: problem.prior)
    },
    logLabels: { problem in
      try CategoricalPair(outcomes: 2).logEvidence(
        of: problem.labels, under: DirichletLaw(concentration: problem.concentration))
    },
    linear: { problem in
      // y − b = c x + noise says of x what (y − b)/c says with variance s/c².
      let pair = try NormalMeanPair(variance: problem.noise / (problem.slope * problem.slope))
      let posterior = try pair.posterior(
        problem.location, given: [(problem.seen - problem.intercept) / problem.slope])
      return [posterior.mean, posterior.variance]
    },
    matchedThird: { moments in
      let count = (moments[0] - moments[1]) / (moments[1] - moments[0] * moments[0])
      let beta = try BetaLaw(on: moments[0] * count, off: (1 - moments[0]) * count)
      let whole = beta.on + beta.off
      return beta.on / whole * (beta.on + 1) / (whole + 1) * (beta.on + 2) / (whole + 2)
    },
    curved: { $0 * $0 })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-the-count", "adds x and x xᵀ and leaves κ and ν as they were", \.statistics,
      from: { right in
        { x in
          var t = right(x)
          t[x.count] = 0
          t[t.count - 1] = 0
          return t
        }
      }),
    Mistake(
      "forgets-log-2-pi", "the evidence without Σ log h(x_n)", \.logEvidence,
      from: { right in
        { problem in
          try right(problem)
            - problem.observations.reduce(0) { $0 + ConjugacyProblem.pair.logBase(of: $1) }
        }
      }),
    Mistake(
      "multinomial-coefficient",
      "counts the orders too: the probability of the counts, not of the labels",
      \.logLabels,
      from: { right in
        { problem in
          let ones = problem.labels.count { $0 == 1 }
          return try right(problem)
            + (try SpecialFunctions.logChoose(problem.labels.count, ones).value)
        }
      }),
    Mistake(
      "keeps-the-prior-weights",
      "Σ_n log E[π_{z_n}]: no label changes what is expected of the next",
      \.logLabels
    ) { problem in
      let total = problem.concentration.reduce(0, +)
      return problem.labels.reduce(0) { $0 + log(problem.concentration[$1] / total) }
    },
    Mistake(
      "forgets-the-intercept", "takes y for y − b, and c for 1", \.linear
    ) { problem in
      let posterior = try NormalMeanPair(variance: problem.noise).posterior(
        problem.location, given: [problem.seen])
      return [posterior.mean, posterior.variance]
    },
    Mistake(
      "linearises", "the tangent at x = 1 in place of x²: normal again", source: "E-027", \.curved
    ) { 2 * $0 - 1 },
    Mistake(
      "conjugate-in-a-mixture",
      "takes expected counts for counts: one Beta, the third moment by its mean cubed",
      source: "E-028", \.matchedThird
    ) { $0[0] * $0[0] * $0[0] },
  ]
}
