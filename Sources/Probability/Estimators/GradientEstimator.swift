/// An estimator of the gradient of an expectation with respect to the parameters of its law.
///
/// It is a program of random choices, so the code that trains is the code whose exact moments are
/// taken. What an estimator remembers from step to step it stores in itself, and a program of
/// several steps starts from a copy:
///
/// ```swift
/// exactMoments { choices in
///   var estimator = ScoreFunction<BernoulliFactors, _>(RunningMean(decay: 0.9))
///   _ = try estimator.estimate(elbo, samples: 1, &choices)
///   return try estimator.estimate(elbo, samples: 1, &choices)  // the law of the second step
/// }
/// ```
public protocol GradientEstimator<Law>: Sendable {
  /// The laws that it works for: one family, or all that have what it asks.
  associatedtype Law: ScoredLaw
  /// An estimate of ∇E_q[f] from S samples.
  mutating func estimate<Choices: DiscreteChoices>(
    _ mean: ExpectedValue<Law>, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double]
  /// The exact law of the last of some steps.
  func law(
    of mean: ExpectedValue<Law>, samples: Int, steps: Int, limits: ChoiceLimits
  ) throws -> LawInLeaves
}

extension ExpectedValue {
  /// One step of a fresh estimator.
  @inlinable
  public func gradient<Choices: DiscreteChoices>(
    by estimator: some GradientEstimator<Law>, samples: Int = 1, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var estimator = estimator
    return try estimator.estimate(self, samples: samples, &choices)
  }
}

/// The exact law of an estimator's last step out of `steps`, by visiting every outcome of them all.
@inlinable
public func exactMoments<Law>(
  of estimator: some GradientEstimator<Law>, _ mean: ExpectedValue<Law>, samples: Int,
  steps: Int = 1, limits: ChoiceLimits = ChoiceLimits()
) throws -> ExactMoments {
  try estimator.law(of: mean, samples: samples, steps: steps, limits: limits).moments()
}

extension GradientEstimator {
  /// The law by running the estimator on every outcome of its choices.
  @inlinable
  public func lawByRunning(
    of mean: ExpectedValue<Law>, samples: Int, steps: Int = 1,
    limits: ChoiceLimits = ChoiceLimits()
  ) throws -> LawInLeaves {
    try LawInLeaves(limits: limits) { choices, estimate in
      var estimator = self
      for _ in 1..<max(1, steps) { _ = try estimator.estimate(mean, samples: samples, &choices) }
      estimate = try estimator.estimate(mean, samples: samples, &choices)
    }
  }

  /// Most estimators have no faster way.
  @inlinable
  public func law(
    of mean: ExpectedValue<Law>, samples: Int, steps: Int, limits: ChoiceLimits
  ) throws -> LawInLeaves {
    try lawByRunning(of: mean, samples: samples, steps: steps, limits: limits)
  }
}
