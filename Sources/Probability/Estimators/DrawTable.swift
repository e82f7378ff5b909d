import GSL
import Kernels

/// Every outcome of a law with its probability, its signal and its score.
@usableFromInline
struct DrawTable: Sendable {
  private let probabilities: [Double]
  private let signals: [Double]
  private let scores: RowTable
  private let choices: Int

  /// More outcomes of one draw than this are not kept.
  private static let most = 1 << 12

  /// The table of a law's outcomes; nil where they are many.
  @usableFromInline
  init?<Law: ScoredLaw>(_ mean: ExpectedValue<Law>) throws {
    var (probabilities, signals, scores) = ([Double](), [Double](), [[Double]]())
    do {
      choices = try forEachOutcome(limits: ChoiceLimits(outcomes: Self.most)) {
        try mean.law.sample(&$0)
      } visit: { outcome, probability in
        probabilities.append(probability)
        signals.append(mean.signal(outcome))
        scores.append(mean.law.score(outcome))
      }.depth
    } catch ChoiceError.tooManyOutcomes {
      return nil
    }
    guard let table = RowTable(scores, plus: mean.knownGradient) else { return nil }
    (self.probabilities, self.signals, self.scores) = (probabilities, signals, table)
  }

  /// The law of (1/S) Σ_s w_sd s_d(z_s) over all outcomes of S draws; nil where these are more than
  /// the limits allow.
  ///
  /// The outcomes are cut into leaves by the first draw. Where the order of the draws changes nothing,
  /// only one order of the same draws is visited and counts for all, as soon as there is much to visit.
  @usableFromInline
  func law(
    samples: Int, limits: ChoiceLimits, inAnyOrder: Bool,
    weights: @escaping @Sendable ([Double]) throws(ChoiceError) -> SignalWeights
  ) -> LawInLeaves? {
    guard samples > 0, samples * choices <= limits.choices,
      let outcomes = outcomes(of: samples), outcomes <= limits.outcomes
    else { return nil }
    let share = max(1, probabilities.count / leafCount(of: Double(outcomes)))
    let firsts = stride(from: 0, to: probabilities.count, by: share).map {
      $0..<min($0 + share, probabilities.count)
    }
    let isAscending = inAnyOrder && outcomes >= 1 << 14
    return LawInLeaves(leaves: firsts.count, limits: limits) { leaf in
      try gather(firsts[leaf], samples: samples, ascending: isAscending, weights)
    }
  }

  /// N^S; nil where that is no number of a machine.
  private func outcomes(of samples: Int) -> Int? {
    var count = 1
    for _ in 0..<samples {
      let (product, overflow) = count.multipliedReportingOverflow(by: probabilities.count)
      guard !overflow else { return nil }
      count = product
    }
    return count
  }

  /// Visits the outcomes whose first draw is in a range.
  private func gather(
    _ firsts: Range<Int>, samples: Int, ascending: Bool,
    _ weights: ([Double]) throws(ChoiceError) -> SignalWeights
  ) throws(ChoiceError) -> GatheredMoments {
    var gathered = GatheredMoments()
    var table = scores
    gathered.sums.combine(rowsOf: table)
    var trail = DrawTrail(from: firsts, samples: samples, ascending: ascending, probabilities)
    var draws = [Int](repeating: 0, count: samples)
    var drawn = [Double](repeating: 0, count: samples)
    var factors = drawn
    repeat {
      for (s, draw) in trail.draws.enumerated() { (draws[s], drawn[s]) = (draw, signals[draw]) }
      let earlier = trail.beforeLast
      for last in trail.lasts {
        (draws[samples - 1], drawn[samples - 1]) = (last, signals[last])
        let weights = try weights(drawn)
        var factorsOfSamples = factors.mutableSpan
        for s in 0..<samples { factorsOfSamples[s] = weights.factor(s) }
        if table.subtract(weights.subtractedInComponents, knownOver: weights.divisor) {
          gathered.sums.combine(rowsOf: table)
        }
        let outcome = trail.adding(last, to: earlier)
        let weight = outcome.probability * Double(outcome.orders)
        // A probability that is too small for a double counts for nothing.
        if weight > 0 { try gathered.sums.add(combining: draws, factors: factors, weight: weight) }
        gathered.seen.add(weight, depth: samples * choices, outcomes: outcome.orders)
      }
    } while trail.advance()
    try gathered.sums.settle()
    return gathered
  }
}
