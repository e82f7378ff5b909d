import GSL
public import Models
public import Probability

/// The means of the states of a switching system given all outputs: those of a smoother for each path of the
/// chain, averaged over the paths.
///
/// ```
/// E[x_t | y] = Σ_s p(s | y) E[x_t | s, y]
/// ```
/// s_0 selects nothing, so that K^{T−1} smoothers do.
public struct SwitchingMeans: Sendable {
  /// E[x_t | y], step by step.
  public let means: [[Double]]
  /// log p(y), on the way.
  public let logEvidence: ExactValue

  /// Runs over the paths; one of probability zero is left out.
  public init(of sequence: SwitchingSequence, progress: PathProgress? = nil) {
    let (system, length) = (sequence.system, sequence.length)
    let (start, n) = (system.systems[0], system.systems[0].stateCount)
    let potentials = start.potentials(sequence.observations, seen: sequence.seen)
    let steps = system.systems.map(StateStep.init(of:))
    // p(s_1), as s_0 is summed over.
    let second = system.transition.indices.map { k in
      zip(system.initialState, system.transition).reduce(0) { $0 + $1.0 * $1.1[k] }
    }
    var sums = RunningMeans(count: length * n)
    var done = 0.0
    forEachPath(states: system.modeCount, length: max(0, length - 1)) { path in
      done += Double(system.modeCount)
      let turns = zip(path, path.dropFirst()).map { system.transition[$0][$1] }
      let prior = path.prefix(1).map { second[$0] } + turns
      guard prior.allSatisfy({ $0 > 0 }) else { return }
      let law = GaussianChainLaw(
        GaussianChain(
          initial: StateBelief(initialOf: start), steps: path.map { steps[$0] },
          potentials: potentials))
      sums.add(
        (0..<length).flatMap { law.state(at: $0).mean },
        logWeight: CompensatedSum(prior.map { log($0) } + law.logPredictions).value)
      progress?(done)
    }
    let flat = sums.means
    means = (0..<length).map { Array(flat[$0 * n..<($0 + 1) * n]) }
    let roundings = 8 * Double(length * (length + 8)) * Double.ulpOfOne
    let total = sums.logTotal
    logEvidence = ExactValue(total, roundingBound: roundings * max(1, abs(total)))
  }
}

/// Means of several numbers whose weights are known as logarithms, relative to the largest so far.
private struct RunningMeans {
  private var (largest, whole) = (-Double.infinity, CompensatedSum())
  private var sums: [CompensatedSum]

  init(count: Int) { sums = Array(repeating: CompensatedSum(), count: count) }

  mutating func add(_ numbers: [Double], logWeight: Double) {
    if logWeight > largest {
      let shrink = exp(largest - logWeight)
      whole = CompensatedSum([shrink * whole.value])
      for i in sums.indices { sums[i] = CompensatedSum([shrink * sums[i].value]) }
      largest = logWeight
    }
    let weight = exp(logWeight - largest)
    whole.add(weight)
    for (i, number) in numbers.enumerated() { sums[i].add(weight * number) }
  }

  var logTotal: Double { largest + log(whole.value) }
  var means: [Double] { sums.map { $0.value / whole.value } }
}
