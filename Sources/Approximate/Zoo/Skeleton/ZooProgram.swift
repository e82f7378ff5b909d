public import Models
public import Probability

/// One run of a gradient estimator on a problem: a program of random choices.
///
/// The same text is run over every outcome for its exact moments, and by a sampler in training.
public protocol ZooProgram<Problem>: Sendable {
  /// What it estimates the gradient of.
  associatedtype Problem: Sendable
  /// An estimate of the gradient, one number a parameter.
  func estimate<Choices: RandomChoices>(
    _ problem: Problem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double]
}

/// The last step of some steps of an estimator that remembers, on a discrete problem.
///
/// Every estimator of the library that is trained with is a program of the zoo by this.
public struct Steps<Estimator: GradientEstimator<StateLaw>>: ZooProgram {
  /// The estimator as it is before the first step.
  public let estimator: Estimator
  /// S.
  public let samples: Int
  /// How many steps come before the one that is looked at.
  public let earlier: Int

  /// The estimator with S samples a step.
  public init(_ estimator: Estimator, samples: Int, after earlier: Int = 0) {
    self.estimator = estimator
    self.samples = samples
    self.earlier = earlier
  }

  /// The estimate of the last step.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var estimator = estimator
    for _ in 0..<earlier {
      _ = try estimator.estimate(problem.mean, samples: samples, &choices)
    }
    return try estimator.estimate(problem.mean, samples: samples, &choices)
  }
}
