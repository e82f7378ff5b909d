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

  /// The moments of (1/S) Σ_s w_sd s_d(z_s) over all outcomes of S draws; nil where these are more than
  /// the limits allow.
  ///
  /// The outcomes are cut into parts by the first draw, and the sums of the parts added in their order.
  @usableFromInline
  func moments(
    samples: Int, limits: ChoiceLimits,
    weights: @Sendable ([Double]) throws(ChoiceError) -> SignalWeights
  ) throws -> ExactMoments? {
    guard samples > 0, samples * choices <= limits.choices,
      let outcomes = outcomes(of: samples), outcomes <= limits.outcomes
    else { return nil }
    let share = max(1, probabilities.count / OutcomeParts.count)
    let firsts = stride(from: 0, to: probabilities.count, by: share).map {
      $0..<min($0 + share, probabilities.count)
    }
    let threads = outcomes < 1 << 14 ? 1 : processorCount()
    var all = GatheredMoments()
    let found = try inParts(firsts.count, threads: threads) { number in
      try gather(firsts[number], samples: samples, weights)
    }
    for part in found { try all.add(part, limits: limits) }
    return try all.moments()
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

  /// Visits the outcomes whose first draw is in a range, the last draw the quickest.
  private func gather(
    _ firsts: Range<Int>, samples: Int,
    _ weights: ([Double]) throws(ChoiceError) -> SignalWeights
  ) throws(ChoiceError) -> GatheredMoments {
    var gathered = GatheredMoments()
    var table = scores
    var draws = [Int](repeating: 0, count: samples)
    draws[0] = firsts.lowerBound
    var drawn = draws.map { signals[$0] }
    var factors = drawn
    // The probability of the draws up to each.
    var probability = drawn
    var changed = 0
    while true {
      for s in changed..<samples {
        drawn[s] = signals[draws[s]]
        probability[s] = (s == 0 ? 1 : probability[s - 1]) * probabilities[draws[s]]
      }
      do {
        let weights = try weights(drawn)
        for s in 0..<samples { factors[s] = weights.factor(s) }
        table.subtract(weights.subtractedInComponents, knownOver: weights.divisor)
      }
      let weight = probability[samples - 1]
      // A probability that is too small for a double counts for nothing.
      if weight > 0 {
        try gathered.sums.add(columns: table.columns) {
          $0.append(combining: draws, of: table, factors: factors, weight: weight)
        }
      }
      gathered.seen.add(weight, depth: samples * choices)
      changed = samples - 1
      while changed > 0, draws[changed] == probabilities.count - 1 {
        draws[changed] = 0
        changed -= 1
      }
      draws[changed] += 1
      if changed == 0, draws[0] == firsts.upperBound { break }
    }
    try gathered.sums.settle()
    return gathered
  }
}
