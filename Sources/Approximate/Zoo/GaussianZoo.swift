/// The estimators for Gaussians, in the order of Reference/zoo.md: the only place that lists them.
public enum GaussianZoo {
  /// All of them.
  public static let all: [GaussianEstimator] = [
    scoreFunction, constantBaseline, optimalBaseline, leaveOneOut, vargrad, analyticEntropy,
    scoreFunctionAnalyticEntropy, antitheticScoreFunction, importanceSampled, finiteDifference,
    iwaeScore, vimco, rwsWake, pathwise, stickingTheLanding, antitheticPathwise, stratified,
    shiftedLattice, bonnetPrice, implicitReparameterisation, measureValued, deltaMethod, lax, iwae,
    iwaeSticking, doublyReparameterised, rwsDoublyReparameterised, renyi, convexCombination,
  ]
}
