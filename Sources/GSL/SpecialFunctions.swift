internal import CGSL

/// The special functions behind densities, divergences and tests, each refusing what it cannot
/// answer.
///
/// Functions for which GSL estimates the error return ``Estimated``; the normal, chi-squared and
/// beta distribution functions and quantiles, for which it gives none, return a plain number.
/// A result below the smallest Double is 0 with that Double as its error, and no failure.
public enum SpecialFunctions {
  /// Calls a function of GSL and turns its status, and any NaN, into an error.
  static func evaluate(
    _ name: String, _ arguments: [Double],
    _ call: (UnsafeMutablePointer<gsl_sf_result>) -> Int32
  ) throws(GSLError) -> Estimated {
    AbortHandler.ensureOff()
    var result = gsl_sf_result(val: .nan, err: .nan)
    let status =
      arguments.contains(where: \.isNaN) ? Int32(GSL_EDOM) : unsafe call(&result)
    if Int(status) == GSL_EUNDRFLW {
      return Estimated(value: 0, error: .leastNormalMagnitude)
    }
    guard Int(status) == GSL_SUCCESS else {
      throw GSLError(name, GSLError.Kind(status: status), arguments: listed(arguments))
    }
    if result.val.isNaN { throw GSLError(name, .domain, arguments: listed(arguments)) }
    if result.val.isInfinite { throw GSLError(name, .overflow, arguments: listed(arguments)) }
    // An error estimate that is no number says that the method does not reach this far.
    if !result.err.isFinite { throw GSLError(name, .range, arguments: listed(arguments)) }
    return Estimated(value: result.val, error: result.err.magnitude)
  }

  /// Gives an answer that came out as 0, of a function that is nowhere 0, the error it has; GSL lets
  /// the error fall to 0 together with the value.
  static func neverZero(_ found: Estimated) -> Estimated {
    Estimated(value: found.value, error: max(found.error, .leastNormalMagnitude))
  }

  static func listed(_ arguments: [Double]) -> String {
    arguments.map { "\($0)" }.joined(separator: ", ")
  }

  /// Refuses arguments for which `holds` is false, NaN among them.
  static func require(
    _ holds: Bool, _ name: String, _ arguments: [Double]
  ) throws(GSLError) {
    AbortHandler.ensureOff()
    if !holds { throw GSLError(name, .domain, arguments: listed(arguments)) }
  }
}
