import GSL
public import Models
public import Probability

/// The posterior of the hidden units of a machine, which are independent given the visible ones.
public struct HiddenUnitLaw: HiddenStateLaw {
  private let machine: RestrictedBoltzmannMachine
  private let visible: [Bool]
  private let partition: BoltzmannPartition
  /// u, so that p(h_j = 1 | v) = σ(u_j).
  private let inputs: [Double]

  /// The posterior given a setting of the visible units.
  public init(
    of machine: RestrictedBoltzmannMachine, _ visible: [Bool], _ partition: BoltzmannPartition
  ) {
    (self.machine, self.visible, self.partition) = (machine, visible, partition)
    inputs = machine.hiddenInputs(visible)
  }

  /// log p(v).
  public var logEvidence: Double {
    BoltzmannPosterior(of: machine, visible, partition).logEvidence.value
  }

  /// Each unit is on where that is the more probable.
  public var explanation: (state: [Bool], logJoint: Double)? {
    let hidden = inputs.map { $0 > 0 }
    return (hidden, machine.logWeight(visible, hidden) - partition.logPartition.value)
  }

  /// Unit by unit.
  ///
  /// ```
  /// H = Σ_j log(1 + e^(u_j)) − u_j σ(u_j)
  /// ```
  public var entropy: Double? {
    inputs.reduce(0) {
      // Of u and −u the entropy is the same, and for u < 0 nothing cancels.
      let input = -abs($1)
      return $0 + softplus(input) - input * sigmoid(input)
    }
  }

  /// Unit by unit.
  public func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws(ChoiceError) -> [[Bool]]? {
    try draws(count, &choices) { choices throws(ChoiceError) in
      var hidden: [Bool] = []
      for input in inputs { hidden.append(try choices.flip(sigmoid(input))) }
      return hidden
    }
  }
}
