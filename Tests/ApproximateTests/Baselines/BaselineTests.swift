import Models
import Probability
import Testing

@testable import Approximate

@Suite("Score function with constant baselines and leave-one-out, exactly")
struct ScoreFunctionBaselineTests {
  let bound = ExpectedValue.elbo(
    of: TableModel.twoBits, under: BernoulliFactors([0.6, 0.33]))

  // Catches: a wrong sign, f without log q, a missing 1/S.
  @Test("the plain estimator has the moments of its formula", arguments: [1, 2, 3])
  func plain(samples: Int) throws {
    let found = try exactMoments(of: ScoreFunction(None()), bound, samples: samples)
    let want = bruteMoments(bound, samples: samples) { f, s in
      s[0].indices.map { d in f.indices.reduce(0) { $0 + f[$1] * s[$1][d] } / Double(samples) }
    }
    #expect(agree(found.mean, want.mean))
    #expect(agree(found.variances, want.variances))
    #expect(found.outcomes == 1 << (2 * samples))
  }

  // Catches: a baseline added instead of subtracted, or multiplied by S.
  @Test("a constant leaves the mean and changes the variance", arguments: [1, 2])
  func constant(samples: Int) throws {
    let plain = try exactMoments(of: ScoreFunction(None()), bound, samples: samples)
    let found = try exactMoments(of: ScoreFunction(Constant(-2.5)), bound, samples: samples)
    let want = bruteMoments(bound, samples: samples) { f, s in
      s[0].indices.map { d in
        f.indices.reduce(0) { $0 + (f[$1] + 2.5) * s[$1][d] } / Double(samples)
      }
    }
    #expect(agree(found.mean, plain.mean))
    #expect(agree(found.variances, want.variances))
    #expect(abs(found.covarianceTrace - plain.covarianceTrace) > 0.1)
  }

  // Catches: E[f s]/E[s²], a baseline shared by all components, and the mean signal.
  @Test("the optimal constants are where the variance is stationary")
  func optimal() throws {
    let best = try PerComponent.optimal(for: bound)
    let least = try exactMoments(of: ScoreFunction(best), bound, samples: 1)
    for d in 0..<2 {
      for step in [-1e-3, 1e-3] {
        var moved = best.baselines
        moved[d] = (moved[d] ?? 0) + step
        let there = try exactMoments(
          of: ScoreFunction(PerComponent(moved)), bound, samples: 1)
        // Var is a parabola in c_d with curvature E[s_d²] = b_d (1 − b_d).
        let b = bound.law.probabilities[d]
        let rise = there.variances[d] - least.variances[d]
        #expect(abs(rise - step * step * b * (1 - b)) <= 1000 * .ulpOfOne * least.variances[d])
      }
    }
  }

  @Test("a bit that is certain has no optimal constant")
  func certain() throws {
    let certain = ExpectedValue.elbo(
      of: TableModel.twoBits, under: BernoulliFactors([1, 0.33]))
    let best = try PerComponent.optimal(for: certain)
    #expect(best.baselines[0] == nil)
    #expect(best.baselines[1] != nil)
    let moments = try exactMoments(of: ScoreFunction(best), certain, samples: 2)
    #expect(moments.mean[0] == 0 && moments.variances[0] == 0)
    #expect(moments.outcomes == 4)
  }

  // Catches: the mean over all S including the sample itself, and 1/S in place of 1/(S−1).
  @Test("leave-one-out is unbiased with the moments of its formula", arguments: [2, 3])
  func leaveOneOut(samples: Int) throws {
    let found = try exactMoments(of: ScoreFunction(LeaveOneOut()), bound, samples: samples)
    let want = bruteMoments(bound, samples: samples) { f, s in
      let total = f.reduce(0, +)
      return s[0].indices.map { d in
        f.indices.reduce(0) { sum, k in
          sum + (f[k] - (total - f[k]) / Double(samples - 1)) * s[k][d]
        } / Double(samples)
      }
    }
    let plain = try exactMoments(of: ScoreFunction(None()), bound, samples: 1)
    #expect(agree(found.mean, want.mean))
    #expect(agree(found.mean, plain.mean))
    #expect(agree(found.variances, want.variances))
  }

  @Test("leave-one-out refuses one sample, and every estimator refuses none")
  func tooFew() {
    #expect(throws: ChoiceError.tooFewSamples(found: 1, needed: 2)) {
      try exactMoments(of: ScoreFunction(LeaveOneOut()), bound, samples: 1)
    }
    #expect(throws: ChoiceError.tooFewSamples(found: 0, needed: 1)) {
      try exactMoments(of: ScoreFunction(None()), bound, samples: 0)
    }
  }

  // Catches: an oracle and an estimator that are wrong together, since nothing here is shared.
  @Test("the mean is the derivative of the ELBO by central differences")
  func derivative() throws {
    let logits = [0.4, -0.7]
    func elbo(_ logits: [Double]) throws -> Double {
      let bound = ExpectedValue.elbo(
        of: TableModel.twoBits, under: BernoulliFactors(logits: logits))
      return try exactMean { try bound.average(of: 1, &$0) }.value
    }
    let found = try exactMoments(
      of: ScoreFunction(None()),
      .elbo(of: TableModel.twoBits, under: BernoulliFactors(logits: logits)), samples: 1)
    for d in 0..<2 {
      let h = 1e-4
      var (up, down) = (logits, logits)
      up[d] += h
      down[d] -= h
      let slope = (try elbo(up) - elbo(down)) / (2 * h)
      // Truncation h² f‴/6 and rounding ε|f|/h are both below 1e-8 here.
      #expect(abs(slope - found.mean[d]) < 1e-8)
    }
  }
}
