import GSL
public import Models
import Probability

extension SwitchingPosterior: Posterior {}

extension ExactAnswers where Answer == SwitchingPosterior {
  /// Sums over all K^T paths of the chain, filtering those together that begin alike, or each for
  /// itself.
  public init(
    of sequences: [SwitchingSequence], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let isDense = request.route == .bruteForce
    let paths = sequences.reduce(0) { $0 + SwitchingPosterior.pathCount(of: $1) }
    let longest = sequences.map(\.length).max() ?? 0
    let modes = sequences.first?.system.modeCount ?? 0
    try request.require(paths, "observations: \(modes) states over up to \(longest) steps")
    let dense = isDense ? try request.denseTotals(sequences, paths) : []
    var (posteriors, done): ([SwitchingPosterior], Double) = ([], 0)
    for (index, sequence) in sequences.enumerated() {
      let place = "observations[\(index)]"
      let before = done
      let progress: PathProgress = { request.progress?(before + $0, paths) }
      let posterior =
        isDense
        ? SwitchingPosterior(dense[index], of: sequence)
        : SwitchingPosterior(of: sequence, progress: progress)
      guard posterior.isFinite else { throw .overflow(place) }
      guard posterior.isSettled(among: modes) else { throw .imprecise(place) }
      posteriors.append(posterior)
      done += SwitchingPosterior.pathCount(of: sequence)
    }
    self.posteriors = posteriors
    route = isDense ? .bruteForce : .structured
    way =
      isDense
      ? "a dense normal law of all outputs for each path of the chain"
      : "all paths of the chain, one filter step for those that begin alike"
    let work = posteriors.reduce(0) { $0 + Double($1.work) }
    self.work = [("states", paths), (isDense ? "normal laws" : "filter steps", work)]
  }
}

extension ExactAnswers where Answer == SwitchingPosterior {
  /// The sums over all paths with a dense normal law each, to be shared out.
  public static func sharedSums(
    of sequences: [SwitchingSequence], _ request: ExactRequest
  ) throws(ExactRefusal) -> SharedSums {
    let paths = sequences.reduce(0) { $0 + SwitchingPosterior.pathCount(of: $1) }
    try request.require(paths, "observations: \(sequences.map(\.length).max() ?? 0) steps")
    for (index, sequence) in sequences.enumerated() {
      try request.requireDense(
        SwitchingPosterior.denseEntries(of: sequence), "observations[\(index)]")
    }
    return SharedSums(sequences.map { SwitchingPosterior.tree(of: $0) }, states: paths)
  }
}

extension ExactRequest {
  /// The dense sum of each sequence.
  fileprivate func denseTotals(
    _ sequences: [SwitchingSequence], _ paths: Double
  ) throws(ExactRefusal) -> [DenseTotals] {
    var all: [DenseTotals] = []
    for (index, sequence) in sequences.enumerated() {
      let place = "observations[\(index)]"
      try requireDense(SwitchingPosterior.denseEntries(of: sequence), place)
      do {
        let tree = SwitchingPosterior.tree(of: sequence)
        all.append(try total(tree, index, of: sequences.count, states: paths))
      } catch let error as GSLError {
        throw refusal(error, place)
      } catch {
        throw error as? ExactRefusal ?? .foreign(.unfit)
      }
    }
    return all
  }
}

extension SwitchingPosterior {
  /// Whether rounding cannot have chosen between paths.
  ///
  /// The logarithms that are compared are rounded by some 2εL, if L is their size. Where that is not
  /// small beside 1 the states must be certain, by so much that rounding does not matter.
  fileprivate func isSettled(among modes: Int) -> Bool {
    let rounding = 2 * Double.ulpOfOne * abs(logEvidence.value)
    if rounding <= 1e-9 || modes == 1 { return true }
    let isCertain = stateMarginals.joined().allSatisfy { $0 == 0 || $0 == 1 }
    return rounding < 300 && isCertain
  }
}
