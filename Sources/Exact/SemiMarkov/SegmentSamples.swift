import GSL
public import Models
public import Probability

extension SemiMarkovSequence: HiddenStateLaw {
  /// By messages.
  public var logEvidence: Double { SegmentMessages(self)?.logEvidence ?? -.infinity }

  /// By the chain rule, segment after segment.
  public var entropy: Double? { SegmentMessages(self)?.entropy }

  /// The segments from the first to the last.
  public func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws(ChoiceError) -> [[StateSegment]]? {
    guard let messages = SegmentMessages(self) else { return nil }
    return try draws(count, &choices) { choices throws(ChoiceError) in
      try messages.sample(&choices)
    }
  }
}

extension SegmentMessages {
  /// Segments drawn from the posterior, from the last to the first.
  ///
  /// ```
  /// k ~ exp(end_t(k)),   d | k ~ exp(begin_{t−d}(k)) p(d | k) Π p(x_u | k),   j | k ~ exp(end_s(j)) transition[j][k]
  /// ```
  public func sample(
    _ choices: inout some DiscreteChoices
  ) throws(ChoiceError) -> [StateSegment] {
    var t = sequence.length
    var state = try choices.choose(normalised(end[t]))
    var segments: [StateSegment] = []
    while true {
      let duration = 1 + (try choices.choose(normalised(logDurations(state, endingWith: t))))
      segments.append(StateSegment(state: state, start: t - duration, length: duration))
      t -= duration
      guard t > 0 else { return segments.reversed() }
      state = try choices.choose(normalised(logOrigins(state, after: t)))
    }
  }

  /// What speaks for each duration of a segment that ends with step t.
  private func logDurations(_ state: Int, endingWith t: Int) -> [Double] {
    var emitted = 0.0
    return (1...min(sequence.model.longest, t)).map { d in
      emitted += sequence.logEmissions[t - d][state]
      return begin[t - d][state] + logDuration(state, d, endingWith: t) + emitted
    }
  }

  /// What speaks for each state before one that begins after step s.
  private func logOrigins(_ state: Int, after s: Int) -> [Double] {
    sequence.model.transition.enumerated().map { end[s][$0] + log($1[state]) }
  }

  /// The entropy of the posterior over all segmentations, in nats.
  ///
  /// ```
  /// H_begin(s, k) = Σ_j p(j | s, k) (H_end(s, j) − log p(j | s, k))     H_begin(0, k) = 0
  /// H_end(t, k) = Σ_d p(d | t, k) (H_begin(t − d, k) − log p(d | t, k))
  /// ```
  /// The chain rule, in the order in which ``sample(_:)`` chooses, from the other end.
  public var entropy: Double {
    let states = sequence.model.initial.indices
    var ofBegin = [states.map { _ in 0.0 }]
    var ofEnd: [Double] = []
    for t in 1...sequence.length {
      ofEnd = states.map { k in
        guard end[t][k] > -.infinity else { return 0 }
        return mixedEntropy(logDurations(k, endingWith: t)) { ofBegin[t - 1 - $0][k] }
      }
      guard t < sequence.length else { break }
      let before = ofEnd
      ofBegin.append(
        states.map { k in
          guard begin[t][k] > -.infinity else { return 0 }
          return mixedEntropy(logOrigins(k, after: t)) { before[$0] }
        })
    }
    let last = ofEnd
    return mixedEntropy(end[sequence.length]) { last[$0] }
  }
}
