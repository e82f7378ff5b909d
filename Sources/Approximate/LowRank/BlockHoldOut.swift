public import GSL
public import Models
public import Networks

/// Bi-cross-validation: a block of a matrix is predicted from the three others, for each rank.
///
/// ```
/// Â = B D_k⁺ C
/// ```
/// Gabriel 2002, "Le biplot, outil d'exploration de données multidimensionnelles", holds out single entries; Owen and
/// Perry 2009, "Bi-cross-validation of the SVD and the nonnegative matrix factorization", blocks.
public struct BlockHoldOut: Sendable, Equatable {
  /// How many rows a block has.
  public let rows: Int
  /// How many columns it has.
  public let columns: Int

  /// Blocks of one size; single entries unless said otherwise.
  public init(rows: Int = 1, columns: Int = 1) throws(ModelError) {
    guard rows > 0, columns > 0 else {
      throw ModelError("block", "expected rows and columns, found \(rows) × \(columns)")
    }
    self.rows = rows
    self.columns = columns
  }

  // listing: 12 gabriel
  /// Â, of rank k at most.
  public static func prediction(of blocks: FourBlocks, rank: Int) throws(GSLError) -> Matrix {
    let inverse = try SingularParts(of: blocks.d).inverse(rank: rank)
    return blocks.b.times(inverse).times(blocks.c)
  }
  // end of listing

  /// Σ ‖A − Â‖² over blocks that cover the matrix, for k = 0, 1 … as far as every D allows.
  public func errors(of x: Matrix) throws -> [Double] {
    let largest = max(0, min(x.rows - rows, x.columns - columns))
    var errors = [Double](repeating: 0, count: largest + 1)
    for top in stride(from: 0, to: x.rows, by: rows) {
      for left in stride(from: 0, to: x.columns, by: columns) {
        let blocks = try FourBlocks(
          of: x, rows: Array(top..<min(x.rows, top + rows)),
          columns: Array(left..<min(x.columns, left + columns)))
        let parts = try SingularParts(of: blocks.d)
        for rank in 0...largest {
          let miss = blocks.a - blocks.b.times(parts.inverse(rank: rank)).times(blocks.c)
          errors[rank] += miss.array.reduce(0) { $0 + $1 * $1 }
        }
      }
    }
    return errors
  }
}

/// The rank of the least error, the smallest of several.
public func leastRank(_ errors: [Double]) -> Int {
  errors.indices.min { (errors[$0], $0) < (errors[$1], $1) } ?? 0
}
