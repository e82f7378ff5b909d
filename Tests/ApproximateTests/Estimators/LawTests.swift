import Exact
import GSL
import Models
import Probability
import Testing

@testable import Approximate

/// What is known of each estimator's mean, at points where nothing is symmetric.
@Suite("Laws of the estimators, for bits and for states")
struct LawTests {
  let bits = ExpectedValue.elbo(of: TableModel.twoBits, under: BernoulliFactors([0.6, 0.33]))
  let bitGradient = exactELBOGradientBySwitching(
    factorised: [0.6, 0.33], of: TableModel.twoBits)

  let states: ExpectedValue<SoftmaxLaw>
  let stateGradient: [Double]

  init() {
    let (logits, logJoints) = ([0.2, -0.4, 0.5], [-3.1, -0.7, -5.2])
    states = .elbo(of: logJoints, under: SoftmaxLaw(logits: logits))
    stateGradient = exactELBOGradient(logits: logits, logJoints: logJoints)
  }

  /// Whether the mean of the last of some steps is a multiple of the gradient, for bits and states.
  private func isMultiple(
    _ factor: Double, _ baseline: some Weighting, samples: Int, steps: Int = 1
  ) throws -> Bool {
    let ofBits = try exactMoments(
      of: ScoreFunction(baseline), bits, samples: samples, steps: steps)
    let ofStates = try exactMoments(
      of: ScoreFunction(baseline), states, samples: samples, steps: steps)
    return agree(ofBits.mean, bitGradient.map { factor * $0 })
      && agree(ofStates.mean, stateGradient.map { factor * $0 })
  }

  // Catches: any wrong sign, count, order of update or set of samples in any estimator.
  @Test("every estimator of the list is unbiased", arguments: EstimatorName.allCases, 1...3)
  func listed(name: EstimatorName, samples: Int) throws {
    let program = EstimatorList(constants: [-2.5, -1]).program(name)
    guard samples >= name.fewestSamples else {
      #expect(throws: ChoiceError.self) { try exactMoments { try program(bits, samples, &$0) } }
      return
    }
    let found = try exactMoments { choices in try program(bits, samples, &choices) }
    #expect(agree(found.mean, bitGradient))
    // It draws: none of them is an enumeration in disguise.
    #expect(found.covarianceTrace > 1e-6)
  }

  @Test(
    "baselines that do not look at their sample leave the mean, step after step", arguments: 1...3)
  func unbiased(samples: Int) throws {
    #expect(try isMultiple(1, None(), samples: samples))
    #expect(try isMultiple(1, Constant(-2.5), samples: samples))
    #expect(try isMultiple(1, PerComponent([-4, nil, 1]), samples: samples))
    let input = OfInput(features: [1, 0.5], weights: [-2, 1], rate: 0.3)
    #expect(try isMultiple(1, input, samples: samples))
    let running = RunningMean(decay: 0.8)
    #expect(try isMultiple(1, running, samples: samples))
    if samples < 3 {
      #expect(try isMultiple(1, running, samples: samples, steps: 2))
      #expect(try isMultiple(1, input, samples: samples, steps: 2))
    }
    if samples > 1 { #expect(try isMultiple(1, LeaveOneOut(), samples: samples)) }
  }

  @Test("standardised by the past, 1/σ of the gradient is left", arguments: 1...3)
  func standardised(samples: Int) throws {
    let past = RunningMoments(decay: 0.9, mean: -3, variance: 6.25)
    #expect(try isMultiple(1 / 2.5, Standardised(by: past), samples: samples))
  }

  // Of two signals the deviation is half their distance: (f − μ)/σ is their order and no more.
  @Test("standardised by a batch of two, the order of the signals is left")
  func ofBatch() throws {
    let past = RunningMoments(decay: 0.9, mean: 0, variance: 1)
    let baseline = Standardised(by: past, source: .currentBatch, smallestDeviation: 0)
    let found = try exactMoments(of: ScoreFunction(baseline), bits, samples: 2)
    let order = bruteMoments(bits, samples: 2) { f, s in
      let sign = f[0] == f[1] ? 0.0 : f[0] > f[1] ? 1 : -1
      return s[0].indices.map { 0.5 * sign * (s[0][$0] - s[1][$0]) }
    }
    #expect(agree(found.mean, order.mean) && !agree(found.mean, bitGradient))
  }

  @Test("for states too: other laws, other roads, one mean", arguments: 1...3)
  func ofStates(samples: Int) throws {
    let proposal = SoftmaxLaw(probabilities: [0.2, 0.3, 0.5])
    let sampled = try exactMoments(of: ImportanceSampled(from: proposal), states, samples: samples)
    #expect(agree(sampled.mean, stateGradient))
    let whole = try exactMoments(of: LocalSignals(), states, samples: samples)
    #expect(agree(whole.mean, stateGradient))
    // One variable alone: all outcomes are summed, and nothing is left to chance.
    let local = try exactMoments(of: LocalExpectation(), states, samples: samples)
    #expect(agree(local.mean, stateGradient) && local.covarianceTrace < 1e-24)
    #expect(agree(states.exactGradient, stateGradient))
  }

  // Catches: a part in closed form that is dropped, or not divided with the rest.
  @Test("a part that is known in closed form is added by every estimator")
  func knownPart() throws {
    let split = ExpectedValue(
      under: bits.law, of: { bits.signal($0) }, plus: [0.7, -0.2])
    let whole = zip(bitGradient, [0.7, -0.2]).map { $0 + $1 }
    for estimator in [
      ScoreFunction(None()), LocalSignals(), LocalExpectation(),
      ImportanceSampled(from: BernoulliFactors([0.5, 0.4])), Surrogate(baseline: -2),
    ] as [any GradientEstimator<BernoulliFactors>] {
      #expect(agree(try exactMoments(of: estimator, split, samples: 2).mean, whole))
    }
    let past = RunningMoments(decay: 0.9, mean: -3, variance: 6.25)
    let divided = try exactMoments(of: ScoreFunction(Standardised(by: past)), split, samples: 1)
    #expect(agree(divided.mean, whole.map { $0 / 2.5 }))
  }

  // Catches: weights of another sample, a known part that is not divided, tables in another order.
  @Test("the law from tables of signals and scores is that of the estimator, run on every outcome")
  func tables() throws {
    func check<Law>(
      _ mean: ExpectedValue<Law>, _ baseline: some Weighting, _ samples: Int
    ) throws {
      let estimator = ScoreFunction<Law, _>(baseline)
      let found = try exactMoments(of: estimator, mean, samples: samples)
      let run = try estimator.lawByRunning(of: mean, samples: samples).moments()
      #expect(found.outcomes == run.outcomes && found.coverage.depth == run.coverage.depth)
      for (one, other) in zip(found.means + found.covariances, run.means + run.covariances) {
        #expect(abs(one.value - other.value) <= 8 * (one.roundingBound + other.roundingBound))
      }
    }
    let known = ExpectedValue(
      under: bits.law, of: { bits.signal($0) }, plus: [0.7, -0.2])
    let past = RunningMoments(decay: 0.9, mean: -3, variance: 6.25)
    for samples in 1...3 {
      for mean in [bits, known] {
        try check(mean, None(), samples)
        try check(mean, Constant(-2.5), samples)
        try check(mean, PerComponent([-4, nil]), samples)
        try check(mean, OfInput(features: [1], weights: [-2], rate: 0.3), samples)
        try check(mean, Standardised(by: past), samples)
        try check(mean, Standardised(by: past, source: .currentBatch), samples)
        if samples > 1 { try check(mean, LeaveOneOut(), samples) }
      }
      try check(states, RunningMean(decay: 0.8, startingAt: 2), samples)
    }
  }

  // Catches: a table that knows no cap on choices, and one in which what never comes widens the range.
  @Test("a law from tables has the caps and the range of the law of runs")
  func edges() throws {
    let (estimator, limits) = (ScoreFunction<BernoulliFactors, _>(None()), ChoiceLimits(choices: 3))
    #expect(throws: ChoiceError.tooManyChoices(cap: 3)) {
      try estimator.law(of: bits, samples: 2, steps: 1, limits: limits).moments()
    }
    // Both draws on has a probability of e^-800, which is no double.
    let rare = ExpectedValue(under: BernoulliFactors(logits: [-400]), of: { $0[0] })
    let found = try exactMoments(of: estimator, rare, samples: 2)
    let run = try estimator.lawByRunning(of: rare, samples: 2).moments()
    #expect(found.largest == [0.5] && found.largest == run.largest)
  }

  // Catches: an order counted twice or left out, a draw that is met again, a last draw that is skipped.
  @Test(
    "many outcomes: one order of the same draws stands for all",
    arguments: [(7, 2), (5, 3), (4, 4)])
  func anyOrder(bits: Int, samples: Int) throws {
    let probabilities = (0..<bits).map { 0.2 + 0.09 * Double($0) }
    let mean = ExpectedValue(
      under: BernoulliFactors(probabilities),
      of: { z in zip(z, probabilities).reduce(0.3) { $0 + $1.0 * ($1.1 - 0.5 * $0) } },
      plus: probabilities)
    let past = RunningMoments(decay: 0.9, mean: -3, variance: 6.25)
    func check(_ baseline: some Weighting) throws {
      let estimator = ScoreFunction<BernoulliFactors, _>(baseline)
      let found = try exactMoments(of: estimator, mean, samples: samples)
      let run = try estimator.lawByRunning(of: mean, samples: samples).moments()
      #expect(found.outcomes == 1 << (bits * samples) && run.outcomes == found.outcomes)
      #expect(type(of: baseline).isExchangeable)
      for (one, other) in zip(found.means + found.covariances, run.means + run.covariances) {
        #expect(abs(one.value - other.value) <= 8 * (one.roundingBound + other.roundingBound))
      }
      for (one, other) in zip(found.smallest + found.largest, run.smallest + run.largest) {
        #expect(abs(one - other) <= 1e-12)
      }
    }
    guard samples < 4 else { return try check(LeaveOneOut()) }
    try check(Standardised(by: past, source: .currentBatch))
    try check(PerComponent((0..<bits).map { Double($0) }))
  }

  // Catches: a weighting that says that it does not look at the order, and does.
  @Test("weights of signals in another order are the same, in that order")
  func exchangeable() throws {
    let past = RunningMoments(decay: 0.9, mean: -3, variance: 6.25)
    let signals = [0.3, -1.7, 2.9, 0.3]
    for baseline in [
      None(), Constant(-2.5), PerComponent([1, nil, -4]), LeaveOneOut(), RunningMean(decay: 0.8),
      RunningMean(decay: 0.8, startingAt: 2), OfInput(features: [2], weights: [-2], rate: 0.3),
      Standardised(by: past), Standardised(by: past, source: .currentBatch), BatchMean(),
      GroupNormalised(epsilon: 0.1), SampleCovariance(), SampleCovariance(dividesByAll: true),
    ] as [any Weighting] {
      #expect(type(of: baseline).isExchangeable)
      var (one, other) = (baseline, baseline)
      for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 0, 1, 3]] {
        let (straight, turned) = (
          try one.weights(for: signals), try other.weights(for: order.map { signals[$0] })
        )
        #expect(abs(straight.divisor - turned.divisor) <= 1e-14)
        for s in 0..<4 {
          for d in 0..<3 { #expect(abs(turned[s, d] - straight[order[s], d]) <= 1e-14) }
        }
      }
    }
  }
}
