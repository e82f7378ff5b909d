import GSL
public import Probability

/// A hidden Markov model with one sequence observed.
public struct HiddenMarkovSequence: Sendable, Equatable {
  /// The model.
  public let model: HiddenMarkovModel
  /// The symbols, each a number below V.
  public let observations: [Int]

  init(model: HiddenMarkovModel, checkedObservations: [Int]) {
    self.model = model
    observations = checkedObservations
  }

  /// T, the number of steps.
  public var length: Int { observations.count }

  /// log p(z, x) of one path.
  public func logJoint(_ states: [Int]) -> Double {
    model.logJoint(states: states, observations: observations)
  }

  /// The same as a chain: its partition function is the evidence.
  public var potentials: ChainPotentials { chain.potentials }

  /// Three states, two symbols, the sequence (0, 1, 1, 0), nothing symmetric.
  public static let threeStates = HiddenMarkovSequence(
    model: HiddenMarkovModel(
      checkedInitial: [0.5, 0.2, 0.3],
      transition: [[0.6, 0.3, 0.1], [0.2, 0.5, 0.3], [0.1, 0.4, 0.5]],
      emission: [[0.7, 0.3], [0.4, 0.6], [0.1, 0.9]]),
    checkedObservations: [0, 1, 1, 0])

  /// A random model and sequence: two or three states and symbols, one to five steps.
  public static func random<Choices: DiscreteChoices>(
    steps: ClosedRange<Int> = 1...5, _ choices: inout Choices
  ) throws(ChoiceError) -> HiddenMarkovSequence {
    let states = try choices.integer(2...3)
    let symbols = try choices.integer(2...3)
    let model = try HiddenMarkovModel.random(states: states, symbols: symbols, &choices)
    var observations: [Int] = []
    for _ in 0..<(try choices.integer(steps)) {
      observations.append(try choices.choose(below: symbols))
    }
    return HiddenMarkovSequence(model: model, checkedObservations: observations)
  }
}
