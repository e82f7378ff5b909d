import GSL
import LessonKit
import Models
import Probability

extension ScoreFunctionExercise {
  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "wrong-sign", "a gradient of the loss −ELBO, handed to something that climbs",
      source: "Pyro #1982", \.estimate, weighing { -($0.signal - $0.baseline) }),
    Mistake(
      "sum-in-place-of-mean", "the sum over the samples, without 1/S", source: "E-041", \.estimate,
      weighing { ($0.signal - $0.baseline) * Double($0.samples) }),
    Mistake(
      "without-the-entropy", "uses log p(x, z) as the signal and leaves out −log q(z)",
      source: "UvA DL2 notebook, displayed ELBO gradient", \.estimate,
      weighing { $0.problem.model.logJoint($0.z) - $0.baseline }),
    Mistake(
      "without-the-prior", "uses log p(x | z) − log q(z) as the signal", \.estimate,
      weighing {
        $0.problem.model.logLikelihood($0.z) - $0.problem.q.logProbability($0.z) - $0.baseline
      }),
    Mistake(
      "gradient-of-q", "multiplies by ∇q(z) where ∇log q(z) belongs", source: "E-024", \.estimate,
      weighing { ($0.signal - $0.baseline) * exp($0.problem.q.logProbability($0.z)) }),
    Mistake(
      "score-of-probabilities", "differentiates log q with respect to b instead of its logit",
      \.estimate, weighing { ($0.signal - $0.baseline) / ($0.b * (1 - $0.b)) }),
    Mistake(
      "standardised-by-variance",
      "standardises the signal with σ² and calls the gradient unchanged", source: "E-051",
      \.estimate,
      weighing { ($0.signal - $0.baseline) / $0.problem.signalVariance.value }),
    Mistake(
      "adds-the-baseline", "f + c in place of f − c: unbiased, and worse than no baseline",
      \.estimate, weighing { $0.signal + $0.baseline }),
    Mistake(
      "no-baseline", "forgets to subtract c: unbiased, with another variance", \.estimate,
      weighing { $0.signal }),
    Mistake(
      "same-sample-again", "draws one sample and uses it S times", source: "E-072", \.estimate,
      from: { right in { problem, _, choices in try right(problem, 1, &choices) } }),
    Mistake(
      "baseline-after-the-score", "subtracts c from f(z) (z − b) instead of from f(z)", \.estimate,
      from: { right in
        { problem, samples, choices in
          let none = problem.with(baselines: problem.baselines.map { _ in 0 })
          let plain = try right(none, samples, &choices)
          return zip(plain, problem.baselines).map { $0 - $1 }
        }
      }),
    Mistake(
      "score-of-ones-only", "a bit that is off contributes no score: f z in place of f (z − b)",
      \.estimate
    ) { problem, samples, choices in
      let draws = try problem.elbo.draws(samples, &choices)
      return problem.estimate(draws, scores: draws)
    },
    Mistake(
      "two-sets-of-samples", "the signal from one sample, the score from another", \.estimate
    ) { problem, samples, choices in
      var (draws, scores): ([[Double]], [[Double]]) = ([], [])
      for _ in 0..<samples {
        draws.append(try problem.q.sample(&choices))
        scores.append(problem.q.score(try problem.q.sample(&choices)))
      }
      return problem.estimate(draws, scores: scores)
    },
    Mistake("samples-from-the-prior", "draws z from p(z) instead of q(z)", \.estimate) {
      problem, samples, choices in
      let draws = try BernoulliFactors(problem.prior).draws(samples, &choices)
      return problem.estimate(draws, scores: draws.map(problem.q.score))
    },
    Mistake(
      "multi-sample-signal", "the importance-weighted bound of the batch as every sample's signal",
      source: "VIMCO's bound with the ELBO's score", \.estimate
    ) { problem, samples, choices in
      let draws = try problem.elbo.draws(samples, &choices)
      let signal = logSumExp(draws.map(problem.elbo.signal)) - log(Double(samples))
      return problem.q.averagedScore(of: draws) { _, d in signal - problem.baselines[d] }
    },
    Mistake(
      "returns-the-oracle", "makes no choices and returns the exact gradient", \.estimate
    ) { problem, _, _ in problem.gradient },
  ]

  /// One term of the estimator, as a slip may see it.
  private struct Term {
    let problem: ScoreFunctionProblem
    let z: [Double]
    let component: Int
    let samples: Int

    var signal: Double { problem.elbo.signal(z) }
    var baseline: Double { problem.baselines[component] }
    var b: Double { problem.q.probabilities[component] }
  }

  /// (1/S) Σ_s w(z_s) (z_s − b) with a weight that is not quite f − c.
  private static func weighing(
    _ weight: @escaping @Sendable (Term) -> Double
  ) -> @Sendable (ScoreFunctionProblem, Int, inout Exhaustive) throws -> [Double] {
    { problem, samples, choices in
      let draws = try problem.elbo.draws(samples, &choices)
      return problem.q.averagedScore(of: draws) { s, d in
        weight(Term(problem: problem, z: draws[s], component: d, samples: samples))
      }
    }
  }
}

extension ScoreFunctionProblem {
  /// (1/S) Σ_s (f(z_s) − c) times what passes for a score.
  fileprivate func estimate(_ draws: [[Double]], scores: [[Double]]) -> [Double] {
    let signals = draws.map(elbo.signal)
    return baselines.indices.map { d in
      zip(signals, scores).reduce(0) { $0 + ($1.0 - baselines[d]) * $1.1[d] }
        / Double(draws.count)
    }
  }
}
