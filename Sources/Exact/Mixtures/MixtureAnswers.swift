import GSL
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
    let logWeights = mixture.weights.map { log($0) }
    let answers = data.map { datum in
      let (relative, common) = mixture.logLikelihoods(datum)
      let posterior = ExactPosterior(logJoints: zip(logWeights, relative).map { $0 + $1 })
      let total = common + posterior.logEvidence.value
      let rounding = Double(mixture.componentCount + 8) * Double.ulpOfOne * max(1, abs(total))
      return (
        ExactValue(total, roundingBound: total.isFinite ? rounding : 0), posterior.probabilities
      )
    }
    logEvidence = answers.map(\.0)
    responsibilities = answers.map(\.1)
  }
}
