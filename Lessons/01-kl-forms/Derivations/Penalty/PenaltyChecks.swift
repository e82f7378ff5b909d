import Exact
import LessonKit
import Models
import Probability
import Verification

/// Derivation `penalty`: the divergence as a regulariser, and as the gap of the bound.
enum PenaltyDerivation {
  /// The penalised objective, its best q, and the parts of a divergence from the posterior.
  struct Parts: Sendable {
    /// E_q[log p(x|z)] − β KL(q‖p(z)).
    var objective: @Sendable (_ q: [Double], _ joint: FiniteJoint, _ beta: Double) -> Double
    /// Its maximiser, q ∝ p(z) p(x|z)^(1/β).
    var best: @Sendable (_ joint: FiniteJoint, _ beta: Double) -> [Double]
    /// KL(q‖p(z|x)) as log p(x) − E_q[log p(x|z)] + KL(q‖p(z)).
    var divergenceByBayes: @Sendable (_ q: [Double], _ joint: FiniteJoint) -> Double
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    threeParts, bestValue, staysNearer, oneIsTheBound, lessThanOneIsNoBound,
  ]
}

extension PenaltyDerivation {
  static let threeParts = Check(
    "three-parts", "KL(q‖p(z|x)) = log p(x) − E_q[log p(x|z)] + KL(q‖p(z))",
    because: "Bayes' rule inside the logarithm: p(z|x) = p(x|z) p(z) / p(x)", claims: ["A-076"]
  ) { parts, problem in
    .equal(
      parts.divergenceByBayes(problem.q, problem.joint),
      exactDivergence(of: problem.q.map { ExactValue($0) }, from: problem.joint.tempered(1)),
      rounding: .of(
        size: problem.joint.largestLog,
        because: "log p(x) is added and E_q[log p(x|z)] taken away, neither of which is left"))
  }

  static let bestValue = Check(
    "best-value", "max_q E_q[log p(x|z)] − β KL(q‖p(z)) = β log Σ_z p(z) p(x|z)^(1/β)",
    because: "the objective is −β KL(q‖q*) + β log Z with q* ∝ p(z) p(x|z)^(1/β)",
    claims: ["A-024"]
  ) { parts, problem in
    let best = parts.best(problem.joint, problem.beta)
    return .equal(
      parts.objective(best, problem.joint, problem.beta),
      ExactValue(problem.beta) * problem.joint.temperedEvidence(problem.beta),
      rounding: .of(
        size: problem.beta * problem.joint.largestLog,
        because: "E_q[log p(x|z)] and β E_q[log q/p(z)], each such a sum, may cancel"))
  }

  static let staysNearer = Check(
    "stays-nearer-the-prior", "KL(q*_β‖p(z)) ≤ KL(q*_1‖p(z))  for β > 1",
    because: "a dearer divergence is bought less: T(β) = β log Z_β has slope −KL(q*_β‖p)",
    claims: ["A-024"]
  ) { parts, problem in
    let joint = problem.joint
    func used(_ beta: Double) -> Double {
      kullbackLeibler(of: parts.best(joint, beta), from: joint.prior)
    }
    // KL(q*_β‖p) = E_q*[log p(x|z)]/β − log Z_β, by another route than the table's divergence.
    return .atMost(
      used(problem.beta), used(1),
      gap: joint.spentOnDivergence(1) - joint.spentOnDivergence(problem.beta),
      rounding: .of(
        size: joint.largestLog, because: "the terms q log q/p(z) of a divergence have two signs"))
  }

  static let oneIsTheBound = Check(
    "one-is-the-bound", "β = 1:  E_q[log p(x|z)] − KL(q‖p(z)) = ELBO(q)",
    because: "with weight one the prior's part completes log p(x, z)", claims: ["A-024"]
  ) { parts, problem in
    .equal(
      parts.objective(problem.q, problem.joint, 1),
      exactELBO(of: problem.q, logJoints: problem.joint.logJoints))
  }

  static let lessThanOneIsNoBound = Check(
    "below-one-is-no-bound", "β = ½ at the posterior:  objective ≥ log p(x)",
    because: "it exceeds the tight bound by ½ KL(p(z|x)‖p(z)): a β-VAE with β < 1 has no bound",
    claims: ["A-046"]
  ) { parts, problem in
    let posterior = ExactPosterior(of: problem.joint)
    return .atLeast(
      parts.objective(posterior.probabilities ?? problem.q, problem.joint, 0.5),
      posterior.logEvidence,
      gap: 0.5
        * exactDivergence(
          of: problem.joint.tempered(1), from: problem.joint.prior.map { ExactValue($0) }),
      rounding: .of(
        size: problem.joint.largestLog,
        because: "E_q[log p(x|z)] and E_q[log q/p(z)], each such a sum, may cancel"))
  }
}
