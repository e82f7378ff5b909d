import GSL
public import Models

extension SegmentMessages {
  /// What is known of the state of a step before its own observation, and with it: never what comes later.
  ///
  /// ```
  /// filtered_t(k) ∝ Σ_d exp(begin_{t−d}(k)) p(duration ≥ d | k) Π_{t−d < u ≤ t} p(x_u | k)
  /// predicted_t(k): the same without p(x_t | k)
  /// ```
  /// A segment that step t is in may go on beyond it, whatever the length of the sequence: that is no observation, and
  /// neither is the end of a sequence that is not censored. Reference: Yu 2010, section 3.1.
  public var beliefs: ChainBeliefs {
    let model = sequence.model
    let logSurvivals = model.durations.map { row in
      var rest = 0.0
      let tails = row.reversed().map { duration in
        rest += duration
        return log(min(1, rest))
      }
      return Array(tails.reversed())
    }
    var (predicted, filtered): ([[Double]], [[Double]]) = ([], [])
    for t in 1...sequence.length {
      let logPrediction = model.initial.indices.map { k in
        var (terms, emitted): ([Double], Double) = ([], 0)
        for d in 1...min(model.longest, t) {
          if d > 1 { emitted += sequence.logEmissions[t - d][k] }
          terms.append(begin[t - d][k] + logSurvivals[k][d - 1] + emitted)
        }
        return logSumExp(terms)
      }
      predicted.append(normalised(logPrediction))
      filtered.append(normalised(zip(logPrediction, sequence.logEmissions[t - 1]).map { $0 + $1 }))
    }
    return ChainBeliefs(predicted: predicted, filtered: filtered)
  }
}

extension SemiMarkovSequence {
  /// The same from all segmentations of each beginning, whose last segment may go on.
  public func enumeratedBeliefs() throws -> ChainBeliefs? {
    guard try visitedSegmentations.logEvidence > -.infinity else { return nil }
    let open = try HiddenSemiMarkovModel(
      initial: model.initial, transition: model.transition, durations: model.durations,
      laws: model.laws, isCensored: true)
    let unseen: [ObservedValue?] = model.laws.factors.map { _ in nil }
    func last(of steps: [[ObservedValue?]]) throws -> [Double] {
      let beginning = try open.observing(steps)
      return try SemiMarkovPosterior.enumerated(of: beginning).stateMarginals?.last ?? []
    }
    return ChainBeliefs(
      predicted: try (0..<length).map { try last(of: Array(steps[..<$0]) + [unseen]) },
      filtered: try (0..<length).map { try last(of: Array(steps[...$0])) })
  }
}
