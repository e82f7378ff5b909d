import GSL
import LessonKit
import Models
import Probability

extension PenaltyDerivation {
  /// A table, some q over it, and a weight β for the divergence.
  struct Problem: Sendable {
    /// p(z) and p(x|z).
    let joint: FiniteJoint
    /// q(z), positive.
    let q: [Double]
    /// β, above one.
    let beta: Double

    /// Three states, β = 2.
    static let example = Problem(joint: .threeStates, q: [0.25, 0.35, 0.4], beta: 2)

    /// Three or four states, β between 1.2 and 3.
    static func random(_ cases: inout Cases) throws -> Problem {
      let states = try cases.integer(3...4)
      return Problem(
        joint: try .random(states: states, &cases), q: try cases.simplex(states),
        beta: try cases.real(from: 1.2, to: 3))
    }
  }
}

extension PenaltyDerivation.Problem: Shown {
  /// The model, q and β.
  var givens: [Given] {
    [
      Given("p(z)", joint.prior), Given("p(x|z)", joint.likelihood), Given("q(z)", q),
      Given("β", beta),
    ]
  }
}

// MARK: Exact numbers

extension FiniteJoint {
  /// log p(x|z), state by state.
  var exactLogLikelihoods: [ExactValue] { likelihood.map { ExactValue($0).logarithm } }

  /// log Z_β = log Σ_z p(z) p(x|z)^(1/β); with β = 1 it is log p(x).
  func temperedEvidence(_ beta: Double) -> ExactValue {
    zip(prior, exactLogLikelihoods).sum { prior, logLikelihood in
      ExactValue(prior) * (logLikelihood / ExactValue(beta)).exponential
    }.logarithm
  }

  /// q_β ∝ p(z) p(x|z)^(1/β); with β = 1 it is p(z|x).
  func tempered(_ beta: Double) -> [ExactValue] {
    let normaliser = temperedEvidence(beta)
    return zip(prior, exactLogLikelihoods).map { prior, logLikelihood in
      ExactValue(prior) * (logLikelihood / ExactValue(beta) - normaliser).exponential
    }
  }

  /// KL(q_β‖p(z)) = E[log p(x|z)]/β − log Z_β.
  func spentOnDivergence(_ beta: Double) -> ExactValue {
    let fit = zip(tempered(beta), exactLogLikelihoods).sum { q, logLikelihood in
      q * logLikelihood
    }
    return fit / ExactValue(beta) - temperedEvidence(beta)
  }

  /// The largest |log p(x|z)| and |log p(z)|: the size of what the objective is summed from.
  var largestLog: Double {
    (prior + likelihood).filter { $0 > 0 }.map { -log($0) }.max() ?? 0
  }
}
