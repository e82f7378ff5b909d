import Exact
import GSL
import LessonKit
import Models
import Probability

extension PenaltyDerivation {
  /// The penalised objective and its best q, and the ways to get them wrong.
  static let derivation = Derivation<Parts, Problem>(
    id: "penalty", title: "A weight on the divergence", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      The last sign needs β > 1. For β = ½ it turns round, and the posterior is a q that shows \
      it:
      """)

  static let answer = Parts(
    // listing: 01 penalty
    objective: { q, joint, beta in
      expectedLogLikelihood(q, joint) - beta * kullbackLeibler(of: q, from: joint.prior)
    },
    best: { joint, beta in
      normalised(joint.prior.indices.map { log(joint.prior[$0]) + joint.logLikelihood($0) / beta })
    },
    // end of listing
    divergenceByBayes: { q, joint in
      let logEvidence = ExactPosterior(of: joint).logEvidence.value
      return logEvidence - expectedLogLikelihood(q, joint)
        + kullbackLeibler(of: q, from: joint.prior)
    })

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "adds-the-divergence-to-the-reward", "E_q[log p(x|z)] + β KL(q‖p(z))", source: "E-012",
      \.objective, from: { right in { q, joint, beta in right(q, joint, -beta) } }),
    Mistake(
      "forgets-the-weight", "the ELBO whatever β is, so that no β makes it more than a bound",
      \.objective, from: { right in { q, joint, _ in right(q, joint, 1) } }),
    Mistake(
      "tempers-the-prior", "q ∝ p(z)^(1/β) p(x|z): the other factor is tempered", \.best
    ) { joint, beta in
      normalised(joint.prior.indices.map { log(joint.prior[$0]) / beta + joint.logLikelihood($0) })
    },
    Mistake(
      "returns-the-posterior-for-every-weight", "the best q of β = 1, whatever β is", \.best,
      from: { right in { joint, _ in right(joint, 1) } }),
    Mistake(
      "subtracts-the-divergence-once-more",
      "log p(x) − E_q[log p(x|z)] − KL(q‖p(z)), a divergence that can be negative",
      source: "E-011", \.divergenceByBayes,
      from: { right in
        { q, joint in right(q, joint) - 2 * kullbackLeibler(of: q, from: joint.prior) }
      }),
  ]

  /// E_q[log p(x|z)].
  private static func expectedLogLikelihood(_ q: [Double], _ joint: FiniteJoint) -> Double {
    q.indices.reduce(0) { $0 + q[$1] * joint.logLikelihood($1) }
  }

  private static func normalised(_ logs: [Double]) -> [Double] {
    let total = logSumExp(logs)
    return logs.map { exp($0 - total) }
  }
}
