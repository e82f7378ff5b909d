import GSL
public import Models
import Probability

extension ExactAnswers where Answer == FactorialPosterior {
  /// Messages that move one chain after the other, or all paths of joint states.
  public init(
    of sequences: [FactorialSequence], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let isBruteForce = request.route == .bruteForce
    let joint = sequences.first?.model.joint
    let (states, chains) = (joint?.count ?? 0, joint?.sizes.count ?? 0)
    let steps = sequences.reduce(0) { $0 + $1.length }
    let paths = sequences.reduce(0) { $0 + power(states, $1.length) }
    if isBruteForce {
      try request.require(paths, "observations: paths of \(states) joint states")
    } else {
      let longest = sequences.map(\.length).max() ?? 0
      try request.requireMemory(
        for: Double(longest) * Double(states) * Double(2 * chains + 4),
        "chains: \(states) joint states, \(counted(longest, "step"))")
    }
    let tallies = try request.tallies(
      isBruteForce ? sequences.map(FactorialPosterior.sum) : [], states: paths)
    var posteriors: [FactorialPosterior] = []
    for (index, sequence) in sequences.enumerated() {
      let posterior =
        isBruteForce
        ? FactorialPosterior.enumerated(of: sequence, tallies[index])
        : FactorialPosterior(of: sequence)
      let evidence = posterior.logEvidence.value
      guard evidence.isFinite || (sequence.model.canExclude && evidence == -.infinity) else {
        throw .overflow("observations[\(index)]")
      }
      guard FactorialMessages(sequence)?.isSettled ?? true else {
        throw .imprecise("observations[\(index)]")
      }
      posteriors.append(posterior)
    }
    self.posteriors = posteriors
    route = isBruteForce ? .bruteForce : .structured
    way =
      isBruteForce
      ? "sum over all \(countText(paths)) paths of joint states, one by one"
      : "forward and backward messages over joint states, one chain after the other"
    let terms = Double(steps) * Double(states) * Double(joint?.sizes.reduce(0, +) ?? 0)
    work =
      [("sequences", Double(sequences.count)), ("steps", Double(steps))]
      + (isBruteForce ? [("states", paths)] : [("terms", terms)])
  }

  /// The sums over all paths, to be shared out.
  public static func sharedSums(
    of sequences: [FactorialSequence], _ request: ExactRequest
  ) throws(ExactRefusal) -> SharedSums {
    let paths = sequences.reduce(0) { $0 + power($1.model.joint.count, $1.length) }
    try request.require(paths, "observations")
    return SharedSums(sequences.map { FactorialPosterior.sum(of: $0).tree }, states: paths)
  }
}

extension FactorialMessages {
  /// Whether rounding cannot have chosen between paths: who has to go through a joint state that is far worse than
  /// the best one for its observation carries a large logarithm, and must be certain.
  fileprivate var isSettled: Bool {
    var (isFar, isCertain) = (false, true)
    for (t, row) in sequence.logEmissions.enumerated() {
      for (logProbability, logEmission) in zip(posterior(t), row) {
        let probability = exp(logProbability)
        if probability > 0, logEmission < -1e6 { isFar = true }
        if probability > 0, probability < 1 { isCertain = false }
      }
    }
    return !isFar || isCertain
  }
}
