public import Models
public import Networks

/// What the prediction A ≈ B M C of a block that is held out misses on average, for a given M.
///
/// The entries of A, B and C are seen with independent noise of mean 0 and variance σ²; whatever else its law is
/// makes no difference, as each entry occurs in the miss at most once in a product. With the means a, b, c:
/// ```
/// E[(A − B M C)_il²] = (a − b M c)_il² + σ² (1 + |(M c)_l|² + |(b M)_i|²) + σ⁴ Σ M²
/// ```
/// M is made of D, whose noise is not in A, B and C. For M = 0 nothing is predicted.
public struct BlockErrorLaw: Sendable {
  /// The means of the four blocks.
  public let means: FourBlocks
  /// σ.
  public let noise: Double

  /// Blocks as they are without noise, and its standard deviation.
  public init(means: FourBlocks, noise: Double) {
    self.means = means
    self.noise = noise
  }

  /// E‖A − B M C‖².
  public func meanSquare(of m: Matrix) -> Double {
    let (right, left) = (m.times(means.c), means.b.times(m))
    let miss = means.a - left.times(means.c)
    let variance = noise * noise
    let product = variance * variance * square(m)
    var sum = 0.0
    for i in 0..<miss.rows {
      for l in 0..<miss.columns {
        let (row, column) = (left.row(i).array, right.column(l).array)
        sum += miss[i, l] * miss[i, l] + product
        sum += variance * (1 + row.reduce(0) { $0 + $1 * $1 } + column.reduce(0) { $0 + $1 * $1 })
      }
    }
    return sum
  }

  private func square(_ m: Matrix) -> Double { m.array.reduce(0) { $0 + $1 * $1 } }
}

extension BlockErrorLaw {
  /// E[(x_11 − x_12 x_21/x_22)²] of a matrix of four entries x_ij = θ_ij ± σ, the divisor among them.
  ///
  /// ```
  /// E[1/x] = θ/(θ² − σ²),   E[1/x²] = (θ² + σ²)/(θ² − σ²)²,   E[x²] = θ² + σ²
  /// ```
  /// Infinite where σ = |θ_22|. With Gaussian noise it is infinite for every σ > 0.
  public static func twoByTwo(_ matrix: NoisyMatrix) throws(ModelError) -> Double {
    guard matrix.signal.rows == 2, matrix.signal.columns == 2 else {
      throw ModelError("signal", "expected two rows and two columns")
    }
    let (theta, variance) = (matrix.signal, matrix.noise * matrix.noise)
    func second(_ i: Int, _ j: Int) -> Double { theta[i, j] * theta[i, j] + variance }
    let gap = theta[1, 1] * theta[1, 1] - variance
    guard gap != 0 else { return .infinity }
    let (inverse, inverseSquare) = (theta[1, 1] / gap, second(1, 1) / (gap * gap))
    return second(0, 0) - 2 * theta[0, 0] * theta[0, 1] * theta[1, 0] * inverse
      + second(0, 1) * second(1, 0) * inverseSquare
  }
}
