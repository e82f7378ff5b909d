import GSL
public import Models
import Probability

extension ExactAnswers where Answer == StateSpacePosterior {
  /// Passes messages along each driven sequence, or conditions its dense joint normal law, with 32 digits always.
  public init(
    ofDriven sequences: [DrivenSequence], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let isDense = request.route == .bruteForce
    var posteriors: [StateSpacePosterior] = []
    for (index, sequence) in sequences.enumerated() {
      let place = "observations[\(index)]"
      let posterior =
        isDense
        ? try request.dense(sequence, place)
        : try request.chainLaw(sequence, place).posterior
      guard posterior.isFinite else { throw .overflow(place) }
      posteriors.append(posterior)
    }
    self.posteriors = posteriors
    route = isDense ? .bruteForce : .structured
    way =
      isDense
      ? "the dense joint normal law of all states and outputs of a sequence"
      : "a Kalman filter forward, a smoother backward, step by step with 32 digits"
    let steps = sequences.reduce(0) { $0 + Double($1.length) }
    let entries = sequences.reduce(0) { $0 + $1.denseEntries }
    work =
      [("sequences", Double(sequences.count)), ("steps", steps)]
      + (isDense ? [("entries", entries)] : [])
  }
}

extension ExactRequest {
  /// The messages along a sequence with 32 digits, once it is known that these are enough: where the same messages
  /// with 16 are near.
  func chainLaw(
    _ sequence: DrivenSequence, _ place: String
  ) throws(ExactRefusal) -> (law: DoubledChainLaw, posterior: StateSpacePosterior) {
    let plain = StateSpacePosterior(of: sequence)
    guard plain.isFinite else { throw .overflow(place) }
    let law = DoubledChainLaw(sequence)
    let posterior = StateSpacePosterior(law)
    try sequence.requireCovariances(for: posterior, at: place)
    guard posterior.distance(to: plain) <= StateSpacePosterior.largestDistance else {
      throw .undecided(
        place,
        "its noise is too small beside the states, or its numbers too large beside the noise")
    }
    return (law, posterior)
  }

  /// The dense law of all states and outputs, if it is small and keeps its digits.
  func dense(
    _ sequence: DrivenSequence, _ place: String
  ) throws(ExactRefusal) -> StateSpacePosterior {
    let found = try conditioning(sequence.denseEntries, place) { () throws(GSLError) in
      let (dense, error) = try StateSpacePosterior.measuredDense(of: sequence)
      guard error <= StateSpacePosterior.promised || !dense.isFinite else {
        throw GSLError("cholesky", .notPositiveDefinite, arguments: place)
      }
      return dense
    }
    try sequence.requireCovariances(for: found, at: place)
    return found
  }
}
