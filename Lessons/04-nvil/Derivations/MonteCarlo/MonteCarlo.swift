import Approximate
import LessonKit
import Probability

extension MonteCarloDerivation {
  /// Averages as the library takes them, and the ways to get them wrong.
  static let derivation = Derivation<Parts, MonteCarloProblem>(
    id: "monte-carlo", title: "What a number of draws can do", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes)

  private static let answer = Parts(
    average: { problem, choices in
      try ExpectedValue(under: problem.law, of: problem.logJoints)
        .average(of: problem.samples, &choices)
    },
    gradient: { problem, choices in
      try problem.elbo.gradient(by: ScoreFunction(None()), samples: problem.samples, &choices)
    },
    elbo: { problem, choices in try problem.elbo.average(of: problem.samples, &choices) },
    copiedPair: { problem, choices in
      let drawn = problem.logJoints[try problem.law.sample(&choices)]
      return (drawn + drawn) / 2
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "sums-the-draws", "Σ_s without 1/S", source: "E-023", \.average,
      from: { right in
        { problem, choices in Double(problem.samples) * (try right(problem, &choices)) }
      }),
    Mistake(
      "one-draw-for-all", "draws once and divides a sum of S copies by S: right mean, no gain",
      \.average
    ) { problem, choices in problem.logJoints[try problem.law.sample(&choices)] },
    // Of Var[f] are left w + (1 − w)/S = 1/√S.
    Mistake(
      "draws-that-stick",
      "with probability w = (√S − 1)/(S − 1) all draws are copies of the first: a gain of √S only",
      \.average,
      from: { right in
        { problem, choices in
          let count = Double(problem.samples)
          if try choices.flip((count.squareRoot() - 1) / (count - 1)) {
            return problem.logJoints[try problem.law.sample(&choices)]
          }
          return try right(problem, &choices)
        }
      }),
    Mistake(
      "divides-by-one-less", "1/(S − 1), which is for variances, in a mean", \.average,
      from: { right in
        { problem, choices in
          let count = Double(problem.samples)
          return count / (count - 1) * (try right(problem, &choices))
        }
      }),
    Mistake(
      "weighs-the-draws-again", "(1/S) Σ_s q(z^s) log p/q: the draws carry the weight q already",
      source: "E-023", \.elbo
    ) { problem, choices in
      try problem.law.average(of: problem.samples, &choices) {
        [problem.law.probabilities[$0] * problem.elbo.signal($0)]
      }[0]
    },
    Mistake(
      "differentiates-the-mass", "(1/S) Σ_s ∇q(z^s) log p/q in place of ∇log q", source: "E-024",
      \.gradient
    ) { problem, choices in
      try problem.law.average(of: problem.samples, &choices) { state in
        problem.massGradient(state).map { problem.elbo.signal(state) * $0 }
      }
    },
    Mistake(
      "draws-the-pair-afresh", "takes two draws where one was to be copied", source: "E-072",
      \.copiedPair
    ) { problem, choices in
      let first = problem.logJoints[try problem.law.sample(&choices)]
      return (first + problem.logJoints[try problem.law.sample(&choices)]) / 2
    },
    Mistake(
      "adds-the-pair", "f(z¹) + f(z²) without the half", \.copiedPair,
      from: { right in { problem, choices in 2 * (try right(problem, &choices)) } }),
  ]
}
