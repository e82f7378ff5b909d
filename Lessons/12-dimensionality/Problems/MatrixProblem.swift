import GSL
import LessonKit
import Models
import Networks
import Probability

/// A matrix of three rows and columns with two dimensions, a large one and a small one, seen with noise.
struct MatrixProblem: Sendable {
  /// u and v of each dimension: θ_ij = Σ u_i v_j.
  let parts: [(left: [Double], right: [Double])]
  /// σ.
  let noise: Double

  static let example = MatrixProblem(
    parts: [([1.5, 1.2, 0.8], [1.4, 1, 0.7]), ([0.5, -0.3, -0.6], [0.4, -0.9, 0.5])], noise: 0.4)

  /// The example's large dimension alone.
  static let oneDimension = MatrixProblem(parts: [example.parts[0]], noise: example.noise)

  static func random(_ cases: inout Cases) throws -> MatrixProblem {
    func pair(_ cases: inout Cases) throws -> (large: [Double], small: [Double]) {
      let large = try cases.reals(3, from: 0.8, to: 1.5)
      let first = try cases.real(from: 0.1, to: 0.4)
      // Other signs than the large one: no two rows are parallel.
      let second = try cases.real(from: -0.8, to: -0.4)
      let third = try cases.real(from: 0.4, to: 0.8)
      return (large, [first, second, third])
    }
    let (left, right) = (try pair(&cases), try pair(&cases))
    return MatrixProblem(
      parts: [(left.large, right.large), (left.small, right.small)],
      noise: try cases.real(from: 0.1, to: 0.4))
  }

  /// θ, row by row.
  var theta: [[Double]] {
    parts[0].left.indices.map { i in
      parts[0].right.indices.map { j in parts.reduce(0) { $0 + $1.left[i] * $1.right[j] } }
    }
  }

  /// The same as a law of what is seen.
  var matrix: NoisyMatrix {
    get throws { try NoisyMatrix(signal: Matrix(theta), noise: noise) }
  }

  /// One X that may be seen: θ with these signs of the noise.
  var seen: [[Double]] {
    let signs: [[Double]] = [[1, 1, -1], [-1, 1, -1], [1, -1, 1]]
    return theta.indices.map { i in
      theta[i].indices.map { j in theta[i][j] + noise * signs[i][j] }
    }
  }

  /// The four blocks of a matrix whose first entry is held out.
  func blocks(_ x: [[Double]]) throws -> FourBlocks {
    try FourBlocks(of: Matrix(x), rows: [0], columns: [0])
  }
}

extension MatrixProblem: Shown {
  /// θ and σ, and one X that may be seen.
  var givens: [Given] { law + [Given("X", seen)] }

  /// θ and σ.
  var law: [Given] { [Given("θ", theta), Given("σ", noise)] }
}

/// D_k⁺ of a matrix of two rows and columns by another route than its singular parts.
///
/// ```
/// D_1⁺ = v (D v)ᵀ/λ,  (Dᵀ D) v = λ v, the larger λ;     D_2⁺ = D⁻¹ = adj(D)/|D|
/// ```
struct TwoByTwo: Sendable {
  let d: [[Double]]

  init(_ d: [[Double]]) { self.d = d }

  init(_ matrix: Matrix) { d = [[matrix[0, 0], matrix[0, 1]], [matrix[1, 0], matrix[1, 1]]] }

  func inverse(rank: Int) -> [[Double]] {
    switch rank {
    case 0: return [[0, 0], [0, 0]]
    case 1: return inverseOfPart(larger: true)
    default:
      let determinant = d[0][0] * d[1][1] - d[0][1] * d[1][0]
      return [
        [d[1][1] / determinant, -d[0][1] / determinant],
        [-d[1][0] / determinant, d[0][0] / determinant],
      ]
    }
  }

  /// v (D v)ᵀ/λ of the larger or the smaller λ.
  func inverseOfPart(larger: Bool) -> [[Double]] {
    let (a, b, c) = (
      d[0][0] * d[0][0] + d[1][0] * d[1][0], d[0][0] * d[0][1] + d[1][0] * d[1][1],
      d[0][1] * d[0][1] + d[1][1] * d[1][1]
    )
    let half = hypot((a - c) / 2, b)
    // The determinant is the product of both: the smaller one without cancellation.
    let determinant = d[0][0] * d[1][1] - d[0][1] * d[1][0]
    let top = (a + c) / 2 + half
    let lambda = larger ? top : determinant * determinant / top
    // (a − λ) v_1 + b v_2 = 0.
    let direction = larger ? [b, top - a] : [top - a, -b]
    let length = hypot(direction[0], direction[1])
    let v = direction.map { $0 / length }
    let image = [d[0][0] * v[0] + d[0][1] * v[1], d[1][0] * v[0] + d[1][1] * v[1]]
    return v.map { entry in image.map { entry * $0 / lambda } }
  }

  /// b M c, for a row b and a column c.
  static func product(_ b: [Double], _ m: [[Double]], _ c: [Double]) -> Double {
    zip(b, m).reduce(0) { $0 + $1.0 * ($1.1[0] * c[0] + $1.1[1] * c[1]) }
  }

  /// How large terms of b M c are.
  static func size(_ b: [Double], _ m: [[Double]], _ c: [Double]) -> Double {
    zip(b, m).reduce(0) {
      $0 + abs($1.0) * (abs($1.1[0] * c[0]) + abs($1.1[1] * c[1]))
    }
  }
}
