import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Exercise `gabriel`: a block is predicted from the three others.
enum GabrielExercise {
  /// What is written.
  struct Parts: Sendable {
    /// B D_k⁺ C.
    var predict: @Sendable (FourBlocks, _ rank: Int) throws -> Matrix
    /// e_k for k = 0, 1, 2: every entry of X is held out once.
    var errors: @Sendable (_ x: [[Double]]) throws -> [Double]
    /// The rank that is chosen.
    var choose: @Sendable (_ errors: [Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, MatrixProblem>

  static let checks: [Check] = [
    identity, tooLow, noise, divides, errors, least, invisible,
  ]

  static let identity = Check(
    "identity", "A = B D_2⁺ C",
    because: "θ = U Vᵀ and D has the same rank: what the rows of D say of A's row, they say of A",
    claims: ["A-055"], as: .step, changing: { _ in [Given("σ", 0.0)] }
  ) { parts, problem in
    let (blocks, theta) = (try problem.blocks(problem.theta), problem.theta)
    let m = TwoByTwo(blocks.d).inverse(rank: 2)
    return .equal(
      theta[0][0], try parts.predict(blocks, 2)[0, 0],
      rounding: .of(
        size: TwoByTwo.size(blocks.b.array, m, blocks.c.array),
        because: "terms of B D⁺ C of this size cancel"))
  }

  static let tooLow = Check(
    "too-low", "A − B D_1⁺ C = B (D_2⁺ − D_1⁺) C",
    because: "one part of D is missing: what A had of it is missed", claims: ["A-055"],
    as: .consequence, changing: { _ in [Given("σ", 0.0)] }
  ) { parts, problem in
    let blocks = try problem.blocks(problem.theta)
    let m = TwoByTwo(blocks.d).inverseOfPart(larger: false)
    return .equal(
      problem.theta[0][0] - (try parts.predict(blocks, 1)[0, 0]),
      TwoByTwo.product(blocks.b.array, m, blocks.c.array),
      rounding: .of(
        terms: 256, size: TwoByTwo.size(blocks.b.array, m, blocks.c.array) + 4,
        because:
          "terms of B D⁺ C of this size cancel, and the vector of the small part is turned by it"))
  }

  static let noise = Check(
    "noise", "E[(A − B M C)²] = (a − b M c)² + σ² (1 + |M c|² + |b M|²) + σ⁴ Σ M²,  M = D_1⁺",
    because:
      "D is as θ has it; A, B and C are independent of each other: squares add, cross terms vanish",
    claims: ["A-055"], as: .step
  ) { parts, problem in
    let means = try problem.blocks(problem.theta)
    let m = Matrix(TwoByTwo(means.d).inverse(rank: 1))
    let judged = try exactMeans { choices in
      var x = problem.theta
      for (i, j) in [(0, 0), (0, 1), (0, 2), (1, 0), (2, 0)] {
        x[i][j] += try choices.flip(0.5) ? problem.noise : -problem.noise
      }
      let blocks = try problem.blocks(x)
      let miss = blocks.a[0, 0] - (try parts.predict(blocks, 1)[0, 0])
      return [miss * miss]
    }
    return .equal(
      judged, [BlockErrorLaw(means: means, noise: problem.noise).meanSquare(of: m)],
      rounding: .of(terms: 256, size: 16, because: "predictions of size 4 are squared"))
  }

  static let divides = Check(
    "divides",
    "E[(x_11 − x_12 x_21/x_22)²] = E[x_11²] − 2 θ_11 θ_12 θ_21 E[1/x_22] + E[x_12²] E[x_21²] E[1/x_22²]",
    because: "rank one on four entries: all four are independent, and the noise of D is divided by",
    claims: ["A-055"], as: .consequence, changing: { [Given("σ", gentle($0))] }
  ) { parts, problem in
    let theta = Matrix(problem.theta.prefix(2).map { Array($0.prefix(2)) })
    let small = try NoisyMatrix(signal: theta, noise: gentle(problem))
    let judged = try exactMeans { choices in
      let blocks = try FourBlocks(of: try small.draw(&choices), rows: [0], columns: [0])
      let miss = blocks.a[0, 0] - (try parts.predict(blocks, 1)[0, 0])
      return [miss * miss]
    }
    return .equal(
      judged, [try BlockErrorLaw.twoByTwo(small)],
      rounding: .of(terms: 256, size: 100, because: "squares of up to 100 cancel"))
  }

  static let errors = Check(
    "errors", "e_k = Σ_ij (x_ij − B D_k⁺ C)²,  k = 0, 1",
    because: "every entry is A once, and nothing that is held out is used before",
    claims: ["A-055"], as: .step
  ) { parts, problem in
    let x = problem.seen
    return .equal(
      Array(try parts.errors(x).prefix(2)), [own(x, rank: 0), own(x, rank: 1)],
      rounding: .of(terms: 512, size: 64, because: "nine squares of predictions of size 4"))
  }

  static let least = Check(
    "least", "k* = 2,  e = (9, 5, 2, 2, 3)",
    because: "the smallest error decides, and of equal ones the smallest k",
    as: .specialCase, changing: { _ in [Given("e", [9.0, 5.0, 2.0, 2.0, 3.0])] }
  ) { parts, _ in
    .equal(parts.choose([9, 5, 2, 2, 3]), 2)
  }

  static let invisible = Check(
    "invisible", "e_0 = x_11² + x_22² + x_33²,  e_1 = e_0,  e_2 = e_0,  X diagonal",
    because: "a dimension that lives in one row and one column cannot be seen from elsewhere",
    as: .consequence, changing: { [Given("X", words: "diagonal (\(diagonalText($0)))")] }
  ) { parts, problem in
    let entries = problem.theta.indices.map { problem.theta[$0][$0] }
    let x = entries.indices.map { i in entries.indices.map { $0 == i ? entries[i] : 0 } }
    let sum = entries.map { ExactValue($0) * ExactValue($0) }.sum()
    return .equal(try parts.errors(x), [sum, sum, sum])
  }

  /// A σ with which the divisor x_22 stays away from zero.
  @Sendable private static func gentle(_ problem: MatrixProblem) -> Double {
    min(problem.noise, 0.2 * problem.theta[1][1])
  }

  private static func diagonalText(_ problem: MatrixProblem) -> String {
    problem.theta.indices.map { Format.short(problem.theta[$0][$0], digits: 3) }
      .joined(separator: ", ")
  }

  /// Σ_ij (x_ij − B D_k⁺ C)², by another route to D_k⁺.
  static func own(_ x: [[Double]], rank: Int) -> Double {
    var sum = 0.0
    for i in 0..<3 {
      for j in 0..<3 {
        let (rows, columns) = ((0..<3).filter { $0 != i }, (0..<3).filter { $0 != j })
        let m = TwoByTwo(rows.map { row in columns.map { x[row][$0] } }).inverse(rank: rank)
        let miss = x[i][j] - TwoByTwo.product(columns.map { x[i][$0] }, m, rows.map { x[$0][j] })
        sum += miss * miss
      }
    }
    return sum
  }
}
