import Approximate
import LessonKit
import Probability

extension ControlVariatesDerivation {
  /// Baselines as the library has them, and the ways to get them wrong.
  static let derivation = Derivation<Parts, ControlVariatesProblem>(
    id: "control-variates", title: "What a baseline may do", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes)

  private static let answer = Parts(
    shifted: { problem, baseline, choices in
      try problem.reward.gradient(by: ScoreFunction(Constant(baseline)), &choices)
    },
    running: { problem, choices in
      try problem.secondStep(
        RunningMean(decay: problem.decay, startingAt: problem.baseline), &choices)
    },
    leaking: { problem, choices in
      try problem.secondStep(
        UpdatedFirst(decay: problem.decay, startingAt: problem.baseline), &choices)
    },
    standardised: { problem in
      let weights = problem.standardisedWeights
      return problem.states.map { weights[$0, 0] }
    },
    scale: { $0.standardisedWeights.divisor },
    byThePast: { problem, choices in
      try problem.secondStep(Standardised(by: problem.past, smallestDeviation: 0), &choices)
    },
    best: { problem, component in
      try PerComponent.optimal(for: problem.reward).baselines[component] ?? .nan
    },
    coefficient: { law, target, control in law.controlCoefficient(of: target, on: control) },
    varianceOfBits: { bits in
      try varianceOfFirst(ExpectedValue(under: BernoulliMeans(bits), of: { $0.reduce(0, +) }))
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "baseline-without-the-score", "subtracts c from the estimate and not from the reward",
      \.shifted,
      from: { right in
        { problem, baseline, choices in
          try right(problem, 0, &choices).map { $0 - baseline }
        }
      }),
    Mistake(
      "updates-before-use", "the running mean takes in the sample that it is subtracted from",
      source: "E-063; beam2d/sbn, Storchastic MovingAverageBaseline", \.running
    ) { problem, choices in
      try problem.secondStep(
        UpdatedFirst(decay: problem.decay, startingAt: problem.baseline), &choices)
    },
    Mistake("divides-by-the-variance", "(f − μ)/σ²", source: "E-050", \.standardised) { problem in
      problem.rewards.map { ($0 - problem.mean) / problem.variance }
    },
    Mistake(
      "calls-it-unchanged", "takes the gradient of standardised rewards for the gradient",
      source: "E-051", \.scale
    ) { _ in 1 },
    Mistake(
      "moments-before-use", "the moments take in the sample that they standardise", \.byThePast
    ) { problem, choices in
      try problem.secondStep(StandardisedByItself(past: problem.past), &choices)
    },
    Mistake("best-is-the-mean", "takes E_q[f] for the best constant baseline", \.best) {
      problem, _ in problem.mean
    },
    Mistake(
      "coefficient-upside-down", "Cov(f, h)/Var(f) in place of Cov(f, h)/Var(h)", \.coefficient,
      from: { right in { law, target, control in right(law, control, target) } }),
    Mistake(
      "only-its-own-bit", "measures the variance with f(z) = z₁, whatever the number of bits",
      \.varianceOfBits
    ) { bits in try varianceOfFirst(ExpectedValue(under: BernoulliMeans(bits), of: { $0[0] })) },
  ]

  /// Var of the first component of one draw of the score function.
  private static func varianceOfFirst(_ mean: ExpectedValue<BernoulliMeans>) throws -> ExactValue {
    try exactMoments(of: ScoreFunction(None()), mean, samples: 1).covariances[0]
  }
}

extension ControlVariatesProblem {
  /// Moments that start at m₀ = c and σ₀ = 1.
  fileprivate var past: RunningMoments {
    RunningMoments(decay: decay, mean: baseline, variance: 1)
  }

  /// Two steps of one draw each with a weighting that remembers; the estimate of the second.
  fileprivate func secondStep(
    _ baseline: some Weighting, _ choices: inout Exhaustive
  ) throws -> [Double] {
    var estimator = ScoreFunction<SoftmaxLaw, _>(baseline)
    _ = try estimator.estimate(reward, samples: 1, &choices)
    return try estimator.estimate(reward, samples: 1, &choices)
  }

  /// The library's standardisation of all rewards, by the moments of f under q.
  var standardisedWeights: SignalWeights {
    var standardised = Standardised(
      by: RunningMoments(decay: 1, mean: mean, variance: variance), smallestDeviation: 0)
    return standardised.weights(for: rewards)
  }
}

/// What a mistake standardises by: running moments that have already taken in the present signals.
private struct StandardisedByItself: Weighting {
  var past: RunningMoments

  mutating func weights(for signals: [Double]) -> SignalWeights {
    past.take(in: signals)
    return SignalWeights(signals, minus: past.mean, over: past.variance.squareRoot())
  }
}
