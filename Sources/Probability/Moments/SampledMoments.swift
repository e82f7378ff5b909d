import GSL

/// The moments of an estimator as far as a number of draws can tell.
public struct SampledMoments: Sendable, Equatable {
  /// The average of each component.
  public let mean: [Double]
  /// The unbiased sample covariance.
  public let covariance: [[Double]]
  /// The standard error of each average.
  public let standardErrors: [Double]
  /// The number of draws.
  public let count: Int

  /// One component as a labelled number.
  public func estimate(_ component: Int) -> MonteCarloValue {
    MonteCarloValue(mean[component], standardError: standardErrors[component], count: count)
  }
}

/// The sampled moments of a program, drawn from the stream of a seed.
///
/// The same program that `exactMoments` visits whole can be handed here.
public func sampledMoments(
  draws: Int, seed: UInt64, of program: (inout Sampler) throws -> [Double]
) throws -> SampledMoments {
  guard draws >= 2 else { throw ChoiceError.tooFewDraws(found: draws, needed: 2) }
  var sampler = try Sampler(seed: seed)
  var gathered = MomentSums()
  for _ in 0..<draws { try gathered.add(try program(&sampler), weight: 1 / Double(draws)) }
  try gathered.settle()
  // S of the weighted update is the variance over n; an unbiased one divides by n − 1.
  let unbiased = Double(draws) / Double(draws - 1)
  let covariance = gathered.covariance.map { row in row.map { $0 * unbiased } }
  return SampledMoments(
    mean: gathered.mean, covariance: covariance,
    standardErrors: covariance.indices.map { sqrt(covariance[$0][$0] / Double(draws)) },
    count: draws)
}
