public import Probability

/// The mean and the covariance of an estimator with its settings.
public struct ZooMoments: Sendable, Equatable {
  /// E[g].
  public var mean: [Double]
  /// Cov[g], row by row.
  public var covariance: [[Double]]
  /// How far the mean may be off: rounding, and what the rule of integration leaves.
  public var errorBound: Double
  /// How many outcomes of one run were visited.
  public var visited: Int

  /// Moments with a bound.
  public init(mean: [Double], covariance: [[Double]], errorBound: Double, visited: Int) {
    self.mean = mean
    self.covariance = covariance
    self.errorBound = errorBound
    self.visited = visited
  }

  /// Those of one run, seen by exhaustive interpretation.
  init(_ moments: ExactMoments) {
    self.init(
      mean: moments.mean, covariance: moments.covariance,
      errorBound: moments.meanBound.max() ?? 0, visited: moments.outcomes)
  }

  /// Those of the average of independent runs.
  func averaged(over runs: Int) -> ZooMoments {
    var average = self
    average.covariance = covariance.map { row in row.map { $0 / Double(runs) } }
    return average
  }
}

extension ZooEstimator {
  /// The moments with given settings: over every outcome, or by the integral of its own.
  public func moments(
    _ problem: Problem, _ settings: ZooSettings, limits: ChoiceLimits = ChoiceLimits()
  ) throws -> ZooMoments {
    let run =
      try integral?(problem, settings, limits) ?? enumerated(problem, settings, limits: limits)
    return repetition == .averaged ? run.averaged(over: settings.samples) : run
  }

  /// One run over every outcome of choices, and of uniforms that are polynomials between cuts.
  private func enumerated(
    _ problem: Problem, _ settings: ZooSettings, limits: ChoiceLimits
  ) throws -> ZooMoments {
    let program = try program(problem, settings)
    return ZooMoments(
      try exactMomentsWithUniforms(limits: limits) { choices in
        try program.estimate(problem, &choices)
      })
  }
}
