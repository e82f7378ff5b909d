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

/// A law of few outcomes: the values of the estimate, each with its probability.
public struct ZooLaw: Sendable, Equatable {
  /// The values, in the order in which they occur.
  public let values: [[Double]]
  /// Their probabilities.
  public let probabilities: [Double]
}

extension ZooEstimator {
  /// The law of one run, where it has no more than so many different values; nil where it has more, or
  /// where its noise makes a continuum of them.
  public func law(
    _ problem: Problem, _ settings: ZooSettings, atMost most: Int = 12
  ) throws -> ZooLaw? {
    guard integral == nil, !isContinuous else { return nil }
    let program = try program(problem, settings)
    var values: [[Double]] = []
    _ = try exactMomentsWithUniforms { choices in
      let value = try program.estimate(problem, &choices)
      if values.count <= most, !values.contains(value) { values.append(value) }
      return [0]
    }
    guard values.count <= most else { return nil }
    let seen = values
    let shares = try exactMomentsWithUniforms { choices in
      let value = try program.estimate(problem, &choices)
      return seen.map { $0 == value ? 1 : 0 }
    }
    return ZooLaw(values: values, probabilities: shares.mean)
  }
}
