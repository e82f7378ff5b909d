import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `conjugacy`: inference as addition, and where it ends.
enum ConjugacyDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// t(x) in the coordinates of η.
    var statistics: @Sendable ([Double]) -> [Double]
    /// log p(x_1 … x_N) as a difference of log-partitions.
    var logEvidence: @Sendable (ConjugacyProblem) throws -> Double
    /// log p(z) of labels, the weights integrated out.
    var logLabels: @Sendable (ConjugacyProblem) throws -> Double
    /// Mean and variance of x given y in the linear pair.
    var linear: @Sendable (ConjugacyProblem) throws -> [Double]
    /// E[π³] of a Beta distribution with the first two moments of π given x.
    var matchedThird: @Sendable ([Double]) throws -> Double
    /// The mean of y as a function of x where y|x is not linear.
    var curved: @Sendable (Double) -> Double
  }

  typealias Check = LessonKit.Check<Parts, ConjugacyProblem>

  static let checks: [Check] = [joint, evidence, labels, linear, curved, insideMixture]

  private static let rounding = Rounding.of(
    terms: 512, size: 30, because: "log-partitions of size 10 and products of statistics cancel")

  static let joint = Check(
    "joint", "log p(θ) + Σ_n log p(x_n|θ) = (η + Σ_n t(x_n))·T(θ) − A(η) + Σ_n log h(x_n)",
    because: "the likelihood is linear in the prior's statistics T(θ)", claims: ["A-096", "A-094"],
    as: .step
  ) { parts, problem in
    var eta = problem.prior.naturalParameters
    for x in problem.observations {
      for (index, t) in parts.statistics(x).enumerated() { eta[index] += t }
    }
    let statistics = try NormalInverseWishart.statistics(of: problem.point)
    let base = problem.observations.reduce(0) { $0 + ConjugacyProblem.pair.logBase(of: $1) }
    let left = try problem.observations.reduce(problem.prior.logDensity(problem.point)) {
      try $0 + problem.point.logDensity($1)
    }
    return .equal(
      left, dot(eta, statistics) - (try problem.prior.logPartition()) + base, rounding: rounding)
  }

  static let evidence = Check(
    "evidence", "log p(x) = A(η′) − A(η) + Σ_n log h(x_n),  η′ = η + Σ_n t(x_n)",
    because: "θ integrated out leaves the log-partition of the posterior", claims: ["A-096"],
    as: .step
  ) { parts, problem in
    .equal(
      try BlockEvidence(problem.prior).logEvidence(of: problem.observations),
      try parts.logEvidence(problem), rounding: rounding)
  }

  static let labels = Check(
    "labels", "Σ_n log p(z_n|z_1 … z_{n−1}) = A(α + N_z) − A(α)",
    because:
      "Dirichlet weights, integrated out: an urn: a label goes back with one more of its kind",
    claims: ["A-097", "A-208"], as: .step
  ) { parts, problem in
    var counts = problem.concentration
    var sum = 0.0
    for label in problem.labels {
      sum += log(counts[label] / counts.reduce(0, +))
      counts[label] += 1
    }
    return .equal(sum, try parts.logLabels(problem), rounding: rounding)
  }

  static let linear = Check(
    "linear",
    "E[x|y], Var[x|y] = E[x] + Var[x] c (y − c E[x] − b)/(c² Var[x] + σ²), Var[x] σ²/(c² Var[x] + σ²)",
    because: "a mean linear in x and a known variance keep the pair normal",
    claims: ["A-095", "A-094"], as: .consequence
  ) { parts, problem in
    let (m, v, c) = (problem.location.mean, problem.location.variance, problem.slope)
    let whole = c * c * v + problem.noise
    return .equal(
      try parts.linear(problem),
      [m + v * c * (problem.seen - c * m - problem.intercept) / whole, v * problem.noise / whole])
  }

  static let curved = Check(
    "curved", "kurtosis of x given y ≠ 3,  y|x ~ N(x², σ²)",
    because: "normal given normal, and the posterior has two modes: the family is left",
    claims: [.against("A-095"), .against("A-094")], as: .consequence
  ) { parts, problem in
    let right = problem.kurtosis { $0 * $0 }
    return .different(
      problem.kurtosis(parts.curved), 3.0, by: right - 3, atLeast: 1e-3,
      rounding: .of(terms: 8192, size: 3, because: "sums of 401 terms of one sign"))
  }

  static let insideMixture = Check(
    "inside-mixture", "E[π³|x] ≠ E[π³] of the Beta with E[π|x], E[π²|x]",
    because: "given x alone, π is a mixture of Kᴺ Dirichlet distributions",
    claims: [.against("A-097")],
    as: .consequence
  ) { parts, problem in
    let moments = try problem.weightMoments()
    return .different(
      moments[2], try parts.matchedThird(moments),
      by: moments[2] - ConjugacyProblem.matchedThird(moments), atLeast: 1e-7,
      rounding: .of(terms: 1024, size: 1, because: "eight weights, each of four factors"))
  }
}
