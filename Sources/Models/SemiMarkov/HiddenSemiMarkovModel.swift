public import GSL

/// A part of a sequence that is of one state.
public struct StateSegment: Sendable, Equatable, Hashable {
  /// The state.
  public let state: Int
  /// How many steps come before it.
  public let start: Int
  /// How many steps it has.
  public let length: Int

  /// A segment; it has at least one step.
  public init(state: Int, start: Int, length: Int) {
    (self.state, self.start, self.length) = (state, start, length)
  }

  /// How many steps there are up to its end.
  public var end: Int { start + length }
}

/// A hidden Markov model whose states stay for as long as a law of their own says.
///
/// ```
/// k_1 ~ initial,   k_n | k_{n−1} ~ transition[k_{n−1}],   d_n | k_n ~ durations[k_n] on 1 … D
/// x_t | k ~ emission of the state whose segment step t is in
/// ```
/// The first segment begins with the first step. Unless the sequence is censored the last one ends with the last
/// step, and p(x) is the probability of all observations and of that end; censored, it may go on, and its duration is
/// known to be at least what was seen of it. A state may follow itself, as another segment.
/// Reference: Yu 2010, sections 2 and 3; Guédon 2003 for the censored end.
public struct HiddenSemiMarkovModel: Sendable, Equatable {
  /// p(k_1 = k).
  public let initial: [Double]
  /// transition[i][j] = p(k_n = j | k_{n−1} = i), between segments.
  public let transition: [[Double]]
  /// durations[k][d − 1] = p(d | k), as many for each state.
  public let durations: [[Double]]
  /// What the states emit.
  public let laws: ProductLaws
  /// Whether the last segment may go on beyond the sequence.
  public let isCensored: Bool
  /// Σ_{e ≥ d} p(e | k), where durations[k] has p(d | k).
  private let survivors: [[Double]]

  /// A model of K states with durations up to D.
  public init(
    initial: [Double], transition: [[Double]], durations: [[Double]], laws: ProductLaws,
    isCensored: Bool = false
  ) throws(ModelError) {
    try Validate.distribution("initial", initial)
    try Validate.conditional(
      "transition", transition, rows: initial.count, columns: initial.count)
    try Validate.count("durations", durations.count, expected: initial.count)
    try Validate.notEmpty("durations[0]", durations[0].count)
    try Validate.conditional(
      "durations", durations, rows: initial.count, columns: durations[0].count)
    try Validate.count("emission", laws.stateCount, expected: initial.count)
    (self.initial, self.transition, self.durations) = (initial, transition, durations)
    (self.laws, self.isCensored) = (laws, isCensored)
    survivors = durations.map { row in
      var sum = 0.0
      return row.reversed().map { probability in
        sum += probability
        return min(1, sum)
      }.reversed()
    }
  }

  /// K.
  public var stateCount: Int { initial.count }
  /// D, the longest duration.
  public var longest: Int { durations[0].count }

  /// p(d | k); of a segment that ends with a censored sequence, the probability of d and more.
  public func durationLaw(_ state: Int, _ length: Int, isLast: Bool) -> Double {
    guard length <= longest else { return 0 }
    return (isLast && isCensored ? survivors : durations)[state][length - 1]
  }

  /// A sequence as the observation of a model of its own; it has at least one step.
  public func observing(_ steps: [[ObservedValue?]]) throws(ModelError) -> SemiMarkovSequence {
    try Validate.notEmpty("observations", steps.count)
    for (place, values) in steps.enumerated() {
      try laws.validate("observations[\(place)]", values)
    }
    return SemiMarkovSequence(self, steps)
  }
}

/// A semi-Markov model with one sequence observed.
public struct SemiMarkovSequence: Sendable, Equatable {
  /// The model.
  public let model: HiddenSemiMarkovModel
  /// What was observed, step after step.
  public let steps: [[ObservedValue?]]
  /// log p(x_t | k), step after step, without what the states have in common.
  public let logEmissions: [[Double]]
  /// The logarithm of what the emissions of all states have in common.
  public let logScale: Double

  init(_ model: HiddenSemiMarkovModel, _ steps: [[ObservedValue?]]) {
    let emissions = steps.map(model.laws.logLikelihoods)
    (self.model, self.steps) = (model, steps)
    logEmissions = emissions.map(\.relative)
    logScale = CompensatedSum(emissions.map(\.common)).value
  }

  /// T, the number of steps.
  public var length: Int { steps.count }

  /// log p(segments, x) − logScale, factor by factor.
  public func logWeight(of segments: [StateSegment]) -> CompensatedSum {
    var total = CompensatedSum()
    for (n, segment) in segments.enumerated() {
      total +=
        n == 0
        ? log(model.initial[segment.state])
        : log(model.transition[segments[n - 1].state][segment.state])
      total += log(
        model.durationLaw(segment.state, segment.length, isLast: segment.end == length))
      for t in segment.start..<segment.end { total += logEmissions[t][segment.state] }
    }
    return total
  }
}
