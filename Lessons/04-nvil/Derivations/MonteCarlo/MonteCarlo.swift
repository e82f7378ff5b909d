import Approximate
import LessonKit
import Probability

/// Averages of draws: what `monte-carlo` puts to the test.
struct DrawRules: Rules {
  /// (1/S) Σ_s f(z^s).
  var average: @Sendable (DrawProblem, inout Exhaustive) throws -> Double
  /// (1/S) Σ_s (log p − log q)(z^s) ∇_φ log q(z^s).
  var gradient: @Sendable (DrawProblem, inout Exhaustive) throws -> [Double]
  /// (1/S) Σ_s log p(x, z^s) − log q(z^s).
  var elbo: @Sendable (DrawProblem, inout Exhaustive) throws -> Double
  /// ½ (f(z¹) + f(z²)) with z² a copy of z¹.
  var copiedPair: @Sendable (DrawProblem, inout Exhaustive) throws -> Double

  /// The averages as the library takes them.
  static let answer: DrawRules = DrawRules(
    average: { problem, choices in
      try ExpectedValue(under: problem.law, of: problem.logJoints)
        .average(of: problem.samples, &choices)
    },
    gradient: { problem, choices in
      try ExpectedValue.elbo(of: problem.logJoints, under: problem.law)
        .gradient(by: ScoreFunction(None()), samples: problem.samples, &choices)
    },
    elbo: { problem, choices in
      try ExpectedValue.elbo(of: problem.logJoints, under: problem.law)
        .average(of: problem.samples, &choices)
    },
    copiedPair: { problem, choices in
      let drawn = problem.logJoints[try problem.law.sample(&choices)]
      return (drawn + drawn) / 2
    })

  static let mistakes: [Mistake<DrawRules>] = [
    Mistake(
      "sums-the-draws", "Σ_s without 1/S", source: "E-023",
      answer.with(\.average) { problem, choices in
        Double(problem.samples) * (try answer.average(problem, &choices))
      }),
    Mistake(
      "one-draw-for-all", "draws once and divides a sum of S copies by S: right mean, no gain",
      answer.with(\.average) { problem, choices in
        problem.logJoints[try problem.law.sample(&choices)]
      }),
    Mistake(
      "divides-by-one-less", "1/(S − 1), which is for variances, in a mean",
      answer.with(\.average) { problem, choices in
        let count = Double(problem.samples)
        return count / (count - 1) * (try answer.average(problem, &choices))
      }),
    Mistake(
      "weighs-the-draws-again", "(1/S) Σ_s q(z^s) log p/q: the draws carry the weight q already",
      source: "E-023",
      answer.with(\.elbo) { problem, choices in
        try problem.law.average(of: problem.samples, &choices) {
          [problem.law.probabilities[$0] * problem.signal[$0]]
        }[0]
      }),
    Mistake(
      "differentiates-the-mass", "(1/S) Σ_s ∇q(z^s) log p/q in place of ∇log q", source: "E-024",
      answer.with(\.gradient) { problem, choices in
        try problem.law.average(of: problem.samples, &choices) { state in
          problem.massGradient(state).map { problem.signal[state] * $0 }
        }
      }),
    Mistake(
      "draws-the-pair-afresh", "takes two draws where one was to be copied", source: "E-072",
      answer.with(\.copiedPair) { problem, choices in
        let first = problem.logJoints[try problem.law.sample(&choices)]
        return (first + problem.logJoints[try problem.law.sample(&choices)]) / 2
      }),
    Mistake(
      "adds-the-pair", "f(z¹) + f(z²) without the half",
      answer.with(\.copiedPair) { problem, choices in
        2 * (try answer.copiedPair(problem, &choices))
      }),
  ]
}
