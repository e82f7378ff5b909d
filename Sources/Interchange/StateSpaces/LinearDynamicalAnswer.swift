import Exact
import GSL
import JSONText
import Models
import Probability

extension LinearDynamicalSpec: OracleSpec {
  /// How much of the log evidence rounding may be at the worst, where it is mostly a thousandth of that.
  private static let largestShare = 1e-3

  /// Passes messages along each sequence, or conditions its dense joint normal law.
  public func answer(_ request: OracleRequest) throws(OracleRefusal) -> OracleAnswer {
    var posteriors: [StateSpacePosterior] = []
    for (index, sequence) in sequences.enumerated() {
      let place = "observations[\(index)]"
      let posterior =
        request.method == .bruteForce
        ? try dense(sequence, place, request) : .fast(of: sequence)
      guard posterior.isFinite else { throw .overflow(place) }
      // With 32 digits the outputs are exact.
      let logEvidence = posterior.logEvidence.value
      guard
        request.method == .bruteForce
          || sequence.roundingOfOutputs(atLogEvidence: logEvidence)
            <= LinearDynamicalSpec.largestShare * max(1, abs(logEvidence))
      else { throw .imprecise(place) }
      posteriors.append(posterior)
    }
    let steps = sequences.reduce(0) { $0 + Double($1.length) }
    return OracleAnswer(
      method: request.method ?? .structured,
      route: request.method == .bruteForce
        ? "the dense joint normal law of all states and outputs of a sequence"
        : "a Kalman filter forward, a smoother backward",
      work: [("sequences", Double(sequences.count)), ("steps", steps)]
        + (request.method == .bruteForce ? [("entries", entries)] : []),
      members: [
        ("logEvidence", .numbers(posteriors.map(\.logEvidence.value))),
        ("smoothedMeans", .array(posteriors.map { .matrix($0.meanRows) })),
        (
          "smoothedCovariances",
          .array(
            posteriors.map { posterior in
              .array((0..<posterior.length).map { .matrix(posterior.covariance(at: $0)) })
            })
        ),
      ],
      sections: evidenceLines(posteriors.map(\.logEvidence.value))
        + sectionsOfFirst(posteriors) { $1.table(sequence: $0) })
  }

  /// The entries of the joint covariances.
  private var entries: Double {
    sequences.reduce(0) { $0 + StateSpacePosterior.denseEntries(of: $1) }
  }

  private func dense(
    _ sequence: LinearDynamicalSequence, _ place: String, _ request: OracleRequest
  ) throws(OracleRefusal) -> StateSpacePosterior {
    try requireDense(StateSpacePosterior.denseEntries(of: sequence), place, request)
    do throws(GSLError) {
      return try StateSpacePosterior.dense(of: sequence)
    } catch {
      throw refusalOfDense(error, place)
    }
  }
}

/// The largest covariance that is written down whole: conditioning 2²⁰ entries of 32 digits takes
/// some seconds.
private let denseLimit = 0x1p20

/// Refuses a joint normal law that has too many entries.
func requireDense(
  _ entries: Double, _ place: String, _ request: OracleRequest
) throws(OracleRefusal) {
  let limit = min(denseLimit, request.maxStates)
  guard entries <= limit else {
    throw .unfit(
      place,
      "brute force needs a covariance of \(countText(entries)) entries, the limit is "
        + "\(countText(limit)); --method structured needs none")
  }
}

/// Why a dense normal law could not be conditioned.
func refusalOfDense(_ error: GSLError, _ place: String) -> OracleRefusal {
  guard error.kind == .notPositiveDefinite else { return .overflow(place) }
  return .unfit(
    place,
    "the dense covariance of the outputs is singular to working precision; "
      + "--method structured answers")
}

/// One line a sequence with its log evidence.
func evidenceLines(_ values: [Double]) -> [OracleSection] {
  values.enumerated().map { .line(label: "log p(y) of sequence \($0)", value: $1) }
}

/// What a person sees of the first sequences, and a word about the others.
func sectionsOfFirst<Posterior>(
  _ posteriors: [Posterior], section: (Int, Posterior) -> OracleSection
) -> [OracleSection] {
  let shown = 3
  let sections = posteriors.prefix(shown).enumerated().map { section($0, $1) }
  let rest = posteriors.count - sections.count
  if rest <= 0 { return sections }
  return sections + [.note("The posteriors of \(rest) more are in --json.")]
}

extension StateSpacePosterior {
  fileprivate var meanRows: [[Double]] { (0..<length).map(mean) }

  /// A row a step: each state's mean, and its standard deviation.
  fileprivate func table(sequence: Int) -> OracleSection {
    .table(
      title: "States of sequence \(sequence) given all of it: mean and standard deviation",
      columns: ["step"] + (0..<stateCount).flatMap { ["x\($0)", "± x\($0)"] },
      rows: (0..<length).map { step in
        let covariance = covariance(at: step)
        let values = mean(at: step).enumerated().flatMap { [$1, sqrt(covariance[$0][$0])] }
        return (label: "\(step)", values: values)
      })
  }
}
