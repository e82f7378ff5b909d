internal import CGSL

/// Dense linear algebra on plain arrays: a matrix is its entries, one row after the other.
///
/// Every function refuses entries that are not finite and arrays of the wrong length, and says
/// where. "Singular" and "not positive definite" are meant to working precision: a pivot no larger
/// than the rounding error it may carry counts as zero, whatever the scale of rows and columns.
public enum LinearAlgebra {
  /// Refuses a matrix of impossible shape or with an entry that is not finite.
  static func check(
    _ function: String, _ name: String, rows: Int, columns: Int, _ entries: [Double]
  ) throws(GSLError) {
    let shape = "\(name): \(rows) x \(columns)"
    guard rows > 0, columns > 0 else {
      throw GSLError(
        function, .badArgument("expected at least one row and one column"), arguments: shape)
    }
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow, entries.count == count else {
      throw GSLError(
        function, .badArgument("found \(entries.count) entries"), arguments: shape)
    }
    if let bad = entries.firstIndex(where: { !$0.isFinite }) {
      throw GSLError(
        function, .badArgument("expected a finite number, found \(entries[bad])"),
        arguments: "\(name)[\(bad / columns)][\(bad % columns)]")
    }
  }

  /// Refuses a matrix that is not symmetric, and returns it with rounding's asymmetry averaged out.
  ///
  /// Two ways to compute one entry may differ by rounding; more than half the digits of the largest
  /// entry is a mistake.
  static func symmetrised(
    _ function: String, order n: Int, _ entries: [Double]
  ) throws(GSLError) -> [Double] {
    try check(function, "matrix", rows: n, columns: n, entries)
    let allowed = 0x1p-26 * entries.reduce(0) { max($0, $1.magnitude) }
    var symmetric = entries
    for i in 0..<n {
      for j in 0..<i {
        let (below, above) = (entries[i * n + j], entries[j * n + i])
        guard (below - above).magnitude <= allowed else {
          throw GSLError(
            function, .badArgument("not symmetric: \(below) below the diagonal, \(above) above"),
            arguments: "matrix[\(i)][\(j)]")
        }
        let mean = below + (above - below) / 2
        symmetric[i * n + j] = mean
        symmetric[j * n + i] = mean
      }
    }
    return symmetric
  }

  /// Turns a status other than success into an error.
  static func check(_ status: Int32, _ function: String, _ arguments: String) throws(GSLError) {
    guard Int(status) == GSL_SUCCESS else {
      throw GSLError(function, GSLError.Kind(status: status), arguments: arguments)
    }
  }

  /// Passes on an answer of which every entry is finite.
  static func finite(
    _ answer: [Double], _ function: String, _ arguments: String
  ) throws(GSLError) -> [Double] {
    guard answer.allSatisfy(\.isFinite) else {
      throw GSLError(function, .overflow, arguments: arguments)
    }
    return answer
  }

  /// Lends GSL an array as a matrix it may write to.
  static func withMatrix<Result>(
    _ entries: inout [Double], rows: Int, columns: Int,
    _ body: (UnsafeMutablePointer<gsl_matrix>) -> Result
  ) -> Result {
    AbortHandler.ensureOff()
    return unsafe entries.withUnsafeMutableBufferPointer { buffer in
      // The room's functions have checked the length, and that it is not zero.
      var matrix = unsafe gsl_matrix(
        size1: rows, size2: columns, tda: columns, data: buffer.baseAddress, block: nil, owner: 0)
      return unsafe body(&matrix)
    }
  }

  /// Lends GSL an array as a vector it may write to.
  static func withVector<Result>(
    _ entries: inout [Double], _ body: (UnsafeMutablePointer<gsl_vector>) -> Result
  ) -> Result {
    AbortHandler.ensureOff()
    let count = entries.count
    return unsafe entries.withUnsafeMutableBufferPointer { buffer in
      var vector = unsafe gsl_vector(
        size: count, stride: 1, data: buffer.baseAddress, block: nil, owner: 0)
      return unsafe body(&vector)
    }
  }

  // MARK: Products

  /// Returns A · B for A of `rows` x `inner` and B of `inner` x `columns`.
  public static func product(
    rows: Int, inner: Int, columns: Int, _ a: [Double], _ b: [Double]
  ) throws(GSLError) -> [Double] {
    try check("product", "left", rows: rows, columns: inner, a)
    try check("product", "right", rows: inner, columns: columns, b)
    var (left, right) = (a, b)
    var result = [Double](repeating: 0, count: rows * columns)
    let status = unsafe withMatrix(&left, rows: rows, columns: inner) { left in
      unsafe withMatrix(&right, rows: inner, columns: columns) { right in
        unsafe withMatrix(&result, rows: rows, columns: columns) { result in
          unsafe gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, left, right, 0, result)
        }
      }
    }
    let shape = "\(rows) x \(inner) by \(inner) x \(columns)"
    try check(status, "product", shape)
    return try finite(result, "product", shape)
  }

  static func transposed(rows: Int, columns: Int, _ entries: [Double]) -> [Double] {
    var result = entries
    for i in 0..<rows {
      for j in 0..<columns { result[j * rows + i] = entries[i * columns + j] }
    }
    return result
  }
}
