import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `mixture-sweep`: one sweep of a variational mixture, and the seven terms of its bound.
enum MixtureSweepExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The best q(π), q(θ) for responsibilities.
    var globals: @Sendable (MixtureProblem, [[Double]]) throws -> Factors
    /// The best responsibilities for q(π), q(θ).
    var locals: @Sendable (MixtureProblem, Factors) throws -> [[Double]]
    /// The seven terms of the ELBO.
    var terms: @Sendable (MixtureProblem, Factors, [[Double]]) throws -> [Double]
    /// The bound after each half of a sweep that begins with q(π), q(θ).
    var sweep: @Sendable (MixtureProblem) throws -> [Double]
    /// The best distribution of one latent of a table, the others as they are.
    var target: @Sendable (TableProblem) throws -> [Double]

    /// The sum of the terms.
    func elbo(_ problem: MixtureProblem, _ q: Factors, _ r: [[Double]]) throws -> Double {
      CompensatedSum(try terms(problem, q, r)).value
    }
  }

  typealias Check = LessonKit.Check<Parts, MixtureProblem>

  static let checks: [Check] = [
    terms, globals, locals, gap, halves, oneComponent, symmetric, coupled, local, anyModel,
  ]

  private static let rounding = Rounding.of(
    terms: 1024, size: 60, because: "seven terms of up to five log-densities each, of size 10")

  static let terms = Check(
    "seven-terms",
    "Σ_j term_j = Σ_n Σ_k r_nk (E[log π_k] + E[log p(x_n|θ_k)] − log r_nk) − KL(q(π)‖p(π)) − Σ_k KL(q(θ_k)‖p(θ_k))",
    because: "entropies and priors of each factor make its divergence",
    claims: ["A-092"], as: .step
  ) { parts, problem in
    let q = try problem.otherFactors()
    return .equal(
      try parts.elbo(problem, q, problem.responsibilities),
      try problem.elbo(q, problem.responsibilities), rounding: rounding)
  }

  static let globals = Check(
    "globals", "ELBO(q̂(π) q̂(θ), r) = ELBO(q, r) + KL(q(π)‖q̂(π)) + Σ_k KL(q(θ_k)‖q̂(θ_k))",
    because: "conjugacy: q̂ is the prior with Σ_n r_nk t(x_n) added", claims: ["A-116"], as: .step
  ) { parts, problem in
    let q = try problem.otherFactors()
    let best = try parts.globals(problem, problem.responsibilities)
    return .equal(
      try problem.elbo(best, problem.responsibilities),
      try problem.elbo(q, problem.responsibilities) + problem.divergence(of: q, from: best),
      rounding: rounding)
  }

  static let locals = Check(
    "locals", "ELBO(q, r̂) = ELBO(q, r) + Σ_n KL(r_n‖r̂_n)",
    because: "the same for every z_n, whose target is a softmax", claims: ["A-116"], as: .step
  ) { parts, problem in
    let q = try problem.otherFactors()
    let best = try parts.locals(problem, q)
    let gain = zip(problem.responsibilities, best).reduce(0) {
      $0 + kullbackLeibler(of: $1.0, from: $1.1)
    }
    return .equal(
      try problem.elbo(q, best), try problem.elbo(q, problem.responsibilities) + gain,
      rounding: rounding)
  }

  static let gap = Check(
    "gap", "log p(x) = ELBO(q, r) + KL(q‖p(z,π,θ|x))",
    because: "all Kᴺ assignments: given z, the prior is conjugate", claims: ["A-092"],
    as: .step
  ) { parts, problem in
    let q = try problem.addition(weights: problem.responsibilities)
    return .equal(
      try problem.logEvidence().value,
      try parts.elbo(problem, q, problem.responsibilities)
        + problem.divergenceFromPosterior(q, problem.responsibilities), rounding: rounding)
  }

  static let halves = Check(
    "halves",
    "(ELBO(q̂, r), ELBO(q̂, r̂)) = (ELBO(q, r) + KL(q‖q̂), ELBO(q, r) + KL(q‖q̂) + KL(r‖r̂)),  q is q(π) q(θ)",
    because: "both halves of one sweep, one after the other", as: .specialCase
  ) { parts, problem in
    let q = try problem.otherFactors()
    let best = try problem.addition(weights: problem.responsibilities)
    let first =
      try problem.elbo(q, problem.responsibilities) + problem.divergence(of: q, from: best)
    let gain = zip(problem.responsibilities, try problem.rows(best)).reduce(0) {
      $0 + kullbackLeibler(of: $1.0, from: $1.1)
    }
    return .equal(try parts.sweep(problem), [first, first + gain], rounding: rounding)
  }

  static let oneComponent = Check(
    "one-component", "log p(x) = ELBO,  K = 1",
    because: "with one component nothing is left to be factorised: a free test of all terms",
    as: .specialCase, changing: { problem in [Given("α", try problem.ofOne.mixture.concentration)] }
  ) { parts, problem in
    let one = try problem.ofOne
    let q = try parts.globals(one, one.responsibilities)
    return .equal(
      try parts.elbo(one, q, one.responsibilities), try one.logEvidence().value,
      rounding: rounding)
  }

  static let symmetric = Check(
    "symmetric", "r̂ = r,  r_nk = 1/K and α_k the same",
    because: "what treats all components alike cannot tell them apart: a fixed point for ever",
    as: .consequence,
    changing: { problem in [Given("α", try problem.symmetric.mixture.concentration)] }
  ) { parts, problem in
    let start = try problem.symmetric
    let found = try parts.locals(start, parts.globals(start, start.responsibilities))
    return .equal(found.flatMap(\.self), start.responsibilities.flatMap(\.self))
  }

  static let coupled = Check(
    "coupled", "p(z_0=z_1|x) ≠ Σ_k r̂_0k r̂_1k,  r̂ the best for q̂(π) q̂(θ)",
    because: "the globals are shared: they tie the local z_n, which q lets go",
    claims: ["A-093"], as: .consequence
  ) { parts, problem in
    let q = try problem.addition(weights: problem.responsibilities)
    let local = try parts.locals(problem, q)
    let exact = try BayesianMixturePosterior(bySubsets: problem.mixture, problem.observations)
    let all = try problem.assignments()
    let total = logSumExp(all.map(\.logJoint))
    let together = all.reduce(0) {
      $0 + ($1.labels[0] == $1.labels[1] ? exp($1.logJoint - total) : 0)
    }
    let rows = try exactRows(problem, q)
    return .different(
      exact.coassignment[0][1], dot(local[0], local[1]), by: together - dot(rows[0], rows[1]),
      atLeast: 1e-9,
      rounding: .of(
        terms: 4096, size: 1, because: "32 probabilities from log-partitions of size 20"))
  }

  static let local = Check(
    "local", "r̂_n is the same for n ≥ 1,  x_0 + 1, q(π) q(θ) as they are",
    because: "z_n meets the other data in π and θ only, which all share; r̂_n is its own",
    claims: ["A-093"], as: .specialCase
  ) { parts, problem in
    let q = try problem.otherFactors()
    let moved = MixtureProblem(
      mixture: problem.mixture,
      observations: [[problem.observations[0][0] + 1]] + problem.observations.dropFirst(),
      responsibilities: problem.responsibilities, batch: problem.batch,
      stepSize: problem.stepSize)
    let rows = try parts.locals(moved, q).dropFirst()
    return .equal(
      rows.flatMap(\.self), try exactRows(problem, q).dropFirst().flatMap(\.self))
  }

  /// p(z_n = k) ∝ exp(E log π_k + t(x_n)·E T(θ_k)), in natural coordinates.
  private static func exactRows(_ problem: MixtureProblem, _ q: Factors) throws -> [[Double]] {
    let logWeights = try q.weights.meanParameters()
    return try problem.observations.map { x in
      let logs = try q.components.enumerated().map {
        try logWeights[$0] + MixtureProblem.pair.expectedLogLikelihood(of: x, under: $1)
      }
      let total = logSumExp(logs)
      return logs.map { exp($0 - total) }
    }
  }

  static let anyModel = Check(
    "any-model", "ELBO(q̃_d) ≥ ELBO(q_d),  the gap KL(q_d‖q̃_d)",
    because:
      "no pair is conjugate in this table, and the update is as good: conjugacy makes it short, not possible",
    claims: [.against("A-122")], as: .aside,
    changing: { problem in
      let table = TableProblem(of: problem)
      return [
        Given("log p(x,z_1,z_2)", table.rows), Given("q_d", table.first),
        Given("q(z_2)", table.second),
      ]
    }
  ) { parts, problem in
    let table = TableProblem(of: problem)
    let best = try parts.target(table)
    return .atLeast(
      table.elbo(best), table.elbo(table.first),
      gap: kullbackLeibler(of: table.first, from: best), rounding: rounding)
  }
}

/// A table of log p(x, y₁, y₂) without any structure, and a q of two factors.
struct TableProblem: Sendable {
  let rows: [[Double]]
  let first: [Double]
  let second: [Double]

  /// Rows made of the numbers of a mixture.
  init(of problem: MixtureProblem) {
    let x = problem.observations.map { $0[0] }
    rows = [[-1 + 0.3 * x[0], -2.5, -0.4 * x[1] * x[1] - 1], [-3, -0.7 + 0.2 * x[2], -1.9]]
    first = [0.3, 0.7]
    second = problem.componentCount == 2 ? [0.5, 0.2, 0.3] : [0.2, 0.45, 0.35]
  }

  /// E[log p(x, y)] + H, with a first factor.
  func elbo(_ q: [Double]) -> Double {
    zip(q, rows).reduce(entropy(of: q) + entropy(of: second)) {
      $0 + $1.0 * dot(second, $1.1)
    }
  }
}
