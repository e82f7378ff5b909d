import GSL
package import Models
package import Probability

/// How a particle moves through the states of a hidden Markov model.
package struct HiddenMarkovMove: Sendable {
  /// Where the next state is drawn from.
  package enum Proposal: Sendable, Equatable {
    /// p(z_t | z_(t−1)): the weight is p(x_t | z_t).
    case bootstrap
    /// p(z_t | z_(t−1), x_t): the weight is p(x_t | z_(t−1)), whatever the new state.
    case optimal
    /// A table a step, of which row i belongs to state i and the only row of step 0 to the start.
    case given([[[Double]]])
  }

  /// The model and what is seen.
  package let sequence: HiddenMarkovSequence
  /// The proposal.
  package let proposal: Proposal

  /// Moves through the states of a model that explains a sequence.
  package init(_ sequence: HiddenMarkovSequence, _ proposal: Proposal) {
    self.sequence = sequence
    self.proposal = proposal
  }

  /// p(z_t | z_(t−1)).
  package func prior(_ step: Int, from state: Int?) -> [Double] {
    state.map { sequence.model.transition[$0] } ?? sequence.model.initial
  }

  /// p(z_t, x_t | z_(t−1)).
  package func joint(_ step: Int, from state: Int?) -> [Double] {
    let symbol = sequence.observations[step]
    return zip(prior(step, from: state), sequence.model.emission).map { $0 * $1[symbol] }
  }

  /// A new state with its weight.
  package func callAsFunction<Choices: DiscreteChoices>(
    _ step: Int, _ state: Int?, _ choices: inout Choices
  ) throws(ChoiceError) -> Particle<Int> {
    switch proposal {
    case .bootstrap:
      let next = try choices.choose(prior(step, from: state))
      let seen = sequence.model.emission[next][sequence.observations[step]]
      return Particle(next, logWeight: log(seen))
    case .optimal:
      let joint = joint(step, from: state)
      let seen = joint.reduce(0, +)
      // What cannot be seen from here weighs nothing, wherever it goes.
      guard seen > 0 else { return Particle(0, logWeight: -.infinity) }
      return Particle(try choices.choose(joint.map { $0 / seen }), logWeight: log(seen))
    case .given(let tables):
      let row = tables[step][state ?? 0]
      let next = try choices.choose(row)
      return Particle(next, logWeight: log(joint(step, from: state)[next]) - log(row[next]))
    }
  }
}
