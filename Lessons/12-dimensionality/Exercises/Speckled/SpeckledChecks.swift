import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `speckled`: scattered entries are held out, and a matrix of rank one is fitted through the rest.
enum SpeckledExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The best u for a given v, from what is seen.
    var rowFactors: @Sendable (SpeckledMatrix, _ columns: [Double]) -> [Double]
    /// 1 for each entry that is held out in a fold of three, else 0.
    var holes: @Sendable (_ rows: Int, _ columns: Int, _ fold: Int) throws -> [[Double]]
    /// The mean squared error of u_i v_j over what is held out.
    var score: @Sendable (SpeckledMatrix, _ rows: [Double], _ columns: [Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, MatrixProblem>

  static let checks: [Check] = [
    normal, drop, corner, recovers, blind, covers, sees, honest,
  ]

  /// A v that is nobody's best.
  static let columns = [1.1, 0.8, -0.6]

  static let normal = Check(
    "normal", "Σ_j g_ij x_ij v_j = u_i Σ_j g_ij v_j²",
    because: "the slope of Σ_j g_ij (x_ij − u_i v_j)² in u_i is zero there", claims: ["A-056"],
    as: .step
  ) { parts, problem in
    let matrix = try holed(problem.seen)
    let u = parts.rowFactors(matrix, columns)
    return .equal(
      matrix.entries.indices.map { i in
        seenSum(matrix, i) { ExactValue(matrix.entries[i][$0]) * ExactValue(columns[$0]) }
      },
      matrix.entries.indices.map { i in
        u[i] * squares(matrix, i)
      }, rounding: .of(size: 6, because: "terms of size 2 cancel"))
  }

  static let drop = Check(
    "drop", "L(w) − L(u) = Σ_i (w_i − u_i)² Σ_j g_ij v_j²",
    because: "a parabola in each u_i: no sweep ever raises L, the squared error of what is seen",
    as: .step, changing: { [Given("w", $0.parts[0].left)] }
  ) { parts, problem in
    let matrix = try holed(problem.seen)
    let (u, w) = (parts.rowFactors(matrix, columns), problem.parts[0].left)
    let right = matrix.entries.indices.map { i in
      let step = w[i] - u[i]
      return step * step * squares(matrix, i)
    }
    return .equal(
      loss(matrix, w) - loss(matrix, u), right.reduce(0, +),
      rounding: .of(size: 100, because: "sums of squares of up to 100 are subtracted"))
  }

  static let corner = Check(
    "corner", "u_2 v_2 = x_21 x_12/x_11,  v_j = x_1j",
    because: "two rows and columns with one hole: the first row is v, and u_2 = x_21/x_11",
    claims: ["A-056"], as: .consequence,
    changing: { [Given("x_11, x_12, x_21", Array($0.seen[0].prefix(2)) + [$0.seen[1][0]])] }
  ) { parts, problem in
    let x = problem.seen
    let matrix = try SpeckledMatrix([[x[0][0], x[0][1]], [x[1][0], 77]], holeAt: 1, 1)
    let v = [x[0][0], x[0][1]]
    return .equal(
      parts.rowFactors(matrix, v)[1] * v[1],
      ExactValue(x[1][0]) * ExactValue(x[0][1]) / ExactValue(x[0][0]))
  }

  static let recovers = Check(
    "recovers", "u_i v_j = θ_ij,  θ = u vᵀ",
    because: "each row sees some of its entries, and one is enough: holes are filled without error",
    claims: ["A-056"], as: .consequence,
    changing: { [Given("v", $0.parts[0].right), Given("σ", 0.0)] }
  ) { parts, problem in
    let (u, v) = (problem.parts[0].left, problem.parts[0].right)
    let theta = u.map { a in v.map { a * $0 } }
    let found = parts.rowFactors(try holed(theta), v)
    return .equal(
      found.flatMap { a in v.map { a * $0 } },
      u.flatMap { a in v.map { ExactValue(a) * ExactValue($0) } })
  }

  static let blind = Check(
    "blind", "u(X) = u(X + 7 (1 − g))", because: "what is in a hole is not looked at",
    as: .specialCase
  ) { parts, problem in
    let (matrix, x) = (try holed(problem.seen), problem.seen)
    let other = x.indices.map { i in
      x[i].indices.map { matrix.isSeen[i][$0] ? x[i][$0] : x[i][$0] + 7 }
    }
    return .equal(
      parts.rowFactors(matrix, columns), parts.rowFactors(try holed(other), columns))
  }

  static let covers = Check(
    "covers", "Σ_f (1 − g_ij) = 1",
    because: "f counts the folds, and each entry is a hole in one of them", as: .step
  ) { parts, problem in
    let folds = try (0..<3).map { try parts.holes(3, 3, $0) }
    return .equal(
      (0..<9).map { place in folds.reduce(0) { $0 + $1[place / 3][place % 3] } },
      [Double](repeating: 1, count: 9))
  }

  static let sees = Check(
    "sees", "Σ_j g_ij = 2,  Σ_i g_ij = 2",
    because: "scattered: no row and no column is lost, for nothing could be said of it",
    claims: ["A-056"], as: .step
  ) { parts, problem in
    let folds = try (0..<3).map { try parts.holes(3, 3, $0) }
    var seen: [Double] = []
    for holes in folds {
      for place in 0..<3 {
        seen.append(3 - holes[place].reduce(0, +))
        seen.append(3 - holes.reduce(0) { $0 + $1[place] })
      }
    }
    return .equal(seen, [Double](repeating: 2, count: 18))
  }

  static let honest = Check(
    "honest", "E[e] = ⅓ Σ_ij (1 − g_ij) (θ_ij − u_i v_j)² + σ²",
    because: "three holes, whose noise is not in u and v: nothing cancels it",
    as: .consequence, changing: { [Given("u", $0.parts[0].left)] }
  ) { parts, problem in
    let (u, theta) = (problem.parts[0].left, problem.theta)
    let isHole = try holed(theta).isSeen.map { $0.map { !$0 } }
    let judged = try exactMeans { choices in
      var x = theta
      for i in 0..<3 {
        for j in 0..<3 where isHole[i][j] {
          x[i][j] += try choices.flip(0.5) ? problem.noise : -problem.noise
        }
      }
      return [parts.score(try holed(x), u, columns)]
    }
    var sum = ExactValue(0)
    for i in 0..<3 {
      for j in 0..<3 where isHole[i][j] {
        let miss = ExactValue(theta[i][j]) - ExactValue(u[i]) * ExactValue(columns[j])
        sum += miss * miss
      }
    }
    return .equal(judged, [sum / 3 + ExactValue(problem.noise) * ExactValue(problem.noise)])
  }

  /// A matrix with the holes of a diagonal.
  static func holed(_ x: [[Double]]) throws -> SpeckledMatrix {
    try SpeckledMatrix(x, stripe: 1, of: 3)
  }

  /// The matrix with its holes, and the v that all start from.
  @Sendable static func givens(_ problem: MatrixProblem) -> [Given] {
    problem.givens + [
      Given("g", [[1, 0, 1], [1, 1, 0], [0, 1, 1]] as [[Double]]), Given("v", columns),
    ]
  }

  private static func seenSum(
    _ matrix: SpeckledMatrix, _ row: Int, _ term: (Int) -> ExactValue
  ) -> ExactValue {
    columns.indices.filter { matrix.isSeen[row][$0] }.sum(term)
  }

  /// Σ_j g_ij v_j².
  private static func squares(_ matrix: SpeckledMatrix, _ row: Int) -> Double {
    seenSum(matrix, row) { ExactValue(columns[$0]) * ExactValue(columns[$0]) }.value
  }

  private static func loss(_ matrix: SpeckledMatrix, _ u: [Double]) -> Double {
    var sum = 0.0
    for i in u.indices {
      for j in columns.indices where matrix.isSeen[i][j] {
        let miss = matrix.entries[i][j] - u[i] * columns[j]
        sum += miss * miss
      }
    }
    return sum
  }
}
