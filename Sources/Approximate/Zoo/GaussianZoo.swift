/// The estimators for Gaussians: the only place that lists them.
public enum GaussianZoo {
  /// All of them.
  public static let all: [GaussianEstimator] = []
}
