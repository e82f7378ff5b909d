import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `coordinate-update`: the best factor while the others stand still.
///
/// The derivation is here; what follows from it, and its edges, are in CoordinateUpdateEdges.swift.
enum CoordinateUpdateExercise {
  /// What is written, and what it is made of.
  struct Parts: Sendable {
    /// The best factor of one latent while the others stay: ∝ exp E_{others}[log p(x, z)].
    var target: @Sendable (_ latent: Int, _ factors: [[Double]], JointTable) -> [Double]
    /// E_{others}[log p(x, z)] of each value of one latent.
    var expected: @Sendable (_ latent: Int, _ factors: [[Double]], JointTable) -> [Double]
    /// ELBO(q) of a product, E_q[log p(x, z)] + Σ_i H(q_i).
    var elbo: @Sendable (_ factors: [[Double]], JointTable) -> Double
  }

  typealias Check = LessonKit.Check<Parts, UpdateProblem>

  static let checks: [Check] = [
    addsEntropies, averagesOthersFirst, namesTheTarget, splitsTheBound, dropsTheDivergence,
    isAttained, raisesTheBound, averagesTheLog, isNormalised, ignoresItself, isExactForProducts,
    seesTheBlanketOnly,
  ]
}

// MARK: The bound as a function of one factor

extension CoordinateUpdateExercise {
  static let addsEntropies = Check(
    "entropies-add", "ELBO(q) = E_q[log p(x, z)] + Σ_i H(q_i)",
    because: "the log of a product is a sum", as: .step
  ) { parts, problem in
    .equal(
      problem.table.exactELBO(problem.factors), parts.elbo(problem.factors, problem.table),
      rounding: problem.rounding)
  }

  static let averagesOthersFirst = Check(
    "others-first",
    "E_q[log p(x, z)] + Σ_i H(q_i) = E_{q_j}[E_{i≠j}[log p(x, z)]] + Σ_i H(q_i)",
    because: "q is a product: average over the others first", as: .step
  ) { parts, problem in
    let expected = parts.expected(problem.latent, problem.factors, problem.table)
    let average = zip(problem.factor, expected).sum { ExactValue($0) * ExactValue($1) }
    return .equal(
      problem.table.exactELBO(problem.factors), average + problem.entropies(),
      rounding: problem.rounding)
  }

  static let namesTheTarget = Check(
    "target-and-normaliser",
    "E_{q_j}[E_{i≠j}[log p(x, z)]] + Σ_i H(q_i) = E_{q_j}[log q̃_j + log Z̃] + Σ_i H(q_i)",
    because: "q̃_j is exp of the inner average, divided by its sum Z̃", as: .step
  ) { parts, problem in
    let (table, factors, latent) = (problem.table, problem.factors, problem.latent)
    let target = parts.target(latent, factors, table)
    let average = zip(problem.factor, target).sum { q, best in
      ExactValue(q) * (ExactValue(best).logarithm + problem.logNormaliser)
    }
    let inner = zip(problem.factor, table.exactExpectedLogJoint(latent, factors)).sum {
      ExactValue($0) * $1
    }
    return .equal(
      inner + problem.entropies(), average + problem.entropies(), rounding: problem.rounding)
  }

  static let splitsTheBound = Check(
    "splits-the-bound",
    "E_{q_j}[log q̃_j + log Z̃] + Σ_i H(q_i) = −KL(q_j‖q̃_j) + log Z̃ + Σ_{i≠j} H(q_i)",
    because: "E_{q_j}[log q̃_j] and H(q_j) make one divergence",
    claims: ["A-111"], as: .step
  ) { parts, problem in
    let target = parts.target(problem.latent, problem.factors, problem.table)
    let divergence = exactDivergence(of: problem.factor, from: target.map { ExactValue($0) })
    return .equal(
      problem.table.exactELBO(problem.factors),
      problem.logNormaliser + problem.entropies(without: problem.latent) - divergence,
      rounding: problem.rounding)
  }

  static let dropsTheDivergence = Check(
    "divergence-costs",
    "−KL(q_j‖q̃_j) + log Z̃ + Σ_{i≠j} H(q_i) ≤ log Z̃ + Σ_{i≠j} H(q_i)",
    because: "a divergence is at least zero", as: .step
  ) { parts, problem in
    let target = parts.target(problem.latent, problem.factors, problem.table)
    let rest = problem.logNormaliser + problem.entropies(without: problem.latent)
    return .atMost(
      rest - exactDivergence(of: problem.factor, from: target.map { ExactValue($0) }), rest,
      gap: exactDivergence(of: problem.factor, from: problem.best), rounding: problem.rounding)
  }

  static let isAttained = Check(
    "target-attains-it", "log Z̃ + Σ_{i≠j} H(q_i) = ELBO(q̃_j, rest)",
    because: "at q_j = q̃_j that divergence is zero", as: .step
  ) { parts, problem in
    let target = parts.target(problem.latent, problem.factors, problem.table)
    return .equal(
      problem.logNormaliser + problem.entropies(without: problem.latent),
      problem.table.exactELBO(problem.replacing(target)), rounding: problem.rounding)
  }
}
