internal import CGSL

// Factorisations of matrices without symmetry.
extension LinearAlgebra {
  /// P·A = L·U with partial pivoting, as GSL packs it.
  private struct Factored {
    let order: Int
    var packed: [Double]
    /// The row of A that stands in each row of P·A.
    let rows: [Int]
    /// The determinant of P.
    let sign: Int

    init(_ function: String, order n: Int, _ entries: [Double]) throws(GSLError) {
      try check(function, "matrix", rows: n, columns: n, entries)
      guard let permutation = unsafe gsl_permutation_alloc(n) else {
        throw GSLError(function, .outOfMemory, arguments: "matrix: \(n) x \(n)")
      }
      defer { unsafe gsl_permutation_free(permutation) }
      var packed = entries
      var sign: Int32 = 0
      let status = unsafe withMatrix(&packed, rows: n, columns: n) {
        unsafe gsl_linalg_LU_decomp($0, permutation, &sign)
      }
      try check(status, function, "matrix: \(n) x \(n)")
      order = n
      self.packed = packed
      self.sign = Int(sign)
      rows = (0..<n).map { unsafe Int(gsl_permutation_get(permutation, $0)) }
    }

    /// Refuses a matrix with a pivot no larger than its rounding error.
    ///
    /// Pivot k is a_kk - Σ_{j<k} l_kj·u_jk, rounded by up to n·ε·(|u_kk| + Σ |l_kj·u_jk|); a matrix
    /// that close to a singular one cannot be told from it (Higham 2002, theorem 9.3).
    func requireInvertible(_ function: String) throws(GSLError) {
      let n = order
      for k in 0..<n {
        let pivot = packed[k * n + k].magnitude
        var terms = pivot
        for j in 0..<k { terms += (packed[k * n + j] * packed[j * n + k]).magnitude }
        guard pivot > Double(n) * .ulpOfOne * terms else {
          throw GSLError(function, .singular, arguments: "matrix: \(n) x \(n), pivot \(k)")
        }
      }
    }
  }

  /// Returns the X with A·X = `right` for a square A, by LU with partial pivoting.
  ///
  /// `right` has `order` rows and `rightColumns` columns, and so has the answer.
  public static func solve(
    order n: Int, _ entries: [Double], right: [Double], rightColumns: Int = 1
  ) throws(GSLError) -> [Double] {
    try check("solve", "right", rows: n, columns: rightColumns, right)
    return try solve("solve", order: n, entries, right, rightColumns)
  }

  private static func solve(
    _ function: String, order n: Int, _ entries: [Double], _ right: [Double], _ rightColumns: Int
  ) throws(GSLError) -> [Double] {
    var factored = try Factored(function, order: n, entries)
    try factored.requireInvertible(function)
    var solution = factored.rows.flatMap { row in
      right[(row * rightColumns)..<((row + 1) * rightColumns)]
    }
    let status = unsafe withMatrix(&factored.packed, rows: n, columns: n) { packed in
      unsafe withMatrix(&solution, rows: n, columns: rightColumns) { solution in
        let forward = unsafe gsl_blas_dtrsm(
          CblasLeft, CblasLower, CblasNoTrans, CblasUnit, 1, packed, solution)
        let backward = unsafe gsl_blas_dtrsm(
          CblasLeft, CblasUpper, CblasNoTrans, CblasNonUnit, 1, packed, solution)
        return Int(forward) == GSL_SUCCESS ? backward : forward
      }
    }
    try check(status, function, "matrix: \(n) x \(n)")
    return try finite(solution, function, "matrix: \(n) x \(n)")
  }

  /// Returns the inverse of a square matrix.
  public static func inverse(order n: Int, _ entries: [Double]) throws(GSLError) -> [Double] {
    try check("inverse", "matrix", rows: n, columns: n, entries)
    var identity = [Double](repeating: 0, count: n * n)
    for i in 0..<n { identity[i * n + i] = 1 }
    return try solve("inverse", order: n, entries, identity, n)
  }

  /// A determinant as its sign (1, -1 or 0) and the logarithm of its magnitude.
  public struct LogDeterminant: Hashable, Sendable {
    /// The sign: 1, -1, or 0 for a determinant of 0.
    public let sign: Int
    /// The logarithm of the magnitude, -infinity for a determinant of 0.
    public let logMagnitude: Double
  }

  /// Returns the determinant of a square matrix in logarithms; 0 is an answer, not an error.
  public static func logDeterminant(
    order n: Int, _ entries: [Double]
  ) throws(GSLError) -> LogDeterminant {
    let factored = try Factored("logDeterminant", order: n, entries)
    var sign = factored.sign
    var logMagnitude = CompensatedSum()
    for k in 0..<n {
      let pivot = factored.packed[k * n + k]
      if pivot == 0 { return LogDeterminant(sign: 0, logMagnitude: -.infinity) }
      if pivot < 0 { sign = -sign }
      logMagnitude += log(pivot.magnitude)
    }
    return LogDeterminant(sign: sign, logMagnitude: logMagnitude.value)
  }

  // MARK: Rectangular

  /// Returns the singular values of a matrix, largest first.
  public static func singularValues(
    rows: Int, columns: Int, _ entries: [Double]
  ) throws(GSLError) -> [Double] {
    try check("singularValues", "matrix", rows: rows, columns: columns, entries)
    // GSL wants at least as many rows as columns; the transpose has the same singular values.
    if rows < columns {
      let turned = transposed(rows: rows, columns: columns, entries)
      return try Singular("singularValues", rows: columns, columns: rows, turned).values
    }
    return try Singular("singularValues", rows: rows, columns: columns, entries).values
  }

  /// A = U·S·Vᵀ for a matrix with at least as many rows as columns.
  struct Singular {
    var left: [Double]
    var values: [Double]
    var right: [Double]

    init(
      _ function: String, rows: Int, columns: Int, _ entries: [Double]
    ) throws(GSLError) {
      var (left, work) = (entries, [Double](repeating: 0, count: columns))
      var values = work
      var right = [Double](repeating: 0, count: columns * columns)
      let status = unsafe withMatrix(&left, rows: rows, columns: columns) { left in
        unsafe withMatrix(&right, rows: columns, columns: columns) { right in
          unsafe withVector(&values) { values in
            unsafe withVector(&work) { unsafe gsl_linalg_SV_decomp(left, right, values, $0) }
          }
        }
      }
      try check(status, function, "matrix: \(rows) x \(columns)")
      (self.left, self.values, self.right) = (left, values, right)
    }
  }

  /// Returns the x that makes ‖A·x - right‖ smallest, for A of full column rank, by its singular
  /// values.
  public static func leastSquares(
    rows: Int, columns: Int, _ entries: [Double], right: [Double]
  ) throws(GSLError) -> [Double] {
    try check("leastSquares", "matrix", rows: rows, columns: columns, entries)
    try check("leastSquares", "right", rows: rows, columns: 1, right)
    guard rows >= columns else {
      throw GSLError(
        "leastSquares", .badArgument("expected at least as many rows as columns"),
        arguments: "matrix: \(rows) x \(columns)")
    }
    var parts = try Singular("leastSquares", rows: rows, columns: columns, entries)
    // Below this a singular value is indistinguishable from 0 (Golub and Van Loan, section 5.4.1).
    let (largest, smallest) = (parts.values[0], parts.values[columns - 1])
    guard smallest > Double(rows) * .ulpOfOne * largest else {
      throw GSLError(
        "leastSquares", .singular, arguments: "matrix: \(rows) x \(columns), columns dependent")
    }
    var (right, solution) = (right, [Double](repeating: 0, count: columns))
    let status = unsafe withMatrix(&parts.left, rows: rows, columns: columns) { left in
      unsafe withMatrix(&parts.right, rows: columns, columns: columns) { turn in
        unsafe withVector(&parts.values) { values in
          unsafe withVector(&right) { right in
            unsafe withVector(&solution) {
              unsafe gsl_linalg_SV_solve(left, turn, values, right, $0)
            }
          }
        }
      }
    }
    try check(status, "leastSquares", "matrix: \(rows) x \(columns)")
    return try finite(solution, "leastSquares", "matrix: \(rows) x \(columns)")
  }
}
