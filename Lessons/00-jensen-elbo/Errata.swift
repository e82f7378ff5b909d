import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// The prior form with the sign of its divergence turned, which bounds nothing.
///
/// ```
/// E_q[log p(x | z)] + KL(q‖p(z)) = ELBO(q) + 2 KL(q‖p(z))
/// ```
/// It is printed as a lower bound in a lecture, and exceeds log p(x) on a model of two states.
func elboWithTheSignTurned(of q: [Double], _ joint: FiniteJoint) -> Double {
  q.indices.reduce(kullbackLeibler(of: q, from: joint.prior)) { total, z in
    q[z] == 0 ? total : total + q[z] * joint.logLikelihood(z)
  }
}

extension Page {
  /// Two states, q = (.1, .9): the model of both errata about the sign of the divergence.
  private static func twoStates() throws -> (joint: FiniteJoint, q: [Double]) {
    (try FiniteJoint(prior: [0.7, 0.3], likelihood: [0.2, 0.9]), [0.1, 0.9])
  }

  static let gapSign = ErratumCase(
    "E-011", model: "p(z) = (.7, .3), p(x|z) = (.2, .9), q = (.1, .9)"
  ) {
    let (joint, q) = try twoStates()
    let posterior = ExactPosterior(of: joint)
    let logEvidence = posterior.logEvidence.value
    // log p(x) − E_q[log p(x|z)] ∓ KL(q‖p(z)): the printed form and the corrected one.
    let printed = logEvidence - elboWithTheSignTurned(of: q, joint)
    let corrected = logEvidence - elboByDivergence(of: q, joint).value
    let gap = zip(q, posterior.probabilities ?? []).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
    return ErratumCase.Comparison(printed: printed, corrected: corrected, independent: gap)
  }

  static let boundSign = ErratumCase(
    "E-012", model: "p(z) = (.7, .3), p(x|z) = (.2, .9), q = (.1, .9); log p(x) = −.8915981193"
  ) {
    let (joint, q) = try twoStates()
    return ErratumCase.Comparison(
      printed: elboWithTheSignTurned(of: q, joint),
      corrected: elboByDivergence(of: q, joint).value,
      independent: exactELBO(of: q, logJoints: joint.logJoints).value)
  }

  /// log E_q[p(x, z)/q(z)], printed as log p(x) when q > 0 wherever p(z|x) > 0.
  static let support = ErratumCase(
    "E-062", model: "p(x, z) = (.2, .3, .1); q = (.4, .6, 0), under the condition (.3, .3, .4)"
  ) {
    let joint = try FiniteJoint(prior: [0.4, 0.4, 0.2], likelihood: [0.5, 0.75, 0.5])
    func logMeanRatio(_ q: [Double]) -> Double {
      log(
        q.indices.filter { q[$0] > 0 }.reduce(0) { $0 + q[$1] * (exp(joint.logJoint($1)) / q[$1]) })
    }
    let logEvidence = ExactPosterior(of: joint).logEvidence.value
    // Without the condition the equality fails; what remains true is ELBO + KL = log p(x).
    let q = [0.4, 0.6, 0]
    let posterior = ExactPosterior(of: joint).probabilities ?? []
    let gap = zip(q, posterior).reduce(0) { $1.0 > 0 ? $0 + $1.0 * log($1.0 / $1.1) : $0 }
    return ErratumCase.Comparison(
      printed: logMeanRatio(q), corrected: elbo(of: q, joint).value + gap,
      independent: logEvidence,
      underCondition: (printed: logMeanRatio([0.3, 0.3, 0.4]), independent: logEvidence))
  }
}
