import Exact
import GSL
import JSONText
import Models
import Probability

extension SwitchingSpec: OracleSpec {
  /// Sums over all K^T paths of the chain, filtering those together that begin alike, or each for
  /// itself.
  public func answer(_ request: OracleRequest) throws(OracleRefusal) -> OracleAnswer {
    let isDense = request.method == .bruteForce
    let paths = sequences.reduce(0) { $0 + SwitchingPosterior.pathCount(of: $1) }
    let longest = sequences.map(\.length).max() ?? 0
    try request.require(
      paths, "observations: \(system.modeCount) states over up to \(longest) steps")
    var (posteriors, done): ([SwitchingPosterior], Double) = ([], 0)
    for (index, sequence) in sequences.enumerated() {
      let place = "observations[\(index)]"
      let before = done
      let progress: PathProgress = { request.progress?(before + $0, paths) }
      let posterior =
        isDense
        ? try dense(sequence, place, request, progress)
        : SwitchingPosterior(of: sequence, progress: progress)
      guard posterior.isFinite else { throw .overflow(place) }
      guard isSettled(posterior) else { throw .imprecise(place) }
      posteriors.append(posterior)
      done += SwitchingPosterior.pathCount(of: sequence)
    }
    let work = posteriors.reduce(0) { $0 + Double($1.work) }
    return OracleAnswer(
      method: isDense ? .bruteForce : .structured,
      route: isDense
        ? "a dense normal law of all outputs for each path of the chain"
        : "all paths of the chain, one filter step for those that begin alike",
      work: [("states", paths), (isDense ? "normal laws" : "filter steps", work)],
      members: [
        ("logEvidence", .numbers(posteriors.map(\.logEvidence.value))),
        ("stateMarginals", .array(posteriors.map { .matrix($0.stateMarginals) })),
      ],
      sections: evidenceLines(posteriors.map(\.logEvidence.value))
        + sectionsOfFirst(posteriors) { $1.section(sequence: $0) })
  }

  /// Whether rounding cannot have chosen between paths.
  ///
  /// The logarithms that are compared are rounded by some 2εL, if L is their size. Where that is not
  /// small beside 1 the states must be certain, by so much that rounding does not matter.
  private func isSettled(_ posterior: SwitchingPosterior) -> Bool {
    let rounding = 2 * Double.ulpOfOne * abs(posterior.logEvidence.value)
    if rounding <= 1e-9 || system.modeCount == 1 { return true }
    let isCertain = posterior.stateMarginals.joined().allSatisfy { $0 == 0 || $0 == 1 }
    return rounding < 300 && isCertain
  }

  private func dense(
    _ sequence: SwitchingSequence, _ place: String, _ request: OracleRequest,
    _ progress: @escaping PathProgress
  ) throws(OracleRefusal) -> SwitchingPosterior {
    try requireDense(SwitchingPosterior.denseEntries(of: sequence), place, request)
    do throws(GSLError) {
      return try SwitchingPosterior.enumerated(of: sequence, progress: progress)
    } catch {
      throw refusalOfDense(error, place)
    }
  }
}

extension SwitchingPosterior {
  /// Bars for one step, a row a step for more.
  fileprivate func section(sequence: Int) -> OracleSection {
    let title = "p(s_t = k | y), sequence \(sequence)"
    let modes = stateMarginals.first?.indices ?? 0..<0
    if stateMarginals.count == 1 {
      return .bars(title: title, labels: modes.map { "k = \($0)" }, values: stateMarginals[0])
    }
    return .table(
      title: title, columns: ["step"] + modes.map { "k = \($0)" },
      rows: stateMarginals.enumerated().map { (label: "\($0)", values: $1) })
  }
}
