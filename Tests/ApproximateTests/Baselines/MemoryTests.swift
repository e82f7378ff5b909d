import Models
import Probability
import Testing

@testable import Approximate

@Suite("Score function with baselines that remember, exactly")
struct ScoreFunctionStateTests {
  let bound = ExpectedValue.elbo(
    of: TableModel.twoBits, under: BernoulliFactors([0.6, 0.33]))

  func gradient() throws -> [Double] {
    try exactMoments(of: ScoreFunction(None()), bound, samples: 1).mean
  }

  // Catches: an update before use, whatever the number of samples.
  @Test("a running mean of the past leaves the mean", arguments: [(1, 1), (1, 3), (2, 2)])
  func past(samples: Int, steps: Int) throws {
    let found = try exactMoments(
      of: ScoreFunction(RunningMean(decay: 0.8, startingAt: -1)), bound, samples: samples,
      steps: steps)
    #expect(agree(found.mean, try gradient()))
    #expect(found.outcomes == 1 << (2 * samples * steps))
  }

  // Catches: decay and 1 − decay exchanged; a memory that starts from the first batch.
  @Test("the memory is the weighted mean of the past")
  func memory() throws {
    var baseline = RunningMean(decay: 0.75, startingAt: 2)
    #expect(baseline.baselines(for: [-4, -8]) == [2, 2])
    #expect(baseline.memory == 0.75 * 2 + 0.25 * -6)
    var empty = RunningMean(decay: 0.75)
    #expect(empty.baselines(for: [-4, -8]) == [0, 0] && empty.memory == -6)
  }

  // Catches: a division by σ² called a division by σ (E-050, E-051).
  @Test("standardising by the past divides the mean by σ")
  func standardised() throws {
    let past = RunningMoments(decay: 0.9, mean: -3, variance: 6.25)
    let byDeviation = try exactMoments(
      of: ScoreFunction(Standardised(by: past)), bound, samples: 2)
    #expect(agree(byDeviation.mean, try gradient().map { $0 / 2.5 }))
    let small = RunningMoments(decay: 0.9, mean: -3, variance: 0.04)
    let floored = try exactMoments(
      of: ScoreFunction(Standardised(by: small)), bound, samples: 1)
    #expect(agree(floored.mean, try gradient()))
  }

  @Test("standardising by the current batch gives no multiple of the gradient")
  func currentBatch() throws {
    let past = RunningMoments(decay: 0.9, mean: 0, variance: 1)
    let estimator = ScoreFunction<BernoulliFactors, _>(
      Standardised(by: past, source: .currentBatch, smallestDeviation: 0))
    let found = try exactMoments(of: estimator, bound, samples: 3)
    let exact = try gradient()
    #expect(abs(found.mean[0] / exact[0] - found.mean[1] / exact[1]) > 0.01)
    let one = try exactMoments(of: estimator, bound, samples: 1)
    #expect(one.mean == [0, 0])
  }

  @Test("running moments follow their recursion")
  func runningMoments() {
    var moments = RunningMoments(decay: 0.5, mean: 1, variance: 2)
    moments.take(in: [3, 5])
    // spread around the old mean: (4 + 16)/2 = 10
    #expect(moments.variance == 6 && moments.mean == 2.5)
    #expect(RunningMoments(ofBatch: [3, 5]).variance == 1)
  }

  // Catches: a regression that is stepped before its value is used.
  @Test("an input-dependent baseline leaves the mean at every step", arguments: [1, 2, 3])
  func input(steps: Int) throws {
    let baseline = OfInput(features: [1, 0.5], weights: [-2, 1], rate: 0.3)
    let found = try exactMoments(of: ScoreFunction(baseline), bound, samples: 1, steps: steps)
    #expect(agree(found.mean, try gradient()))
  }

  @Test("the regression of an input-dependent baseline settles on the signal")
  func regression() {
    var estimator = OfInput(features: [1, 0], weights: [0, 0], rate: 0.5)
    for _ in 0..<60 {
      estimator.features = [1, 0]
      estimator.take(in: [-4, -2])
      estimator.features = [1, 1]
      estimator.take(in: [-7])
    }
    // Two observations, two weights: −3 for the first, −7 for the second.
    #expect(abs(estimator.weights[0] + 3) < 1e-3 && abs(estimator.weights[1] + 4) < 1e-3)
  }
}
