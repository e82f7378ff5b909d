import GSL
public import Models

/// How often a semi-Markov model is expected to have used each of its parameters, given all sequences.
///
/// ```
/// E[number of uses of p | x] = p ∂ log p(x) / ∂ p
/// ```
/// of first states, moves between segments and durations; of emissions, the sums that their laws would be fitted by. A
/// segment that goes on beyond a censored sequence counts with the durations that it may have, as probable as they are
/// then. An impossible sequence adds nothing. Reference: Yu 2010, section 3.2; Guédon 2003, section 3.
public struct SemiMarkovCounts: Sendable, Equatable {
  /// How often each state begins a sequence.
  public private(set) var initial: [Double]
  /// How often a segment of j follows one of i.
  public private(set) var transition: [[Double]]
  /// How many segments of each state have each duration.
  public private(set) var durations: [[Double]]
  /// The sums of each factor of the emission.
  public private(set) var factors: [LawSums]

  private let model: HiddenSemiMarkovModel

  /// No sequences yet.
  public init(_ model: HiddenSemiMarkovModel) {
    initial = model.initial.map { _ in 0 }
    transition = model.transition.map { $0.map { _ in 0 } }
    durations = model.durations.map { $0.map { _ in 0 } }
    factors = model.laws.factors.map { LawSums($0) }
    self.model = model
  }

  /// Adds one sequence, from its messages.
  public mutating func add(_ messages: SegmentMessages) {
    let (sequence, total) = (messages.sequence, messages.logTotal)
    for k in initial.indices {
      initial[k] += exp(log(model.initial[k]) + messages.head[0][k] - total)
      for s in 1..<max(1, sequence.length) {
        for j in initial.indices {
          transition[j][k] += exp(
            messages.end[s][j] + log(model.transition[j][k]) + messages.head[s][k] - total)
        }
      }
    }
    messages.forEachSegment { segment, logRest in
      let logDuration = messages.logDuration(segment.state, segment.length, endingWith: segment.end)
      addDuration(segment, share: exp(logRest + logDuration), of: sequence)
    }
    for (step, shares) in zip(sequence.steps, messages.stateMarginals) { add(step, shares: shares) }
  }

  /// Adds one sequence, from all its segmentations.
  public mutating func addEnumerated(_ sequence: SemiMarkovSequence) throws {
    try sequence.visitedSegmentations.visitShares { segments, share in
      for (n, segment) in segments.enumerated() {
        if n == 0 {
          initial[segment.state] += share
        } else {
          transition[segments[n - 1].state][segment.state] += share
        }
        addDuration(segment, share: share, of: sequence)
        let shares = initial.indices.map { $0 == segment.state ? share : 0 }
        for t in segment.start..<segment.end { add(sequence.steps[t], shares: shares) }
      }
    }
  }

  private mutating func add(_ values: [ObservedValue?], shares: [Double]) {
    for (f, value) in values.enumerated() {
      if let value { factors[f].add(value, shares: shares) }
    }
  }

  /// A segment under its duration, or under all that one which goes on may have.
  private mutating func addDuration(
    _ segment: StateSegment, share: Double, of sequence: SemiMarkovSequence
  ) {
    guard share > 0 else { return }
    let (k, shortest) = (segment.state, segment.length)
    let goesOn = model.isCensored && segment.end == sequence.length
    let possible = shortest...(goesOn ? model.longest : shortest)
    let whole = possible.reduce(0) { $0 + model.durations[k][$1 - 1] }
    for d in possible where whole > 0 {
      durations[k][d - 1] += share * (model.durations[k][d - 1] / whole)
    }
  }
}
