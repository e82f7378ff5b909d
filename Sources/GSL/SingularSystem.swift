extension LinearAlgebra {
  /// A matrix taken apart: A = Σ_j s_j u_j v_jᵀ, largest s_j first.
  ///
  /// The u_j and the v_j are orthonormal; there are as many as A has rows or columns, whichever is less.
  public struct SingularSystem: Hashable, Sendable {
    /// s_j, largest first.
    public let values: [Double]
    /// u_j, a list for each j.
    public let left: [[Double]]
    /// v_j, a list for each j.
    public let right: [[Double]]

    /// How many s_j rounding can tell from zero.
    ///
    /// What is below the largest one times ε times the larger side is as good as zero (Golub and Van Loan,
    /// section 5.4.1).
    public var rank: Int {
      let side = max(left.first?.count ?? 0, right.first?.count ?? 0)
      let least = Double(side) * .ulpOfOne * (values.first ?? 0)
      return values.count { $0 > least }
    }
  }

  /// Returns the singular values and vectors of a matrix.
  public static func singularSystem(
    rows: Int, columns: Int, _ entries: [Double]
  ) throws(GSLError) -> SingularSystem {
    try check("singularSystem", "matrix", rows: rows, columns: columns, entries)
    // GSL wants at least as many rows as columns; the transpose has the same parts, left for right.
    guard rows >= columns else {
      let turned = transposed(rows: rows, columns: columns, entries)
      let system = try singularSystem(rows: columns, columns: rows, turned)
      return SingularSystem(values: system.values, left: system.right, right: system.left)
    }
    let parts = try Singular("singularSystem", rows: rows, columns: columns, entries)
    func columnsOf(_ table: [Double], _ count: Int) -> [[Double]] {
      (0..<columns).map { j in (0..<count).map { table[$0 * columns + j] } }
    }
    return SingularSystem(
      values: parts.values, left: columnsOf(parts.left, rows),
      right: columnsOf(parts.right, columns))
  }
}
