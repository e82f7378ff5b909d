import GSL
public import Models
import Probability

extension StateSpacePosterior: Posterior {}

extension ExactAnswers where Answer == StateSpacePosterior {
  /// Passes messages along each sequence, or conditions its dense joint normal law.
  ///
  /// Structured, it is the kernel with covariances where these keep their digits, messages in
  /// square-root form where they do not, and these with 32 digits where not even they do.
  public init(
    of sequences: [LinearDynamicalSequence], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let isDense = request.route == .bruteForce
    var posteriors: [StateSpacePosterior] = []
    var isDoubled = false
    for (index, sequence) in sequences.enumerated() {
      let place = "observations[\(index)]"
      if isDense {
        posteriors.append(try .dense(sequence, place, request))
      } else {
        let (posterior, digits) = try StateSpacePosterior.byMessages(sequence, place, request)
        posteriors.append(posterior)
        if digits == .thirtyTwo { isDoubled = true }
      }
      guard posteriors[index].isFinite else { throw .overflow(place) }
      try DrivenSequence(sequence).requireCovariances(for: posteriors[index], at: place)
    }
    self.posteriors = posteriors
    route = isDense ? .bruteForce : .structured
    way =
      isDense
      ? "the dense joint normal law of all states and outputs of a sequence"
      : "a Kalman filter forward, a smoother backward" + (isDoubled ? ", with 32 digits" : "")
    let steps = sequences.reduce(0) { $0 + Double($1.length) }
    let entries = sequences.reduce(0) { $0 + StateSpacePosterior.denseEntries(of: $1) }
    work =
      [("sequences", Double(sequences.count)), ("steps", steps)]
      + (isDense ? [("entries", entries)] : [])
  }
}

extension StateSpacePosterior {
  /// What is promised: no number is off by more than this, over max(1, |number|).
  static let promised = 1e-9

  /// How far the messages with 16 digits may be from those with 32, so that 32 are known to be enough.
  ///
  /// What rounding does is in proportion to its unit as long as it is small: where 2⁻⁵³ does this
  /// much, 2⁻¹⁰⁴ does a thousandth of a millionth of what is promised.
  static let largestDistance = 0x1p-6

  /// The messages, with as many digits as it takes.
  fileprivate static func byMessages(
    _ sequence: LinearDynamicalSequence, _ place: String, _ request: ExactRequest
  ) throws(ExactRefusal) -> (StateSpacePosterior, ExactDigits) {
    if request.digits != .thirtyTwo {
      let (plain, error) = measured(of: sequence)
      guard plain.isFinite else { throw .overflow(place) }
      if error <= promised { return (plain, .sixteen) }
      if request.digits == .sixteen { throw .lossy(place) }
    }
    let (plain, doubled) = (
      StateSpacePosterior(of: sequence), StateSpacePosterior(doubled: sequence)
    )
    guard plain.isFinite else { throw .overflow(place) }
    if doubled.distance(to: plain) <= largestDistance { return (doubled, .thirtyTwo) }
    // Twelve steps of four numbers: little enough to write the whole covariance down.
    if denseEntries(of: sequence) <= denseLimit,
      let (dense, error) = try? measuredDense(of: sequence), dense.isFinite, error <= promised
    {
      return (dense, .thirtyTwo)
    }
    throw .undecided(
      place, "its noise is too small beside the states, or its numbers too large beside the noise")
  }

  fileprivate static func dense(
    _ sequence: LinearDynamicalSequence, _ place: String, _ request: ExactRequest
  ) throws(ExactRefusal) -> StateSpacePosterior {
    try request.conditioning(StateSpacePosterior.denseEntries(of: sequence), place) {
      () throws(GSLError) in
      let (dense, error) = try StateSpacePosterior.measuredDense(of: sequence)
      guard error <= promised || !dense.isFinite else {
        throw GSLError("cholesky", .notPositiveDefinite, arguments: place)
      }
      return dense
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
