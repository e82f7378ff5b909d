import GSL
import LessonKit
import Probability
import Verification

/// Exercise `mean-map`: an exponential family as a value.
enum MeanMapExercise {
  /// What is written.
  struct Parts: Sendable {
    /// log p(x) from η, t(x), A(η) and log h(x).
    var logDensity: @Sendable (FamilyMember) throws -> Double
    /// E[t(x)] of a member of any family.
    var means: @Sendable (any InvertibleFamily) throws -> [Double]
    /// Cov[t(x)], row by row.
    var covariance: @Sendable (any InvertibleFamily) throws -> [Double]
    /// The member of the same family with the given E[t(x)].
    var member: @Sendable (any InvertibleFamily, [Double]) throws -> any InvertibleFamily
    /// A table L_ij with its first row and its first column taken out: L_ij − L_i0 − L_0j + L_00.
    var centred: @Sendable ([[Double]]) -> [[Double]]
  }

  typealias Check = LessonKit.Check<Parts, MeanMapProblem>

  static let checks: [Check] = [
    normalForm, slope, curvature, inverse, twoStatistics, noFamily,
  ]

  private static let rounding = Rounding.of(
    terms: 512, size: 40,
    because: "a rule of 24 nodes sums products of up to six statistics of size 6")

  static let normalForm = Check(
    "normal-form", "log p(x) = η·t(x) − A(η) + log h(x)",
    because: "the logarithm of each textbook density, sorted by what depends on what",
    claims: ["A-098"], as: .step
  ) { parts, problem in
    .equal(
      problem.members.map(\.textbook), try problem.members.map(parts.logDensity), rounding: rounding
    )
  }

  static let slope = Check(
    "slope", "A(η′) − A(η) = ∫ (η′ − η)·E_s[t(x)] ds",
    because: "∇A = E[t(x)], integrated along the line from η to η′", claims: ["A-099"], as: .step
  ) { parts, problem in
    let rule = try FixedRule.gaussLegendre(count: 24, from: 0, to: 1)
    return .equal(
      try problem.members.map { try $0.other.logPartition() - (try $0.law.logPartition()) },
      try problem.members.map { member in
        let step = try member.step()
        return try rule.sum { dot(step, try parts.means(member.along($0))) }
      }, rounding: rounding)
  }

  static let curvature = Check(
    "curvature", "E_1[t(x)] − E_0[t(x)] = ∫ Cov_s[t(x)] (η′ − η) ds",
    because: "∇²A = Cov[t(x)]: how fast E[t(x)] moves with η", claims: ["A-099"],
    as: .step
  ) { parts, problem in
    let rule = try FixedRule.gaussLegendre(count: 24, from: 0, to: 1)
    let sides = try problem.members.map { member in
      let (from, to) = (try member.law.meanParameters(), try member.other.meanParameters())
      let step = try member.step()
      var rise = [Double](repeating: 0, count: step.count)
      for (node, weight) in zip(rule.nodes, rule.weights) {
        let covariance = try parts.covariance(member.along(node))
        for i in step.indices {
          rise[i] +=
            weight * dot(Array(covariance[(i * step.count)..<((i + 1) * step.count)]), step)
        }
      }
      return (left: zip(to, from).map { $0 - $1 }, right: rise)
    }
    return .equal(sides.flatMap(\.left), sides.flatMap(\.right), rounding: rounding)
  }

  static let inverse = Check(
    "inverse", "E[t(x)] = ∇A(η′),  for the member made from ∇A(η′)",
    because: "A is convex, so that one slope belongs to one member", as: .consequence
  ) { parts, problem in
    let wanted = try problem.members.map { try $0.other.meanParameters() }
    let found = try zip(problem.members, wanted).map {
      try parts.member($0.law, $1).meanParameters()
    }
    return .equal(
      found.flatMap(\.self), wanted.flatMap(\.self),
      rounding: .of(
        terms: 4096, size: 20, because: "a root is found to about 40 units in its last place"))
  }

  static let twoStatistics = Check(
    "two-statistics", "det(log p(x_i|θ_j), centred) = 0,  N(θ, 1 + .3 θ²)",
    because: "what is left of η(θ)·t(x) is a sum of two products, of rank two", claims: ["A-098"],
    as: .specialCase
  ) { parts, problem in
    .equal(
      determinant(parts.centred(problem.normalTable)), 0.0,
      rounding: .of(terms: 512, size: 60, because: "products of three differences of up to 4"))
  }

  static let noFamily = Check(
    "no-family", "det(log p(x_i|θ_j), centred) ≠ 0,  Cauchy",
    because: "two statistics do not do for all θ",
    claims: ["A-098"], as: .aside
  ) { parts, problem in
    let t = problem.cauchyTable
    // The same determinant from the 4 × 4 table with a border of ones, by cofactors.
    let rows = (1..<4).map { i in (1..<4).map { j in (t[i][j] - t[0][j]) - (t[i][0] - t[0][0]) } }
    let minors = (0..<3).map { k in
      let (a, b) = ((k + 1) % 3, (k + 2) % 3)
      return rows[0][k] * (rows[1][a] * rows[2][b] - rows[1][b] * rows[2][a])
    }
    return .different(
      determinant(parts.centred(t)), 0.0, by: minors.reduce(0, +), atLeast: 1e-7,
      rounding: .of(terms: 512, size: 4, because: "products of three differences of up to 2"))
  }
}
