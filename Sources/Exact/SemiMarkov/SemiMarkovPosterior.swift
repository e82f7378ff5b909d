import GSL
public import Models
public import Probability

/// The exact answer for a sequence of a semi-Markov model: its evidence, and the state of each step.
public struct SemiMarkovPosterior: Posterior {
  /// log p(x); −∞ when the sequence is impossible.
  public let logEvidence: ExactValue
  /// p(k_t = k | x), step after step; nil when the sequence is impossible.
  public let stateMarginals: [[Double]]?

  /// From messages over beginnings and ends of segments.
  public init(of sequence: SemiMarkovSequence) {
    guard let messages = SegmentMessages(sequence) else {
      self.init(logEvidence: ExactValue(-.infinity, roundingBound: 0), stateMarginals: nil)
      return
    }
    let total = messages.logEvidence
    let terms = sequence.length * (sequence.model.stateCount + sequence.model.longest + 8)
    let size = max(1, abs(messages.logTotal), abs(total), abs(sequence.logScale))
    self.init(
      logEvidence: ExactValue(total, roundingBound: Double(terms) * Double.ulpOfOne * size),
      stateMarginals: messages.stateMarginals)
  }

  /// The same answer from all segmentations, one after the other.
  public static func enumerated(of sequence: SemiMarkovSequence) throws -> SemiMarkovPosterior {
    let segmentations = sequence.visitedSegmentations
    let states = sequence.model.stateCount
    let total = try segmentations.logEvidence
    let means = try segmentations.mean(of: sequence.length * states) { segments in
      var values = [Double](repeating: 0, count: sequence.length * states)
      for segment in segments {
        for t in segment.start..<segment.end { values[t * states + segment.state] = 1 }
      }
      return values
    }
    let roundings =
      Double(4 * sequence.length + 8) * max(1, abs(total)) + sequence.segmentationCount
    return SemiMarkovPosterior(
      logEvidence: ExactValue(
        total, roundingBound: total.isFinite ? roundings * Double.ulpOfOne : 0),
      stateMarginals: means.map { means in
        (0..<sequence.length).map { t in
          means[(t * states)..<((t + 1) * states)].map { min(1, $0) }
        }
      })
  }

  init(logEvidence: ExactValue, stateMarginals: [[Double]]?) {
    (self.logEvidence, self.stateMarginals) = (logEvidence, stateMarginals)
  }
}

extension SemiMarkovSequence {
  /// How many segmentations with states there are.
  ///
  /// ```
  /// n_0 = 1,   n_t = K Σ_{d ≤ D} n_{t−d}
  /// ```
  public var segmentationCount: Double {
    var counts = [1.0]
    for t in 1...length {
      let before = counts[max(0, t - model.longest)...].reduce(0, +)
      counts.append(Double(model.stateCount) * before)
    }
    return counts[length]
  }

  /// All segmentations with their log joints, one by one.
  public var visitedSegmentations: VisitedStates<[StateSegment]> {
    VisitedStates(summing: { [self] each in
      try forEachSegmentation { segments in
        var logJoint = logWeight(of: segments)
        logJoint += logScale
        try each(segments, logJoint)
      }
    })
  }

  /// Visits all segmentations, the last segment fastest.
  func forEachSegmentation(_ visit: ([StateSegment]) throws -> Void) throws {
    var segments: [StateSegment] = []
    func extend(from start: Int) throws {
      guard start < length else { return try visit(segments) }
      for state in model.initial.indices {
        for duration in 1...min(model.longest, length - start) {
          segments.append(StateSegment(state: state, start: start, length: duration))
          try extend(from: start + duration)
          segments.removeLast()
        }
      }
    }
    try extend(from: 0)
  }
}
