internal import CGSL

extension LinearAlgebra {
  /// An eigenvalue of a real matrix: real, or one of a conjugate pair.
  public struct Eigenvalue: Hashable, Sendable {
    /// The real part.
    public let real: Double
    /// The imaginary part, zero for a real eigenvalue.
    public let imaginary: Double

    /// Its distance from zero, without the overflow of a square.
    public var modulus: Double {
      let (large, small) = (
        max(real.magnitude, imaginary.magnitude), min(real.magnitude, imaginary.magnitude)
      )
      guard large > 0 else { return 0 }
      let ratio = small / large
      return large * (1 + ratio * ratio).squareRoot()
    }
  }

  /// Returns the eigenvalues of a square matrix, each as often as it is a root of the characteristic
  /// polynomial, in no order.
  ///
  /// The matrix is balanced, then reduced by the double-shift algorithm of Francis.
  public static func eigenvalues(
    order n: Int, _ entries: [Double]
  ) throws(GSLError) -> [Eigenvalue] {
    try check("eigenvalues", "matrix", rows: n, columns: n, entries)
    let shape = "matrix: \(n) x \(n)"
    guard let workspace = unsafe gsl_eigen_nonsymm_alloc(n),
      let values = unsafe gsl_vector_complex_calloc(n)
    else { throw GSLError("eigenvalues", .outOfMemory, arguments: shape) }
    defer {
      unsafe gsl_eigen_nonsymm_free(workspace)
      unsafe gsl_vector_complex_free(values)
    }
    unsafe gsl_eigen_nonsymm_params(0, 1, workspace)
    var matrix = entries
    let status = unsafe withMatrix(&matrix, rows: n, columns: n) {
      unsafe gsl_eigen_nonsymm($0, values, workspace)
    }
    try check(status, "eigenvalues", shape)
    // Real and imaginary parts in turn.
    return (0..<n).map { index in
      unsafe Eigenvalue(
        real: values.pointee.data[2 * index], imaginary: values.pointee.data[2 * index + 1])
    }
  }
}
