import Exact
import GSL
import LessonKit
import Probability
import Verification

/// Exercise `messages`: what nodes tell each other.
enum MessagesExercise {
  /// What half a step leaves behind.
  struct HalfStep: Sendable {
    /// η′.
    let natural: [Double]
    /// What the terms of the node gained.
    let gain: Double
  }

  /// What is written.
  struct Parts: Sendable {
    /// E[t(x)] that a parent tells: from the natural parameters of its belief.
    var toChild: @Sendable (_ natural: [Double]) throws -> [Double]
    /// The message from x_(t+1) to x_t, of which it is the parent: two natural parameters.
    var toParent: @Sendable (MessagesProblem, _ t: Int) throws -> [Double]
    /// The natural parameters that all messages to x_t add up to.
    var target: @Sendable (MessagesProblem, _ t: Int) throws -> [Double]
    /// The nodes that an update of x_t reads, by their numbers.
    var blanket: @Sendable (MessagesProblem, _ t: Int) throws -> [Int]
    /// Half a step of x_t towards its best.
    var halfStep: @Sendable (MessagesProblem, _ t: Int) throws -> HalfStep
    /// What each update of one sweep adds to the bound.
    var ledger: @Sendable (MessagesProblem) throws -> [Double]
    /// Means and variances when nothing moves any more.
    var fixedPoint: @Sendable (MessagesProblem) throws -> (means: [Double], variances: [Double])
    /// The mean of Y after the messages of its children.
    var coParent: @Sendable (MessagesProblem) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, MessagesProblem>

  static let checks: [Check] = [
    parent, slope, child, sum, gain, lost, blanket, neighbours, halfWay, halfGain, ledger, means,
    variances, coParents, allCoParents,
  ]

  static let parent = Check(
    "parent", "m_{x_0→x_1} = ∇A(η)",
    because: "a parent tells what it expects of its statistics x and x²", claims: ["A-119"],
    as: .step
  ) { parts, problem in
    let (m, v) = (problem.means[0], problem.variances[0])
    return .equal(try parts.toChild([m / v, -0.5 / v]), [m, m * m + v])
  }

  /// A convex function lies above its tangent by a divergence: with any other m it would not.
  static let slope = Check(
    "slope-of-the-log-partition", "A(η′) − A(η) − m · (η′ − η) = KL(q(x_0)‖q′(x_0))",
    because:
      "m is ∇A(η), the slope of A(η) = −η_1²/(4 η_2) − ½ log(−2 η_2), so A stays above the line",
    claims: ["A-119"], as: .specialCase,
    changing: { problem in [Given("η′", words: "that of x_1")] }
  ) { parts, problem in
    let laws = [0, 1].map { NormalLaw(mean: problem.means[$0], variance: problem.variances[$0]) }
    let eta = laws.map { [$0.mean / $0.variance, -0.5 / $0.variance] }
    let logPartition = eta.map { -$0[0] * $0[0] / (4 * $0[1]) - 0.5 * log(-2 * $0[1]) }
    let told = try parts.toChild(eta[0])
    let line = zip(told, zip(eta[1], eta[0])).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) }
    return .equal(
      logPartition[1] - logPartition[0] - line, laws[0].kullbackLeibler(from: laws[1]),
      rounding: .of(terms: 16, size: 20, because: "log-partitions of up to 5 cancel"))
  }

  static let child = Check(
    "child", "m_{x_2→x_1} = (τ a E[x_2], −½ τ a²)",
    because: "log N(x_2; a x_1, 1/τ), sorted by the statistics of x_1", claims: ["A-120"], as: .step
  ) { parts, problem in
    let (a, w) = (problem.dynamics, problem.dynamicsPrecision)
    return .equal(try parts.toParent(problem, 1), [w * a * problem.means[2], -0.5 * w * a * a])
  }

  static let sum = Check(
    "sum", "Σ_f m_{f→x_t} = (g_t − Σ_{j≠t} J_tj E[x_j], −½ J_tt)",
    because: "the row of x_t in the joint normal density, the others at their means",
    claims: ["A-121"], as: .step
  ) { parts, problem in
    .equal(
      try (0..<problem.count).flatMap { try parts.target(problem, $0) },
      (0..<problem.count).flatMap(problem.conditional))
  }

  static let gain = Check(
    "gain", "ELBO(q̂_t) = ELBO(q) + KL(q_t‖q̂_t),  t = 1",
    because: "the sum of messages makes the best q_t", claims: ["A-121"], as: .step
  ) { parts, problem in
    let best = try NormalLaw(naturalParameters: try parts.target(problem, 1))
    let before = NormalLaw(mean: problem.means[1], variance: problem.variances[1])
    return .equal(
      problem.bound(withOneAt: best),
      problem.beliefsBound + before.kullbackLeibler(from: best),
      rounding: .of(terms: 256, size: 20, because: "sixteen products of size 2 cancel"))
  }

  static let lost = Check(
    "lost", "log p(y) − ELBO(q) = ½ (Σ_t log J_tt − log det J),  when nothing moves",
    because: "the means are exact then: only the spread is lost", as: .step
  ) { parts, problem in
    let end = try parts.fixedPoint(problem)
    let (n, precision) = (problem.count, problem.precision)
    let whole = try LinearAlgebra.logDeterminant(order: n, precision).logMagnitude
    return .equal(
      problem.logEvidence - problem.elbo(end.means, end.variances),
      0.5 * ((0..<n).reduce(0) { $0 + log(precision[$1 * n + $1]) } - whole),
      rounding: .of(
        terms: 1024, size: 20, because: "sweeps contract until rounding moves the last places"))
  }

  static let blanket = Check(
    "blanket", "η̂_t is the same for every t,  E[x_s] + 1 for each s with |s − t| > 1",
    because: "x_s and x_t share no factor: each is outside the Markov blanket of the other",
    claims: ["A-118"], as: .specialCase
  ) { parts, problem in
    let targets = try (0..<problem.count).flatMap { t in
      try parts.target(problem.moving { abs($0 - t) > 1 }, t)
    }
    return .equal(targets, (0..<problem.count).flatMap(problem.conditional))
  }

  static let neighbours = Check(
    "neighbours", "Markov(x_1) = (x_0, x_2, y_1)",
    because: "its factors are p(x_1|x_0), p(x_2|x_1) and p(y_1|x_1)", claims: ["A-118"],
    as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.blanket(problem, 1).map(Double.init), [0, 2, Double(problem.count + 1)])
  }

  static let halfWay = Check(
    "half-way", "η′_1 = ½ η_1 + ½ η̂_1",
    because: "half a step in natural coordinates, t = 1", as: .specialCase
  ) { parts, problem in
    let (m, v) = (problem.means[1], problem.variances[1])
    let best = problem.conditional(1)
    return .equal(
      try parts.halfStep(problem, 1).natural,
      [0.5 * m / v + 0.5 * best[0], -0.25 / v + 0.5 * best[1]])
  }

  static let halfGain = Check(
    "half-gain", "gain_1 = ELBO(q′_1) − ELBO(q)",
    because: "only terms with x_1 in them can move", as: .specialCase
  ) { parts, problem in
    let (m, v) = (problem.means[1], problem.variances[1])
    let best = problem.conditional(1)
    let half = try NormalLaw(
      naturalParameters: [0.5 * m / v + 0.5 * best[0], -0.25 / v + 0.5 * best[1]])
    return .equal(
      try parts.halfStep(problem, 1).gain, problem.bound(withOneAt: half) - problem.beliefsBound,
      rounding: .of(terms: 256, size: 20, because: "sixteen products of size 2 cancel"))
  }

  static let ledger = Check(
    "ledger", "gain_t = ELBO(q̂_t) − ELBO(q),  t = 0, 1, 2, 3, each after those before",
    because: "the bound is a sum of terms, and the ledger lists those that an update moves",
    as: .consequence
  ) { parts, problem in
    .equal(
      try parts.ledger(problem), problem.gainsOfSweep(),
      rounding: .of(terms: 256, size: 20, because: "sixteen products of size 2 cancel"))
  }

  static let means = Check(
    "means", "E[x_t] = (J⁻¹ g)_t,  when nothing moves",
    because: "the equations of the means are those of J E[x] = g, solved one at a time",
    claims: ["A-121"], as: .consequence
  ) { parts, problem in
    .equal(
      try parts.fixedPoint(problem).means, try problem.exactMeans(),
      rounding: .of(
        terms: 1024, size: 4, because: "sweeps contract until rounding moves the last places"))
  }

  static let variances = Check(
    "variances", "1/J_tt ≤ (J⁻¹)_tt,  the gap Var(E[x_t|x_j, j≠t])",
    because: "a factor knows the spread of x_t given the others, not how these move it",
    claims: ["A-121"], as: .consequence
  ) { parts, problem in
    let (n, precision, covariance) = (problem.count, problem.precision, try problem.covariance())
    // Var(E[x_t | others]) = w Σ_others wᵀ with w_s = −J_ts/J_tt.
    let gaps = (0..<n).map { t in
      let w = (0..<n).map { $0 == t ? 0 : -precision[t * n + $0] / precision[t * n + t] }
      return (0..<n).reduce(0) { sum, i in
        sum + w[i] * (0..<n).reduce(0) { $0 + covariance[i * n + $1] * w[$1] }
      }
    }
    return .atMost(
      try parts.fixedPoint(problem).variances, (0..<n).map { covariance[$0 * n + $0] }, gap: gaps,
      rounding: .of(terms: 1024, size: 4, because: "an inverse of a matrix of condition below 30"))
  }

  static let coParents = Check(
    "co-parents", "E[Y] = (X₁ − E[C₁] + X₂ − E[C₂])/3",
    because: "each child tells what its own other parent leaves over", claims: ["A-120"],
    as: .consequence
  ) { parts, problem in .equal(try parts.coParent(problem), problem.meanOfParent) }

  static let allCoParents = Check(
    "all-co-parents", "E[Y] ≠ (X₁ + X₂ − 2 (E[C₁] + E[C₂]))/3",
    because: "C₁ is no parent of X₂, nor C₂ of X₁", claims: [.against("A-120")], as: .erratum
  ) { parts, problem in
    let both = problem.coParents[0] + problem.coParents[1]
    let printed = (problem.children[0] + problem.children[1] - 2 * both) / 3
    return .different(try parts.coParent(problem), printed, by: both / 3, atLeast: 1e-9)
  }
}
