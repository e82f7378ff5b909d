internal import CGSL

// Factorisations of symmetric matrices.
extension LinearAlgebra {
  /// Returns the lower triangular L with positive diagonal and L·Lᵀ = A.
  public static func cholesky(order n: Int, _ entries: [Double]) throws(GSLError) -> [Double] {
    try choleskyFactor("cholesky", order: n, entries)
  }

  static func choleskyFactor(
    _ function: String, order n: Int, _ entries: [Double]
  ) throws(GSLError) -> [Double] {
    let symmetric = try symmetrised(function, order: n, entries)
    var factor = symmetric
    let status = unsafe withMatrix(&factor, rows: n, columns: n) {
      unsafe gsl_linalg_cholesky_decomp1($0)
    }
    let shape = "matrix: \(n) x \(n)"
    guard Int(status) != GSL_EDOM else {
      throw GSLError(function, .notPositiveDefinite, arguments: shape)
    }
    try check(status, function, shape)
    for i in 0..<n {
      // The pivot l² = a - Σ l_j² carries up to (n + 1)·ε·a of rounding (Higham 2002, theorem 10.3).
      let pivot = factor[i * n + i] * factor[i * n + i]
      guard pivot > Double(n + 1) * .ulpOfOne * symmetric[i * n + i] else {
        throw GSLError(
          function, .notPositiveDefinite, arguments: "\(shape), pivot \(i) lost to rounding")
      }
      for j in (i + 1)..<max(n, i + 1) { factor[i * n + j] = 0 }
    }
    return factor
  }

  /// Returns the X with A·X = `right`, for A symmetric and positive definite.
  ///
  /// `right` has `order` rows and `rightColumns` columns, and so has the answer.
  public static func choleskySolve(
    order n: Int, _ entries: [Double], right: [Double], rightColumns: Int = 1
  ) throws(GSLError) -> [Double] {
    try check("choleskySolve", "right", rows: n, columns: rightColumns, right)
    var factor = try choleskyFactor("choleskySolve", order: n, entries)
    var solution = right
    let status = unsafe withMatrix(&factor, rows: n, columns: n) { factor in
      unsafe withMatrix(&solution, rows: n, columns: rightColumns) { solution in
        let forward = unsafe gsl_blas_dtrsm(
          CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, 1, factor, solution)
        let backward = unsafe gsl_blas_dtrsm(
          CblasLeft, CblasLower, CblasTrans, CblasNonUnit, 1, factor, solution)
        return Int(forward) == GSL_SUCCESS ? backward : forward
      }
    }
    try check(status, "choleskySolve", "matrix: \(n) x \(n)")
    return try finite(solution, "choleskySolve", "matrix: \(n) x \(n)")
  }

  /// Returns the X with L·X = `right` for a lower triangular L; what is above its diagonal is
  /// ignored.
  ///
  /// With L from ``cholesky(order:_:)`` this whitens: the columns of X have unit covariance.
  public static func lowerSolve(
    order n: Int, _ factor: [Double], right: [Double], rightColumns: Int = 1
  ) throws(GSLError) -> [Double] {
    try check("lowerSolve", "factor", rows: n, columns: n, factor)
    try check("lowerSolve", "right", rows: n, columns: rightColumns, right)
    if let zero = (0..<n).first(where: { factor[$0 * n + $0] == 0 }) {
      throw GSLError("lowerSolve", .singular, arguments: "factor[\(zero)][\(zero)] is 0")
    }
    var (factor, solution) = (factor, right)
    let status = unsafe withMatrix(&factor, rows: n, columns: n) { factor in
      unsafe withMatrix(&solution, rows: n, columns: rightColumns) { solution in
        unsafe gsl_blas_dtrsm(
          CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, 1, factor, solution)
      }
    }
    try check(status, "lowerSolve", "factor: \(n) x \(n)")
    return try finite(solution, "lowerSolve", "factor: \(n) x \(n)")
  }

  /// The eigenvalues of a symmetric matrix, ascending, and its orthonormal eigenvectors.
  public struct SymmetricEigensystem: Hashable, Sendable {
    /// The eigenvalues, smallest first.
    public let values: [Double]
    /// The eigenvectors as the columns of a square matrix, given row after row.
    public let vectors: [Double]
  }

  /// Returns the eigenvalues of a symmetric matrix, smallest first: a fraction of the work that they
  /// are with their eigenvectors.
  public static func symmetricEigenvalues(
    order n: Int, _ entries: [Double]
  ) throws(GSLError) -> [Double] {
    var matrix = try symmetrised("symmetricEigenvalues", order: n, entries)
    let shape = "matrix: \(n) x \(n)"
    var values = [Double](repeating: 0, count: n)
    guard let workspace = unsafe gsl_eigen_symm_alloc(n) else {
      throw GSLError("symmetricEigenvalues", .outOfMemory, arguments: shape)
    }
    defer { unsafe gsl_eigen_symm_free(workspace) }
    let status = unsafe withMatrix(&matrix, rows: n, columns: n) { matrix in
      unsafe withVector(&values) { values in unsafe gsl_eigen_symm(matrix, values, workspace) }
    }
    try check(status, "symmetricEigenvalues", shape)
    return values.sorted()
  }

  /// Returns the eigenvalues and eigenvectors of a symmetric matrix.
  public static func symmetricEigen(
    order n: Int, _ entries: [Double]
  ) throws(GSLError) -> SymmetricEigensystem {
    var matrix = try symmetrised("symmetricEigen", order: n, entries)
    let shape = "matrix: \(n) x \(n)"
    var values = [Double](repeating: 0, count: n)
    var vectors = [Double](repeating: 0, count: n * n)
    guard let workspace = unsafe gsl_eigen_symmv_alloc(n) else {
      throw GSLError("symmetricEigen", .outOfMemory, arguments: shape)
    }
    defer { unsafe gsl_eigen_symmv_free(workspace) }
    let status = unsafe withMatrix(&matrix, rows: n, columns: n) { matrix in
      unsafe withVector(&values) { values in
        unsafe withMatrix(&vectors, rows: n, columns: n) { vectors in
          let found = unsafe gsl_eigen_symmv(matrix, values, vectors, workspace)
          guard Int(found) == GSL_SUCCESS else { return found }
          return unsafe gsl_eigen_symmv_sort(values, vectors, GSL_EIGEN_SORT_VAL_ASC)
        }
      }
    }
    try check(status, "symmetricEigen", shape)
    return SymmetricEigensystem(values: values, vectors: vectors)
  }
}
