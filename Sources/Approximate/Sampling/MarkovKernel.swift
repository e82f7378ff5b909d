package import Probability

/// One step of a Markov chain, as a program of random choices.
///
/// What samples and what is analysed is the same program: run by a sampler it is the chain, run over
/// every outcome it is a row of the transition matrix.
package protocol MarkovKernel: Sendable {
  /// Where the chain can be.
  associatedtype State: Hashable & Sendable
  /// The state after a step.
  func step<Choices: DiscreteChoices>(
    from state: State, _ choices: inout Choices
  ) throws(ChoiceError) -> State
}

extension MarkovKernel {
  /// The exact transition matrix: the kernel run over every outcome from every state.
  ///
  /// The states have to be all that the chain can reach from one of them; what is not listed is lost
  /// from its row.
  package func transitions(
    among states: [State], limits: ChoiceLimits = ChoiceLimits(),
    found: (_ row: Int) -> Void = { _ in }
  ) throws -> TransitionMatrix {
    let places = Dictionary(
      zip(states, states.indices), uniquingKeysWith: { first, _ in first })
    return TransitionMatrix(
      rows: try states.enumerated().map { number, state in
        var row = [Double](repeating: 0, count: states.count)
        try forEachOutcome(limits: limits) { choices in
          try step(from: state, &choices)
        } visit: { next, probability in
          if let place = places[next] { row[place] += probability }
        }
        found(number)
        return row
      })
  }
}
