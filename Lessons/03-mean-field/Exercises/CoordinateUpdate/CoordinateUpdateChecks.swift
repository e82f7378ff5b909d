import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `coordinate-update`: the best factor while the others stand still.
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

// MARK: What follows, and the edges

extension CoordinateUpdateExercise {
  static let raisesTheBound = Check(
    "raises-the-bound", "ELBO(q̃_j, rest) ≥ ELBO(q_j, rest)",
    because: "−KL is largest, not smallest, at q_j = q̃_j; the rise is KL(q_j‖q̃_j)",
    claims: [.against("A-113")], as: .consequence
  ) { parts, problem in
    let target = parts.target(problem.latent, problem.factors, problem.table)
    return .atLeast(
      problem.table.exactELBO(problem.replacing(target)), problem.table.exactELBO(problem.factors),
      gap: exactDivergence(of: problem.factor, from: problem.best))
  }

  static let averagesTheLog = Check(
    "averages-the-log", "log q̃_j(z_j) = E_{i≠j}[log p(x, z)] + constant",
    because: "setting the slope of the bound along q_j to zero", claims: ["A-112"]
  ) { parts, problem in
    let logs = parts.target(problem.latent, problem.factors, problem.table).map { log($0) }
    let expected = problem.table.exactExpectedLogJoint(problem.latent, problem.factors)
    return .equal(
      logs.dropFirst().map { $0 - logs[0] }, expected.dropFirst().map { $0 - expected[0] })
  }

  static let isNormalised = Check(
    "normalised", "Σ q̃_j(z_j) = 1", because: "it is a distribution, and one factor of q(z)",
    claims: ["A-110"]
  ) { parts, problem in
    .equal(parts.target(problem.latent, problem.factors, problem.table).reduce(0, +), 1.0)
  }

  static let ignoresItself = Check(
    "ignores-itself", "q̃_j from (q_j, rest) = q̃_j from (anything, rest)",
    because: "the average runs over the other factors only", claims: ["A-114"],
    changing: { [Given("anything", $0.another)] }
  ) { parts, problem in
    .equal(
      parts.target(problem.latent, problem.replacing(problem.another), problem.table),
      parts.target(problem.latent, problem.factors, problem.table))
  }

  static let isExactForProducts = Check(
    "exact-for-products", "p(z) = Π p_i(z_i):  q̃_j = p_j",
    because: "nothing couples the latents, so one update per factor is all there is to do",
    claims: ["A-110"],
    changing: { problem in
      problem.independent.enumerated().map { Given("p_\($0 + 1)", $1) }
    }
  ) { parts, problem in
    let product = problem.independent
    let logValues = (0..<problem.table.stateCount).map { state -> Double in
      let values = problem.table.values(of: state)
      return values.indices.reduce(0) { $0 + log(product[$1][values[$1]]) }
    }
    let table = try JointTable(sizes: product.map(\.count), logValues: logValues)
    let uniform = product.map { [Double](repeating: 1 / Double($0.count), count: $0.count) }
    return .equal(parts.target(problem.latent, uniform, table), product[problem.latent])
  }

  static let seesTheBlanketOnly = Check(
    "blanket-only", "z₁ → z₂ → z₃ → z₄:  q̃_1 at q_4 = q̃_1 at another q_4",
    because: "log p is a sum of local terms; those without z_j only shift the constant",
    claims: ["A-118"],
    changing: { problem in
      [Given("p(z)", problem.chain.jointRows)]
        + near.enumerated().map { Given("q_\($0 + 1)", $1) } + [Given("another q_4", far)]
    }
  ) { parts, problem in
    .equal(
      parts.target(0, near.prefix(3) + [far], problem.chain),
      parts.target(0, near, problem.chain))
  }

  /// Factors over a chain of four bits, and another last one.
  private static let near = [[0.3, 0.7], [0.6, 0.4], [0.2, 0.8], [0.9, 0.1]]
  private static let far = [0.25, 0.75]
}
