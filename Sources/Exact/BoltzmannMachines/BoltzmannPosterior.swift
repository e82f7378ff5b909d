import GSL
public import Models
public import Probability

/// What a setting of the visible units tells of the hidden ones, which are independent given it.
///
/// ```
/// log p(v) = Σ_i a_i v_i + Σ_j log(1 + exp(b_j + Σ_i v_i W_ij)) − log Z
/// p(h_j = 1 | v) = 1 / (1 + exp(−b_j − Σ_i v_i W_ij))
/// ```
public struct BoltzmannPosterior: Posterior {
  /// log p(v).
  public let logEvidence: ExactValue
  /// p(h_j = 1 | v).
  public let hiddenMarginals: [Double]

  /// The hidden units one by one.
  public init(
    of machine: RestrictedBoltzmannMachine, _ visible: [Bool], _ partition: BoltzmannPartition
  ) {
    let inputs = machine.hiddenInputs(visible)
    let nothing = machine.hiddenBias.map { _ in false }
    self.init(
      inputs.reduce(machine.logWeight(visible, nothing)) { $0 + softplus($1) }, partition, machine,
      inputs.map(sigmoid))
  }

  /// The same by adding up all settings of the hidden units.
  public static func enumerated(
    of machine: RestrictedBoltzmannMachine, _ visible: [Bool], _ partition: BoltzmannPartition
  ) -> BoltzmannPosterior {
    var tally = LogTally<Double>(parts: machine.hiddenBias.count)
    for hidden in settings(machine.hiddenBias.count) {
      tally.add(
        machine.logWeight(visible, hidden), containing: hidden.indices.filter { hidden[$0] })
    }
    return BoltzmannPosterior(tally.logTotal, partition, machine, tally.shares ?? [])
  }

  private init(
    _ logWeight: Double, _ partition: BoltzmannPartition, _ machine: RestrictedBoltzmannMachine,
    _ hiddenMarginals: [Double]
  ) {
    let value = logWeight - partition.logPartition.value
    let own = 4 * machine.size + Double(4 * machine.hiddenBias.count + 4) + abs(logWeight)
    logEvidence = ExactValue(
      value,
      roundingBound: partition.logPartition.roundingBound + Double.ulpOfOne * (own + abs(value)))
    self.hiddenMarginals = hiddenMarginals
  }
}

extension VisitedStates<[Bool]> {
  /// The settings of the hidden units, with log p(v, h).
  public init(
    of machine: RestrictedBoltzmannMachine, _ visible: [Bool], _ partition: BoltzmannPartition
  ) {
    self.init { each in
      for hidden in settings(machine.hiddenBias.count) {
        try each(hidden, machine.logWeight(visible, hidden) - partition.logPartition.value)
      }
    }
  }
}
