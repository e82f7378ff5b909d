public import Models
public import Probability

/// What an oracle says of observations under a mixture, one by one.
public struct MixtureAnswers: Sendable, Equatable {
  /// log p(x) of each observation; −∞ for an impossible one.
  public let logEvidence: [ExactValue]
  /// p(z = k | x) of each observation; nil for an impossible one.
  public let responsibilities: [[Double]?]

  /// Visits each component once an observation.
  public init<M: Mixture>(of mixture: M, _ data: [M.Datum]) {
    logEvidence = data.map { exactLogEvidence(of: mixture, [$0]) }
    responsibilities = data.map { exactResponsibilities(of: mixture, $0) }
  }
}
