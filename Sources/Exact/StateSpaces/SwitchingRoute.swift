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
    var (posteriors, done): ([SwitchingPosterior], Double) = ([], 0)
    for (index, sequence) in sequences.enumerated() {
      let place = "observations[\(index)]"
      let before = done
      let progress: PathProgress = { request.progress?(before + $0, paths) }
      let posterior =
        isDense
        ? try request.conditioning(SwitchingPosterior.denseEntries(of: sequence), place) {
          () throws(GSLError) in
          try SwitchingPosterior.enumerated(of: sequence, progress: progress)
        } : SwitchingPosterior(of: sequence, progress: progress)
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
