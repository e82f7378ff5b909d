public import Models

/// A matrix of rank one through the entries that are seen, by alternating least squares.
///
/// ```
/// u_i = Σ_j g_ij x_ij v_j / Σ_j g_ij v_j²,   then the same for v given u;   g_ij = 1 where x_ij is seen
/// ```
/// Wold 1978, "Cross-validatory estimation of the number of components in factor and principal components models".
public struct RankOneCompletion: Sendable, Equatable {
  /// u, a number a row.
  public private(set) var rows: [Double]
  /// v, a number a column.
  public private(set) var columns: [Double]

  // listing: 12 speckled
  /// The best u for a given v, from what is seen alone.
  public static func rowFactors(_ matrix: SpeckledMatrix, given columns: [Double]) -> [Double] {
    matrix.entries.indices.map { i in
      var (product, square) = (0.0, 0.0)
      for (j, v) in columns.enumerated() where matrix.isSeen[i][j] {
        product += matrix.entries[i][j] * v
        square += v * v
      }
      return product / square
    }
  }
  // end of listing

  /// Sweeps until the fit stands still, or there were as many as allowed.
  public init(fitting matrix: SpeckledMatrix, sweeps: Int = 100) throws(ModelError) {
    let turned = matrix.transposed
    rows = matrix.entries.map { _ in 1 }
    columns = Self.rowFactors(turned, given: rows)
    for _ in 0..<sweeps {
      let before = rows
      rows = Self.rowFactors(matrix, given: columns)
      columns = Self.rowFactors(turned, given: rows)
      guard (rows + columns).allSatisfy(\.isFinite) else {
        throw ModelError("sweep", "a factor fell to zero where something is seen")
      }
      let moved = zip(rows, before).reduce(0) { max($0, abs($1.0 - $1.1)) }
      if moved <= 1e-12 * (rows.map(abs).max() ?? 0) { break }
    }
  }

  /// The mean of (x_ij − u_i v_j)² over what is not seen.
  public static func holeError(
    of matrix: SpeckledMatrix, rows: [Double], columns: [Double]
  ) -> Double {
    var (sum, count) = (0.0, 0)
    for (i, u) in rows.enumerated() {
      for (j, v) in columns.enumerated() where !matrix.isSeen[i][j] {
        let miss = matrix.entries[i][j] - u * v
        sum += miss * miss
        count += 1
      }
    }
    return sum / Double(count)
  }
}

/// Σ (x_ij − x̂_ij)² over all entries, each a hole once: for rank 0, where x̂ = 0, and rank 1.
package func speckledErrors(of entries: [[Double]]) throws(ModelError) -> [Double] {
  var errors = [0.0, 0.0]
  for (i, row) in entries.enumerated() {
    for (j, x) in row.enumerated() {
      let holed = try SpeckledMatrix(entries, holeAt: i, j)
      let fit = try RankOneCompletion(fitting: holed)
      errors[0] += x * x
      errors[1] += RankOneCompletion.holeError(of: holed, rows: fit.rows, columns: fit.columns)
    }
  }
  return errors
}
