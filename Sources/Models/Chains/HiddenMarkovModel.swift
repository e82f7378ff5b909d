import GSL
public import Probability

/// A hidden Markov model with categorical emissions.
///
/// ```
/// z_1 ~ initial,   z_t | z_{t−1} ~ transition[z_{t−1}],   x_t | z_t ~ emission[z_t]
/// ```
/// The first state emits the first observation: a sequence has as many states as observations.
public struct HiddenMarkovModel: Sendable, Equatable {
  /// P(z_1 = k).
  public let initial: [Double]
  /// transition[i][j] = P(z_t = j | z_{t−1} = i).
  public let transition: [[Double]]
  /// emission[k][v] = P(x_t = v | z_t = k).
  public let emission: [[Double]]

  /// A model with K states and V symbols.
  public init(initial: [Double], transition: [[Double]], emission: [[Double]]) throws(ModelError) {
    try Validate.distribution("initial", initial)
    try Validate.conditional(
      "transition", transition, rows: initial.count, columns: initial.count)
    try Validate.count("emission", emission.count, expected: initial.count)
    try Validate.notEmpty("emission[0]", emission[0].count)
    try Validate.conditional(
      "emission", emission, rows: initial.count, columns: emission[0].count)
    self.init(checkedInitial: initial, transition: transition, emission: emission)
  }

  init(checkedInitial: [Double], transition: [[Double]], emission: [[Double]]) {
    initial = checkedInitial
    self.transition = transition
    self.emission = emission
  }

  /// K, the number of states.
  public var stateCount: Int { initial.count }
  /// V, the number of symbols.
  public var symbolCount: Int { emission[0].count }

  /// log p(z, x), factor by factor.
  public func logJoint(states: [Int], observations: [Int]) -> Double {
    var total = log(initial[states[0]])
    for (place, state) in states.enumerated() {
      if place > 0 { total += log(transition[states[place - 1]][state]) }
      total += log(emission[state][observations[place]])
    }
    return total
  }

  /// Draws states and observations, in the order in which the model makes them.
  public func sample<Choices: DiscreteChoices>(
    length: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> (states: [Int], observations: [Int]) {
    var states: [Int] = []
    var observations: [Int] = []
    for place in 0..<length {
      let law = place == 0 ? initial : transition[states[place - 1]]
      let state = try choices.choose(law)
      states.append(state)
      observations.append(try choices.choose(emission[state]))
    }
    return (states, observations)
  }

  /// The sequence as the observation of a model of its own.
  public func observing(_ observations: [Int]) throws(ModelError) -> HiddenMarkovSequence {
    try Validate.notEmpty("observations", observations.count)
    let symbols = 0..<symbolCount
    // A place is put into words only where one is needed: that takes longer than the forward recursion.
    for (place, symbol) in observations.enumerated() where !symbols.contains(symbol) {
      try Validate.index("observations[\(place)]", symbol, below: symbolCount)
    }
    return HiddenMarkovSequence(model: self, checkedObservations: observations)
  }

  /// A random model; every probability is positive.
  public static func random<Choices: DiscreteChoices>(
    states: Int, symbols: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> HiddenMarkovModel {
    let initial = try choices.simplex(states)
    var transition: [[Double]] = []
    var emission: [[Double]] = []
    for _ in 0..<states {
      transition.append(try choices.simplex(states))
      emission.append(try choices.simplex(symbols))
    }
    return HiddenMarkovModel(
      checkedInitial: initial, transition: transition, emission: emission)
  }
}
