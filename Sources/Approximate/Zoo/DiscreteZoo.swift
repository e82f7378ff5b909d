/// The estimators for laws of states, in the order of Reference/zoo.md: the only place that lists them.
public enum DiscreteZoo {
  /// All of them.
  public static let all: [DiscreteEstimator] = baselines + sums + couplings + slopes + severalDraws

  private static let baselines = [
    enumeration, scoreFunction, constantBaseline, optimalBaseline, optimalScalarBaseline,
    valueBaseline, selfCritic, batchMeanBaseline, leaveOneOut, vargrad, runningBaseline, nvil,
    groupNormalised, scoreFunctionTotal, analyticEntropy, antitheticScoreFunction,
    importanceSampled, ppo,
  ]
  private static let sums = [
    partialEnumeration, sumAndSample, memoryAugmented, unorderedSet, withoutReplacement,
    localExpectation, commonNoiseMarginal, localSignals, dice,
  ]
  private static let couplings = [
    measureValued, stochasticTriple, smoothedTriple, finiteDifference, spsa, augmentReinforce, arm,
    disarm,
  ]
  private static let slopes = [
    muprop, straightThrough, reinmax, gumbelSoftmax, straightThroughGumbel, gumbelRao, rebar, relax,
  ]
  private static let severalDraws = [
    iwaeScore, vimco, ovis, ovisMonteCarlo, vimcoDisarm, rwsWake, sleep, sleepDream, tvo,
  ]
}
