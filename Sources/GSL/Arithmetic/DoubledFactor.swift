extension LinearAlgebra {
  /// A = L D Lᵀ for a symmetric positive definite A, with twice the digits of a double.
  ///
  /// A determinant loses as many digits as the condition number of its matrix has: beyond 10^7
  /// Cholesky in doubles leaves fewer than nine.
  public struct DoubledFactor: Sendable, Equatable {
    /// n, the order of the matrix.
    public let order: Int
    /// D, the squares of the diagonal of Cholesky's factor; their product is the determinant.
    public let pivots: [DoubleDouble]
    /// L, row after row, with ones on the diagonal; what is above it means nothing.
    private let lower: [DoubleDouble]

    /// Factors a matrix given row after row, of which only the lower triangle is read; nil when it
    /// is not positive definite, or so nearly singular that a third of the digits is lost.
    public init?(order n: Int, _ entries: [DoubleDouble]) {
      guard n > 0, entries.count == n * n else { return nil }
      var (rest, pivots) = (entries, [DoubleDouble]())
      var loss = 1.0
      for k in 0..<n {
        let pivot = rest[k * n + k]
        // The pivot carries about (k + 1)·2^-104·a_kk of rounding.
        guard pivot.high > 0x1p-68 * entries[k * n + k].high, pivot.high.isFinite else {
          return nil
        }
        pivots.append(pivot)
        loss = max(loss, entries[k * n + k].high / pivot.high)
        for i in (k + 1)..<max(n, k + 1) {
          let ratio = rest[i * n + k] / pivot
          for j in (k + 1)...i { rest[i * n + j] -= ratio * rest[j * n + k] }
        }
        for i in (k + 1)..<max(n, k + 1) { rest[i * n + k] = rest[i * n + k] / pivot }
      }
      (order, self.pivots, lower, self.loss) = (n, pivots, rest, loss)
    }

    /// The largest ratio of a diagonal entry of A to its pivot: so many times of 2⁻¹⁰⁴ a pivot is off.
    public let loss: Double

    /// vᵀ A⁻¹ v = Σ_i y_i² / D_i with L y = v.
    public func inverseForm(_ vector: [DoubleDouble]) -> DoubleDouble {
      let solved = lowerSolved(vector)
      return form(solved, solved)
    }

    /// The y with L y = v.
    public func lowerSolved(_ vector: [DoubleDouble]) -> [DoubleDouble] {
      var solved = vector
      for i in vector.indices {
        for j in 0..<i { solved[i] -= lower[i * order + j] * solved[j] }
      }
      return solved
    }

    /// The x with A x = v, given the y with L y = v: Lᵀ x = D⁻¹ y.
    public func upperSolved(_ solved: [DoubleDouble]) -> [DoubleDouble] {
      var result = zip(solved, pivots).map { $0 / $1 }
      for i in result.indices.reversed() {
        for j in (i + 1)..<max(i + 1, order) { result[i] -= lower[j * order + i] * result[j] }
      }
      return result
    }

    /// uᵀ A⁻¹ v = Σ_i y_i z_i / D_i, given the y and z with L y = u and L z = v.
    public func form(_ left: [DoubleDouble], _ right: [DoubleDouble]) -> DoubleDouble {
      var form = DoubleDouble(0)
      for i in left.indices { form += left[i] * right[i] / pivots[i] }
      return form
    }
  }
}
