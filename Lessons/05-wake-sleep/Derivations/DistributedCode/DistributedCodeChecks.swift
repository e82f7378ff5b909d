import Exact
import GSL
import LessonKit
import Probability
import Verification

/// Derivation `distributed-code`: recognition that keeps expected features and no q.
enum DistributedCodeDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// What one dream changes of r, row by row.
    var change: @Sendable (CodeProblem, inout Exhaustive) throws -> [Double]
    /// The mean of values of z given x, read from the exact code.
    var reading: @Sendable (CodeProblem, _ values: [Double], _ x: Int) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, CodeProblem>

  static let checks: [Check] = [learns, reads, readsNoMore]

  static let learns = Check(
    "learns", "E[Δt(x)] = ε p(x) (E_p[T(z)|x] − t(x))",
    because: "asleep, the code of the dreamt x moves towards the features of the dreamt z",
    as: .step
  ) { parts, problem in
    let exact = problem.joint.indices.flatMap { x in
      problem.features[0].indices.map { i in
        let row = problem.joint[x].map { ExactValue($0) }
        let moment = zip(row, problem.features).sum { $0 * ExactValue($1[i]) }
        return ExactValue(problem.rate) * (moment - row.sum() * ExactValue(problem.code[x][i]))
      }
    }
    return .equal(
      try exactMeans { try parts.change(problem, &$0) }, exact,
      rounding: .of(size: 8, because: "features of up to two are averaged"))
  }

  static let reads = Check(
    "reads", "α·E_p[T(z)|x] = E_p[g(z)|x],  g(z) = α·T(z)",
    because: "a mean is linear: what is a combination of features has its mean in the code",
    claims: ["A-172"], as: .consequence
  ) { parts, problem in
    .equal(
      try problem.joint.indices.map { try parts.reading(problem, problem.combination, $0) },
      problem.joint.indices.map { problem.mean(problem.combination, given: $0) },
      rounding: .of(size: 64, because: "α comes from a least-squares problem"))
  }

  static let readsNoMore = Check(
    "reads-no-more", "α·E_p[T(z)|x] ≠ E_p[h(z)|x],  h(z) ≠ α·T(z)",
    because: "three states have functions that two features do not span: α is the nearest",
    claims: ["A-172"], as: .consequence
  ) { parts, problem in
    let alpha = problem.nearest(problem.outside)
    let exact = problem.joint.indices.map { problem.mean(problem.outside, given: $0) }
    let read = problem.joint.indices.map { x in
      alpha.indices.sum { i in
        alpha[i] * problem.mean(problem.features.map { $0[i] }, given: x)
      }
    }
    return .different(
      try problem.joint.indices.map { try parts.reading(problem, problem.outside, $0) }, exact,
      by: zip(read, exact).map { $0 - $1 }, atLeast: 1e-9,
      rounding: .of(size: 64, because: "α comes from a least-squares problem"))
  }
}

/// Two values of x, three of z, two features.
struct CodeProblem: Sendable, Shown {
  /// p(x, z), a row for each x.
  let joint: [[Double]]
  /// T(z), a row for each z.
  let features: [[Double]]
  /// t(x), a row for each x.
  let code: [[Double]]
  /// ε.
  let rate: Double
  /// α of a function that the features span.
  let weights: [Double]
  /// A function that they do not span.
  let outside: [Double]

  /// The toy of the lesson.
  static let example = CodeProblem(
    joint: [[0.1, 0.25, 0.05], [0.2, 0.1, 0.3]], features: [[1, 0], [0.5, 1], [0, 2]],
    code: [[0.3, 0.4], [0.2, 0.9]], rate: 0.1, weights: [2, -1], outside: [0, 1, 0])

  /// Random tables; the features are never dependent.
  static func random(_ cases: inout Cases) throws -> CodeProblem {
    let p = try cases.reals(6, from: 0.1, to: 1)
    let total = p.reduce(0, +)
    let joint = [p.prefix(3), p.suffix(3)].map { $0.map { $0 / total } }
    return CodeProblem(
      joint: joint,
      features: [
        [1, 0], [try cases.real(from: 0.2, to: 0.9), 1], [0, try cases.real(from: 1.2, to: 2)],
      ],
      code: [try cases.reals(2, from: 0, to: 1), try cases.reals(2, from: 0, to: 1)],
      rate: try cases.real(from: 0.05, to: 0.5), weights: try cases.reals(2, from: -2, to: 2),
      outside: [0, try cases.real(from: 0.8, to: 1.5), 0])
  }

  /// g(z) = α·T(z).
  var combination: [Double] {
    features.map { zip($0, weights).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// E_p[h(z) | x].
  func mean(_ values: [Double], given x: Int) -> ExactValue {
    let row = joint[x].map { ExactValue($0) }
    return zip(row, values).sum { $0 * ExactValue($1) } / row.sum()
  }

  /// The code when sleep has done its work: E_p[T(z) | x].
  var learnt: [[Double]] {
    joint.indices.map { x in
      features[0].indices.map { i in mean(features.map { $0[i] }, given: x).value }
    }
  }

  /// α of least squares by its two normal equations.
  func nearest(_ values: [Double]) -> [ExactValue] {
    func sum(_ i: Int, _ j: Int) -> ExactValue {
      features.sum { ExactValue($0[i]) * ExactValue($0[j]) }
    }
    func right(_ i: Int) -> ExactValue {
      zip(features, values).sum { ExactValue($0[i]) * ExactValue($1) }
    }
    let determinant = sum(0, 0) * sum(1, 1) - sum(0, 1) * sum(0, 1)
    return [
      (sum(1, 1) * right(0) - sum(0, 1) * right(1)) / determinant,
      (sum(0, 0) * right(1) - sum(0, 1) * right(0)) / determinant,
    ]
  }

  /// All of it.
  var givens: [Given] {
    [
      Given("p(x,z)", joint), Given("T(z)", features), Given("t(x)", code), Given("ε", rate),
      Given("α", weights), Given("h(z)", outside),
    ]
  }
}
