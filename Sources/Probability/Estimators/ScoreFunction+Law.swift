extension ScoreFunction {
  /// The law of a step, with the signal and the score of every outcome of q computed once.
  ///
  /// The weights are those of the baseline, asked on each of the N^S outcomes of S samples; the means
  /// of scores that they weigh are arithmetic on arrays. The estimator itself, run on each outcome, is
  /// the definition and the test: `lawByRunning`. It is also the way where N is large, where steps
  /// before this one are remembered, and where there is something to refuse.
  @inlinable
  public func law(
    of mean: ExpectedValue<Law>, samples: Int, steps: Int, limits: ChoiceLimits
  ) throws -> LawInLeaves {
    let law: LawInLeaves? =
      steps > 1
      ? nil
      : try DrawTable(mean)?.law(
        samples: samples, limits: limits, inAnyOrder: Weights.isExchangeable
      ) { signals throws(ChoiceError) in
        var baseline = baseline
        return try baseline.weights(for: signals)
      }
    return try law ?? lawByRunning(of: mean, samples: samples, steps: steps, limits: limits)
  }
}
