public import Probability

/// An estimator of the gradient of the ELBO with respect to the logits of q.
///
/// It is a program of random choices, so the code that trains is the code whose exact moments are
/// taken. What an estimator remembers from step to step it stores in itself, and a program of
/// several steps starts from a copy:
///
/// ```swift
/// exactMoments { choices in
///   var estimator = RunningMeanBaseline(decay: 0.9)
///   _ = try estimator.estimate(bound, samples: 1, &choices)
///   return try estimator.estimate(bound, samples: 1, &choices)  // the law of the second step
/// }
/// ```
public protocol GradientEstimator: Sendable {
  /// An estimate of ∇ELBO from S samples.
  mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double]
}

/// The exact law of an estimator's last step out of `steps`, by visiting every outcome of them all.
public func exactMoments(
  of estimator: some GradientEstimator, _ bound: BernoulliBound, samples: Int, steps: Int = 1,
  limits: ChoiceLimits = ChoiceLimits()
) throws -> ExactMoments {
  try exactMoments(limits: limits) { choices in
    var estimator = estimator
    for _ in 1..<max(1, steps) { _ = try estimator.estimate(bound, samples: samples, &choices) }
    return try estimator.estimate(bound, samples: samples, &choices)
  }
}
