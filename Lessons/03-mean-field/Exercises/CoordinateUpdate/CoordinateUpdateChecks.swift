import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `coordinate-update`: the best factor while the others stand still.
enum CoordinateUpdateExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The best factor of one latent while the others stay: ∝ exp E_{others}[log p(x, h)].
    var target: @Sendable (_ latent: Int, _ factors: [[Double]], JointTable) -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, UpdateProblem>

  static let checks: [Check] = [
    seesTheBlanketOnly, isExactForProducts, isNormalised, averagesTheLog, splitsTheBound,
    raisesTheBound, ignoresItself,
  ]
}

// MARK: What it looks at

extension CoordinateUpdateExercise {
  static let seesTheBlanketOnly = Check(
    "blanket-only", "h₁ → h₂ → h₃ → h₄:  q̃_1 at q_4 = q̃_1 at another q_4",
    because: "log p is a sum of local terms; those without h_j only shift the constant",
    claims: ["A-118"]
  ) { parts, problem in
    let near = [[0.3, 0.7], [0.6, 0.4], [0.2, 0.8], [0.9, 0.1]]
    let far = near.prefix(3) + [[0.25, 0.75]]
    return .equal(
      parts.target(0, Array(far), problem.chain), parts.target(0, near, problem.chain))
  }

  static let isExactForProducts = Check(
    "exact-for-products", "p(h) = Π p_i(h_i):  q̃_j = p_j",
    because: "nothing couples the latents, so one update per factor is all there is to do",
    claims: ["A-110"]
  ) { parts, problem in
    // Any product will do; this one is uniform nowhere.
    let product = problem.factors.map { factor in
      let tilted = factor.enumerated().map { $0.element * Double($0.offset + 1) }
      return tilted.map { $0 / tilted.reduce(0, +) }
    }
    let logValues = (0..<problem.table.stateCount).map { state -> Double in
      let values = problem.table.values(of: state)
      return values.indices.reduce(0) { $0 + log(product[$1][values[$1]]) }
    }
    let table = try JointTable(sizes: product.map(\.count), logValues: logValues)
    let uniform = product.map { [Double](repeating: 1 / Double($0.count), count: $0.count) }
    return .equal(parts.target(problem.latent, uniform, table), product[problem.latent])
  }

  static let ignoresItself = Check(
    "ignores-itself", "q̃_j from (q_j, rest) = q̃_j from (anything, rest)",
    because: "the average runs over the other factors only", claims: ["A-114"]
  ) { parts, problem in
    let weights = problem.factor.indices.map { Double(($0 + 1) * ($0 + 1)) }
    let other = weights.map { $0 / weights.reduce(0, +) }
    return .equal(
      parts.target(problem.latent, problem.replacing(other), problem.table),
      parts.target(problem.latent, problem.factors, problem.table))
  }
}

// MARK: What it is

extension CoordinateUpdateExercise {
  static let isNormalised = Check(
    "normalised", "Σ q̃_j(h_j) = 1", because: "it is a distribution, and one factor of q(h)",
    claims: ["A-110"]
  ) { parts, problem in
    .equal(parts.target(problem.latent, problem.factors, problem.table).reduce(0, +), 1.0)
  }

  static let averagesTheLog = Check(
    "averages-the-log", "log q̃_j(h_j) = E_{i≠j}[log p(x, h)] + constant",
    because: "setting the slope of the bound along q_j to zero", claims: ["A-112"]
  ) { parts, problem in
    let logs = parts.target(problem.latent, problem.factors, problem.table).map { log($0) }
    let expected = problem.table.exactExpectedLogJoint(problem.latent, problem.factors)
    return .equal(
      logs.dropFirst().map { $0 - logs[0] }, expected.dropFirst().map { $0 - expected[0] })
  }

  static let splitsTheBound = Check(
    "splits-the-bound", "−KL(q_j‖q̃_j) + log Z̃ + Σ_{i≠j} H(q_i) = ELBO(q)",
    because: "E_q[log p] is E_{q_j} of log q̃_j + log Z̃; the other entropies stand by",
    claims: ["A-111"]
  ) { parts, problem in
    let target = parts.target(problem.latent, problem.factors, problem.table)
    let divergence = exactDivergence(of: problem.factor, from: target.map { ExactValue($0) })
    let expected = problem.table.exactExpectedLogJoint(problem.latent, problem.factors)
    let logNormaliser = expected.sum { $0.exponential }.logarithm
    let entropies = problem.factors.indices.filter { $0 != problem.latent }.sum { other in
      problem.factors[other].sum { -(ExactValue($0) * ExactValue($0).logarithm) }
    }
    return .equal(
      logNormaliser + entropies - divergence, problem.table.exactELBO(problem.factors))
  }

  static let raisesTheBound = Check(
    "raises-the-bound", "ELBO(q̃_j, rest) ≥ ELBO(q_j, rest)",
    because: "−KL is largest, not smallest, at q_j = q̃_j; the rise is KL(q_j‖q̃_j)",
    claims: ["A-113"]
  ) { parts, problem in
    let target = parts.target(problem.latent, problem.factors, problem.table)
    let best = problem.table.exactTarget(problem.latent, problem.factors)
    return .atLeast(
      problem.table.exactELBO(problem.replacing(target)), problem.table.exactELBO(problem.factors),
      gap: exactDivergence(of: problem.factor, from: best))
  }
}
