public import Probability

/// The posterior of what is hidden behind one observation, as questions are asked of it.
///
/// Structured laws answer by sums and maxima over parts of a state; ``VisitedStates`` is the twin of all of them.
public protocol HiddenStateLaw<State> {
  /// All that is hidden: an assignment, a path, a partition.
  associatedtype State
  /// log p(x); −∞ when the observation is impossible.
  var logEvidence: Double { get throws }
  /// The most probable state with log p(ẑ, x); nil when the observation is impossible.
  var explanation: (state: State, logJoint: Double)? { get throws }
  /// The entropy of the posterior in nats; nil when the observation is impossible.
  var entropy: Double? { get throws }
  /// States drawn from the posterior, independent of each other; nil when the observation is impossible.
  func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws -> [State]?
}

extension VisitedStates: HiddenStateLaw {}

/// What comes of making the same draw so many times.
func draws<State, Choices: DiscreteChoices>(
  _ count: Int, _ choices: inout Choices, _ draw: (inout Choices) throws(ChoiceError) -> State
) throws(ChoiceError) -> [State] {
  var drawn: [State] = []
  for _ in 0..<count { drawn.append(try draw(&choices)) }
  return drawn
}
