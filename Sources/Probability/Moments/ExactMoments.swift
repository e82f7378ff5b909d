import GSL
import Kernels

/// The exact law of an estimator, as far as its first two moments go.
public struct ExactMoments: Sendable, Equatable {
  /// E[g], component by component.
  public let mean: [Double]
  /// Cov[g], row by row.
  public let covariance: [[Double]]
  /// How far rounding can have moved each mean.
  public let meanBound: [Double]
  /// The smallest value of each component over all outcomes.
  public let smallest: [Double]
  /// The largest value of each component over all outcomes.
  public let largest: [Double]
  /// E|g|, component by component: the magnitude against which rounding is measured.
  public let magnitude: [Double]
  /// What was visited.
  public let coverage: Coverage

  /// Var[g], component by component.
  public var variances: [Double] { covariance.indices.map { covariance[$0][$0] } }

  /// E[g] as numbers that know their rounding.
  public var means: [ExactValue] {
    zip(mean, meanBound).map { ExactValue($0, roundingBound: $1) }
  }

  /// Cov[g], row by row in one list, as numbers that know their rounding.
  ///
  /// ```
  /// |error of Cov_ij| ≤ (depth + 4) u √(E[g_i²] E[g_j²])
  /// ```
  /// Each term of the update is a product of `depth` probabilities and a handful of operations,
  /// and by Cauchy and Schwarz the terms add up to no more than the root.
  public var covariances: [ExactValue] {
    let unit = Double(coverage.depth + 4) * Double.ulpOfOne
    let sizes = mean.indices.map { (variances[$0] + mean[$0] * mean[$0]).squareRoot() }
    return mean.indices.flatMap { i in
      mean.indices.map { j in
        ExactValue(covariance[i][j], roundingBound: unit * sizes[i] * sizes[j])
      }
    }
  }

  /// The sum of the variances, the trace of the covariance.
  public var covarianceTrace: Double { variances.reduce(0, +) }

  /// The number of outcomes visited.
  public var outcomes: Int { coverage.outcomes }
}

/// The exact moments of a program with several values, by running it over every outcome.
///
/// The mean is a compensated sum of p·g. The covariance is built up by the weighted update of
/// West (1979), which never subtracts two large numbers.
public func exactMoments(
  limits: ChoiceLimits = ChoiceLimits(),
  of program: (inout Exhaustive) throws -> [Double]
) throws -> ExactMoments {
  var gathered = MomentSums()
  let coverage = try forEachOutcome(limits: limits, of: program) { values, probability in
    try gathered.add(values, weight: probability)
  }
  return try gathered.moments(coverage)
}

/// The same for a program that writes its values where they are wanted, on all processors.
///
/// The outcomes are cut into leaves by what is chosen first; neither these nor the tree along which
/// their sums are added depend on the number of threads, so that the answer does not either.
public func exactMoments(
  limits: ChoiceLimits = ChoiceLimits(), threads: Int? = nil,
  inParts program: @escaping @Sendable (inout Exhaustive, inout [Double]) throws -> Void
) throws -> ExactMoments {
  try LawInLeaves(limits: limits, of: program).moments(threads: threads)
}

/// The moments of values that have been computed elsewhere, with the probability of each, a product of
/// up to `depth` numbers.
public func exactMoments(
  values: [[Double]], probabilities: [Double], depth: Int
) throws(ChoiceError) -> ExactMoments {
  var gathered = MomentSums()
  var total = CompensatedSum()
  for (value, probability) in zip(values, probabilities) {
    try gathered.add(value, weight: probability)
    total.add(probability)
  }
  return try gathered.moments(
    Coverage(outcomes: values.count, totalProbability: total.value, depth: depth))
}

/// The exact mean of a program with one value.
public func exactMean(
  limits: ChoiceLimits = ChoiceLimits(), of program: (inout Exhaustive) throws -> Double
) throws -> ExactValue {
  let moments = try exactMoments(limits: limits) { choices in [try program(&choices)] }
  return ExactValue(moments.mean[0], roundingBound: moments.meanBound[0])
}
