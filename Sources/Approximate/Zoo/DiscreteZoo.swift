/// The estimators for laws of states, in the order of Reference/zoo.md: the only place that lists them.
public enum DiscreteZoo {
  /// All of them.
  public static let all: [DiscreteEstimator] = [
    enumeration, scoreFunction, leaveOneOut,
  ]
}

/// The estimators for Gaussians: the only place that lists them.
public enum GaussianZoo {
  /// All of them.
  public static let all: [GaussianEstimator] = []
}
