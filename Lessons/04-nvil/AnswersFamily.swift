public import Approximate
public import Probability

/// The estimators whose moments an estimator case asks for, as the library has them or with a
/// mistake of this lesson in the place of some.
public struct EstimatorFamily: Sendable {
  /// One step of an estimator with S samples.
  public typealias Program = @Sendable (BernoulliBound, Int, inout Exhaustive) throws -> [Double]

  /// The kinds of estimator, by their keys in an estimator case.
  public enum Kind: String, Sendable, CaseIterable {
    case scoreFunction, constantBaseline, optimalConstantBaseline, leaveOneOut
  }

  /// What replaces the library's estimators, given the baselines of all components.
  var replacements: [Kind: @Sendable ([Double]) -> Program] = [:]

  /// The library's estimators.
  public static let answer = EstimatorFamily()

  /// Whether this kind is not the library's.
  public func replaces(_ kind: Kind) -> Bool { replacements[kind] != nil }

  /// The program of a kind; c_d is what each component subtracts, where the kind asks for it.
  public func program(_ kind: Kind, baselines: [Double]) -> Program {
    if let replacement = replacements[kind] { return replacement(baselines) }
    switch kind {
    case .scoreFunction: return step(PlainScoreFunction())
    case .constantBaseline: return step(ConstantBaseline(baselines.first ?? 0))
    case .optimalConstantBaseline: return step(ComponentBaselines(baselines))
    case .leaveOneOut: return step(LeaveOneOut())
    }
  }

  private func step(_ estimator: some GradientEstimator) -> Program {
    { bound, samples, choices in
      var estimator = estimator
      return try estimator.estimate(bound, samples: samples, &choices)
    }
  }
}
