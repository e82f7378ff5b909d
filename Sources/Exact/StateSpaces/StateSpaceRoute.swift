import GSL
public import Models
import Probability

extension StateSpacePosterior: Posterior {}

extension ExactAnswers where Answer == StateSpacePosterior {
  /// How much of the log evidence rounding may be at the worst, where it is mostly a thousandth of that.
  private static var largestShare: Double { 1e-3 }

  /// Passes messages along each sequence, or conditions its dense joint normal law.
  ///
  /// Structured, it is the kernel with covariances where these keep their digits, and messages in
  /// square-root form where they do not.
  public init(
    of sequences: [LinearDynamicalSequence], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let isDense = request.route == .bruteForce
    var posteriors: [StateSpacePosterior] = []
    for (index, sequence) in sequences.enumerated() {
      let place = "observations[\(index)]"
      let posterior =
        isDense ? try .dense(sequence, place, request) : StateSpacePosterior.fast(of: sequence)
      guard posterior.isFinite else { throw .overflow(place) }
      // With 32 digits the outputs are exact.
      let logEvidence = posterior.logEvidence.value
      guard
        isDense
          || sequence.roundingOfOutputs(atLogEvidence: logEvidence)
            <= Self.largestShare * max(1, abs(logEvidence))
      else { throw .imprecise(place) }
      posteriors.append(posterior)
    }
    self.posteriors = posteriors
    route = isDense ? .bruteForce : .structured
    way =
      isDense
      ? "the dense joint normal law of all states and outputs of a sequence"
      : "a Kalman filter forward, a smoother backward"
    let steps = sequences.reduce(0) { $0 + Double($1.length) }
    let entries = sequences.reduce(0) { $0 + StateSpacePosterior.denseEntries(of: $1) }
    work =
      [("sequences", Double(sequences.count)), ("steps", steps)]
      + (isDense ? [("entries", entries)] : [])
  }
}

extension StateSpacePosterior {
  fileprivate static func dense(
    _ sequence: LinearDynamicalSequence, _ place: String, _ request: ExactRequest
  ) throws(ExactRefusal) -> StateSpacePosterior {
    try request.conditioning(StateSpacePosterior.denseEntries(of: sequence), place) {
      () throws(GSLError) in try StateSpacePosterior.dense(of: sequence)
    }
  }
}

/// The largest covariance that is written down whole: conditioning 2²⁰ entries of 32 digits takes
/// some seconds.
private let denseLimit = 0x1p20

extension ExactRequest {
  /// Conditions a joint normal law of so many entries, unless they are too many or singular.
  func conditioning<Value>(
    _ entries: Double, _ place: String, _ condition: () throws(GSLError) -> Value
  ) throws(ExactRefusal) -> Value {
    try requireDense(entries, place)
    do throws(GSLError) { return try condition() } catch { throw refusal(error, place) }
  }

  /// Refuses a covariance of too many entries.
  func requireDense(_ entries: Double, _ place: String) throws(ExactRefusal) {
    let limit = min(denseLimit, maxStates)
    guard entries <= limit else {
      throw .unfit(
        place,
        "brute force needs a covariance of \(countText(entries)) entries, the limit is "
          + countText(limit), instead: .structured, "needs none")
    }
  }

  /// What a dense covariance has no answer to.
  func refusal(_ error: GSLError, _ place: String) -> ExactRefusal {
    guard error.kind == .notPositiveDefinite else { return .overflow(place) }
    return .unfit(
      place, "the dense covariance of the outputs is singular to working precision",
      instead: .structured, "answers")
  }
}
