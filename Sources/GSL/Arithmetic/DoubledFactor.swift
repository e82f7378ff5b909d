extension LinearAlgebra {
  /// A = L D Lᵀ for a symmetric positive definite A, with twice the digits of a double.
  ///
  /// A determinant loses as many digits as the condition number of its matrix has: beyond 10^7
  /// Cholesky in doubles leaves fewer than nine.
  public struct DoubledFactor: Sendable {
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
      for k in 0..<n {
        let pivot = rest[k * n + k]
        // The pivot carries about (k + 1)·2^-104·a_kk of rounding.
        guard pivot.high > 0x1p-68 * entries[k * n + k].high, pivot.high.isFinite else {
          return nil
        }
        pivots.append(pivot)
        for i in (k + 1)..<max(n, k + 1) {
          let ratio = rest[i * n + k] / pivot
          for j in (k + 1)...i { rest[i * n + j] -= ratio * rest[j * n + k] }
        }
        for i in (k + 1)..<max(n, k + 1) { rest[i * n + k] = rest[i * n + k] / pivot }
      }
      (order, self.pivots, lower) = (n, pivots, rest)
    }

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

    /// uᵀ A⁻¹ v = Σ_i y_i z_i / D_i, given the y and z with L y = u and L z = v.
    public func form(_ left: [DoubleDouble], _ right: [DoubleDouble]) -> DoubleDouble {
      var form = DoubleDouble(0)
      for i in left.indices { form += left[i] * right[i] / pivots[i] }
      return form
    }
  }
}
