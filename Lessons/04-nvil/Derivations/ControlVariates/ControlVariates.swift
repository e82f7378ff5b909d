import Approximate
import Exact
import GSL
import LessonKit
import Probability

/// Ways to take variance out of the score function: what `control-variates` puts to the test.
struct BaselineRules: Rules {
  /// (f(z) − c) ∇log q(z) at one draw.
  var shifted: @Sendable (BaselineProblem, Double, inout Exhaustive) throws -> [Double]
  /// The same with the running mean of two steps for c: the estimate of the second step.
  var running: @Sendable (BaselineProblem, inout Exhaustive) throws -> [Double]
  /// The rewards standardised by their mean and standard deviation under q.
  var standardised: @Sendable (BaselineProblem) -> [Double]
  /// What a gradient of standardised rewards has to be multiplied by.
  var scale: @Sendable (BaselineProblem) -> Double
  /// The constant of least variance for one component.
  var best: @Sendable (BaselineProblem, Int) throws -> Double
  /// β in f − β (h − E h), for tables f and h.
  var coefficient: @Sendable (SoftmaxLaw, [Double], [Double]) -> Double
  /// Var of the first component of the score function for f(z) = Σ_d z_d, differentiated in b.
  var varianceOfBits: @Sendable ([Double]) throws -> Double

  /// The rules as the library has them.
  static let answer: BaselineRules = BaselineRules(
    shifted: { problem, baseline, choices in
      try problem.reward.gradient(by: ScoreFunction(Constant(baseline)), &choices)
    },
    running: { problem, choices in
      var estimator = ScoreFunction<SoftmaxLaw, _>(
        RunningMean(decay: problem.decay, startingAt: problem.baseline))
      _ = try estimator.estimate(problem.reward, samples: 1, &choices)
      return try estimator.estimate(problem.reward, samples: 1, &choices)
    },
    standardised: { problem in
      var standardised = byItsMoments(problem)
      let weights = standardised.weights(for: problem.rewards)
      return problem.states.map { weights[$0, 0] }
    },
    scale: { problem in
      var standardised = byItsMoments(problem)
      return standardised.weights(for: problem.rewards).divisor
    },
    best: { problem, component in
      try PerComponent.optimal(for: problem.reward).baselines[component] ?? .nan
    },
    coefficient: { law, target, control in law.controlCoefficient(of: target, on: control) },
    varianceOfBits: { bits in
      try varianceOfFirst(bits) { $0.reduce(0, +) }
    })

  /// The library's standardisation, by the moments of f under q.
  private static func byItsMoments(_ problem: BaselineProblem) -> Standardised {
    Standardised(
      by: RunningMoments(decay: 1, mean: problem.mean, variance: problem.variance),
      smallestDeviation: 0)
  }

  static func varianceOfFirst(
    _ bits: [Double], _ value: ([Double]) -> Double
  ) throws -> Double {
    let q = BernoulliFactors(bits)
    return try exactMoments { choices in
      let z = try q.sample(&choices)
      return [value(z) * q.score(z)[0] / (bits[0] * (1 - bits[0]))]
    }.variances[0]
  }

  static let mistakes: [Mistake<BaselineRules>] = [
    Mistake(
      "baseline-without-the-score", "subtracts c from the estimate and not from the reward",
      answer.with(\.shifted) { problem, baseline, choices in
        try answer.shifted(problem, 0, &choices).map { $0 - baseline }
      }),
    Mistake(
      "updates-before-use", "the running mean takes in the sample that it is subtracted from",
      source: "E-063; beam2d/sbn, Storchastic MovingAverageBaseline",
      answer.with(\.running) { problem, choices in
        var memory = RunningMean(decay: problem.decay, startingAt: problem.baseline)
        var estimate: [Double] = []
        for _ in 1...2 {
          let state = try problem.law.sample(&choices)
          memory.take(in: [problem.rewards[state]])
          let weight = problem.rewards[state] - (memory.memory ?? 0)
          estimate = problem.law.score(state).map { weight * $0 }
        }
        return estimate
      }),
    Mistake(
      "divides-by-the-variance", "(f − μ)/σ²", source: "E-050",
      answer.with(\.standardised) { problem in
        problem.rewards.map { ($0 - problem.mean) / problem.variance }
      }),
    Mistake(
      "calls-it-unchanged", "takes the gradient of standardised rewards for the gradient",
      source: "E-051", answer.with(\.scale) { _ in 1 }),
    Mistake(
      "best-is-the-mean", "takes E_q[f] for the best constant baseline",
      answer.with(\.best) { problem, _ in problem.mean }),
    Mistake(
      "coefficient-upside-down", "Cov(f, h)/Var(f) in place of Cov(f, h)/Var(h)",
      answer.with(\.coefficient) { law, target, control in
        answer.coefficient(law, control, target)
      }),
    Mistake(
      "only-its-own-bit", "measures the variance with f(z) = z₁, whatever the number of bits",
      answer.with(\.varianceOfBits) { bits in try varianceOfFirst(bits) { $0[0] } }),
  ]
}
