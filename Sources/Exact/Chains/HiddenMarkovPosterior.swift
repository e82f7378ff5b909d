public import Models
public import Probability

/// The exact answer for an observed sequence: evidence, marginals and expected counts.
public struct HiddenMarkovPosterior: Posterior {
  /// log p(x); −∞ when the sequence is impossible.
  public let logEvidence: ExactValue
  /// p(z_t = k | x); nil when the sequence is impossible.
  public let stateMarginals: [[Double]]?
  /// p(z_t = i, z_{t+1} = j | x); nil when the sequence is impossible.
  public let pairMarginals: [[[Double]]]?
  /// How often each event is expected given x; zero when the sequence is impossible.
  public let expectedCounts: HiddenMarkovCounts

  /// Runs forward and backward over a sequence.
  public init(of sequence: HiddenMarkovSequence) {
    self.init(ForwardBackward(sequence.potentials).posterior, of: sequence)
  }

  init(_ posterior: ChainPosterior, of sequence: HiddenMarkovSequence) {
    logEvidence = posterior.logPartition
    stateMarginals = posterior.stateMarginals
    pairMarginals = posterior.pairMarginals
    var counts = HiddenMarkovCounts(model: sequence.model)
    counts.add(posterior, observations: sequence.observations)
    expectedCounts = counts
  }
}

/// log p(x) by the forward recursion alone; −∞ when the sequence is impossible.
public func logEvidence(of sequence: HiddenMarkovSequence) -> ExactValue {
  let chain = sequence.potentials
  return chainPartition(chain, lastMessage: forwardMessages(chain)[chain.length - 1])
}

/// Expected numbers of events: the gradient of the log evidence with respect to log probabilities.
public struct HiddenMarkovCounts: Sendable, Equatable {
  /// How often each state comes first.
  public var initial: [Double]
  /// How often state j follows state i.
  public var transition: [[Double]]
  /// How often state k emits symbol v.
  public var emission: [[Double]]

  /// No events, in the shape of a model.
  public init(model: HiddenMarkovModel) {
    initial = model.initial.map { _ in 0 }
    transition = model.transition.map { $0.map { _ in 0 } }
    emission = model.emission.map { $0.map { _ in 0 } }
  }

  /// All counts in a row: initial, transition row by row, emission row by row.
  public var flattened: [Double] { initial + transition.joined() + emission.joined() }

  /// Adds what one sequence is expected to contain; an impossible one adds nothing.
  mutating func add(_ posterior: ChainPosterior, observations: [Int]) {
    guard let states = posterior.stateMarginals, let pairs = posterior.pairMarginals else { return }
    for (k, probability) in states[0].enumerated() { initial[k] += probability }
    for table in pairs {
      for (i, row) in table.enumerated() {
        for (j, probability) in row.enumerated() { transition[i][j] += probability }
      }
    }
    for (t, symbol) in observations.enumerated() {
      for (k, probability) in states[t].enumerated() { emission[k][symbol] += probability }
    }
  }
}
