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
    completesADivergence, bestIsLargest, aboveOneIsLoose, bestValue, belowOneBoundsFromAbove,
    lessThanOneIsNoBound, staysNearer, oneIsTheBound, threeParts,
  ]
}

// MARK: The derivation

extension PenaltyDerivation {
  static let completesADivergence = Check(
    "completes-a-divergence",
    "E_q[log p(x|z)] − β KL(q‖p(z)) = β log Z_β − β KL(q‖q_β)",
    because: "β log q_β(z) = β log p(z) + log p(x|z) − β log Z_β", as: .step
  ) { parts, problem in
    let (joint, beta) = (problem.joint, ExactValue(problem.beta))
    let gap = exactDivergence(
      of: problem.q.map { ExactValue($0) }, from: joint.tempered(problem.beta))
    return .equal(
      parts.objective(problem.q, joint, problem.beta),
      beta * joint.temperedEvidence(problem.beta) - beta * gap,
      rounding: .of(
        size: problem.beta * joint.largestLog,
        because: "E_q[log p(x|z)] and β E_q[log q/p(z)] may cancel"))
  }

  static let bestIsLargest = Check(
    "best-is-largest", "β log Z_β − β KL(q‖q_β) ≤ β log Z_β",
    because: "a divergence is never negative, and zero at q = q_β", as: .step
  ) { parts, problem in
    let (joint, beta) = (problem.joint, ExactValue(problem.beta))
    let best = parts.best(joint, problem.beta)
    let value = parts.objective(problem.q, joint, problem.beta)
    return .atMost(
      value, parts.objective(best, joint, problem.beta),
      gap: beta
        * exactDivergence(
          of: problem.q.map { ExactValue($0) }, from: joint.tempered(problem.beta)),
      rounding: .of(
        size: problem.beta * joint.largestLog,
        because: "E_q[log p(x|z)] and β E_q[log q/p(z)] may cancel"))
  }

  static let aboveOneIsLoose = Check(
    "above-one-is-loose", "β log Z_β ≤ log p(x)",
    because: "for each q the objective falls as β grows, as KL ≥ 0; here β > 1", as: .step
  ) { parts, problem in
    let (joint, beta) = (problem.joint, problem.beta)
    let best = joint.tempered(beta)
    return .atMost(
      parts.objective(parts.best(joint, beta), joint, beta),
      ExactPosterior(of: joint).logEvidence,
      gap: exactDivergence(of: best, from: joint.tempered(1)) + ExactValue(beta - 1)
        * exactDivergence(of: best, from: joint.prior.map { ExactValue($0) }),
      rounding: .of(
        size: beta * joint.largestLog,
        because: "E_q[log p(x|z)] and β E_q[log q/p(z)] may cancel"))
  }
}

// MARK: What follows

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
    because: "the objective is −β KL(q‖q_β) + β log Z_β with q_β ∝ p(z) p(x|z)^(1/β)",
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
    "stays-nearer-the-prior", "KL(q_β‖p(z)) ≤ KL(q_1‖p(z))  for β > 1",
    because: "what weighs more is used less: β log Z_β, convex in β, has slope −KL(q_β‖p(z))",
    claims: ["A-024"]
  ) { parts, problem in
    let joint = problem.joint
    func used(_ beta: Double) -> Double {
      kullbackLeibler(of: parts.best(joint, beta), from: joint.prior)
    }
    // KL(q_β‖p) = E[log p(x|z)]/β − log Z_β under q_β, by another route than the table's divergence.
    return .atMost(
      used(problem.beta), used(1),
      gap: joint.spentOnDivergence(1) - joint.spentOnDivergence(problem.beta),
      rounding: .of(
        size: joint.largestLog, because: "the terms q log q/p(z) of a divergence have two signs"))
  }

  static let oneIsTheBound = Check(
    "one-is-the-bound", "β = 1:  E_q[log p(x|z)] − KL(q‖p(z)) = ELBO(q)",
    because: "with weight one the prior's part completes log p(x, z)", claims: ["A-024"],
    changing: { _ in [Given("β", 1)] }
  ) { parts, problem in
    .equal(
      parts.objective(problem.q, problem.joint, 1),
      exactELBO(of: problem.q, logJoints: problem.joint.logJoints))
  }

  static let belowOneBoundsFromAbove = Check(
    "below-one-bounds-from-above", "β = ½:  β log Z_β ≥ log p(x)",
    because: "the prior's mean of p(x|z)^(1/β), to the power β, grows as β falls",
    as: .consequence, changing: { _ in [Given("β", 0.5)] }
  ) { parts, problem in
    let joint = problem.joint
    let posterior = joint.tempered(1)
    // At the posterior the objective is log p(x) + ½ KL(p(z|x)‖p(z)), and ½ KL(p(z|x)‖q_½) below
    // its best value.
    let gap =
      0.5 * exactDivergence(of: posterior, from: joint.prior.map { ExactValue($0) })
      + 0.5 * exactDivergence(of: posterior, from: joint.tempered(0.5))
    return .atLeast(
      parts.objective(parts.best(joint, 0.5), joint, 0.5), ExactPosterior(of: joint).logEvidence,
      gap: gap,
      rounding: .of(
        size: joint.largestLog, because: "E_q[log p(x|z)] and ½ E_q[log q/p(z)] may cancel"))
  }

  static let lessThanOneIsNoBound = Check(
    "below-one-is-no-bound",
    "β = ½, q = p(z|x):  E_q[log p(x|z)] − β KL(q‖p(z)) ≥ log p(x)",
    because: "the objective exceeds log p(x) by ½ KL(p(z|x)‖p(z)): no lower bound",
    claims: ["A-046"], as: .consequence,
    changing: { problem in
      [
        Given("β", 0.5),
        Given("q(z)", ExactPosterior(of: problem.joint).probabilities ?? problem.q),
      ]
    }
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
