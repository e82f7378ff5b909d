public import Models

/// The exact answers of a restricted Boltzmann machine, with the sum that all of them share.
public struct BoltzmannAnswers: Sendable {
  /// log Z and its slopes.
  public let partition: BoltzmannPartition
  /// One for each setting of the visible units.
  public let found: ExactAnswers<BoltzmannPosterior>

  /// Sums over the smaller side, or over all settings of both.
  public init(
    of machine: RestrictedBoltzmannMachine, _ observations: [[Bool]],
    _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let (visible, hidden) = (machine.visibleBias.count, machine.hiddenBias.count)
    for (index, setting) in observations.enumerated() {
      do { try machine.validate(setting) } catch {
        throw .misfit(ModelError("observations[\(index)]", error.reason))
      }
    }
    guard machine.size * Double.ulpOfOne < 2e-10 else { throw .imprecise("weights") }
    let isBruteForce = request.route == .bruteForce
    let states = power(2, isBruteForce ? visible + hidden : min(visible, hidden))
    let own = isBruteForce ? power(2, hidden) * Double(observations.count) : 0
    try request.require(
      states + own, "weights: \(visible) visible and \(counted(hidden, "hidden unit"))")
    let count = request.counting(upTo: states)
    let report: VisitReport = { count?(Double($0)) }
    let partition =
      isBruteForce
      ? BoltzmannPartition.enumerated(of: machine, report)
      : BoltzmannPartition(of: machine, report)
    self.partition = partition
    found = ExactAnswers(
      posteriors: observations.map {
        isBruteForce
          ? .enumerated(of: machine, $0, partition)
          : BoltzmannPosterior(of: machine, $0, partition)
      }, route: isBruteForce ? .bruteForce : .structured,
      way: isBruteForce
        ? "sum over all \(countText(states)) settings of all units, one by one"
        : "sum over all \(countText(states)) settings of the smaller side, the other factorised",
      work: [("states", states + own)])
  }
}
