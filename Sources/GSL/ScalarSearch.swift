internal import CGSL

/// A minimum of a function of one variable.
public struct ScalarMinimum: Hashable, Sendable {
  /// The point of the smallest value found.
  public let point: Double
  /// The value there.
  public let value: Double
  /// The interval around the minimum when the search ended.
  public let bracket: ClosedRange<Double>
  /// The number of iterations.
  public let iterations: Int
}

/// A zero of a function of one variable.
public struct Root: Hashable, Sendable {
  /// The best estimate of the zero.
  public let point: Double
  /// An interval at whose ends the function has opposite signs.
  public let bracket: ClosedRange<Double>
  /// The number of iterations.
  public let iterations: Int
}

/// Brent's methods for functions of one variable: slow at worst, and never out of the bracket.
///
/// An error thrown by the function comes out as it is; a value that is NaN or infinite is an error
/// that names the point; a spent budget is an error that names the bracket reached.
public enum ScalarSearch {
  /// Returns a local minimum inside [`lower`, `upper`], given a `guess` below both ends in value.
  ///
  /// The bracket ends no wider than `absolute` + `relative` · |point|. A smooth function looks flat
  /// within √ε = 2^-26 of its minimum, where a bracket no longer shrinks: ask for no less than the
  /// default, which is four times that.
  public static func minimum(
    from lower: Double, to upper: Double, guess: Double, absolute: Double = 0x1p-40,
    relative: Double = 0x1p-24, limit: Int = 200, _ function: (Double) throws -> Double
  ) throws -> ScalarMinimum {
    let arguments = "from: \(lower), to: \(upper), guess: \(guess)"
    try check("minimum", lower, upper, absolute, relative, limit)
    guard lower < guess, guess < upper else {
      throw GSLError(
        "minimum", .badArgument("expected the guess inside the interval"), arguments: arguments)
    }
    guard let state = unsafe gsl_min_fminimizer_alloc(tightbound_brent_minimiser()) else {
      throw GSLError("minimum", .outOfMemory, arguments: arguments)
    }
    defer { unsafe gsl_min_fminimizer_free(state) }
    var iterations = 0
    let status = unsafe try withFunction("minimum", function) { lent in
      var status = unsafe gsl_min_fminimizer_set(state, lent, guess, lower, upper)
      guard Int(status) == GSL_SUCCESS else { return status }
      while iterations < limit {
        iterations += 1
        status = unsafe gsl_min_fminimizer_iterate(state)
        guard Int(status) == GSL_SUCCESS else { return status }
        let point = unsafe gsl_min_fminimizer_x_minimum(state)
        let width = unsafe gsl_min_fminimizer_x_upper(state) - gsl_min_fminimizer_x_lower(state)
        if width <= absolute + relative * point.magnitude { return status }
      }
      return Int32(GSL_EMAXITER)
    }
    let ends = unsafe (gsl_min_fminimizer_x_lower(state), gsl_min_fminimizer_x_upper(state))
    guard Int(status) == GSL_SUCCESS, ends.0 <= ends.1 else {
      let kind: GSLError.Kind =
        Int(status) == GSL_EINVAL
        ? .badArgument("expected a value at the guess below those at both ends")
        : GSLError.Kind(status: status)
      throw GSLError(
        "minimum", kind, arguments: iterations == 0 ? arguments : "\(arguments); reached \(ends)")
    }
    let point = unsafe gsl_min_fminimizer_x_minimum(state)
    // Among values equal to rounding GSL can leave the point a hair outside its own bracket.
    let bracket = min(ends.0, point)...max(ends.1, point)
    return unsafe ScalarMinimum(
      point: point, value: gsl_min_fminimizer_f_minimum(state), bracket: bracket,
      iterations: iterations)
  }

  /// Returns a zero inside [`lower`, `upper`], at whose ends the function has opposite signs.
  ///
  /// The bracket ends no wider than `absolute` + `relative` · |point|.
  public static func root(
    from lower: Double, to upper: Double, absolute: Double = 0x1p-50,
    relative: Double = 0x1p-50, limit: Int = 200, _ function: (Double) throws -> Double
  ) throws -> Root {
    let arguments = "from: \(lower), to: \(upper)"
    try check("root", lower, upper, absolute, relative, limit)
    guard let state = unsafe gsl_root_fsolver_alloc(tightbound_brent_root()) else {
      throw GSLError("root", .outOfMemory, arguments: arguments)
    }
    defer { unsafe gsl_root_fsolver_free(state) }
    var iterations = 0
    let status = unsafe try withFunction("root", function) { lent in
      var status = unsafe gsl_root_fsolver_set(state, lent, lower, upper)
      guard Int(status) == GSL_SUCCESS else { return status }
      while iterations < limit {
        iterations += 1
        status = unsafe gsl_root_fsolver_iterate(state)
        guard Int(status) == GSL_SUCCESS else { return status }
        let point = unsafe gsl_root_fsolver_root(state)
        let width = unsafe gsl_root_fsolver_x_upper(state) - gsl_root_fsolver_x_lower(state)
        if width <= absolute + relative * point.magnitude { return status }
      }
      return Int32(GSL_EMAXITER)
    }
    let ends = unsafe (gsl_root_fsolver_x_lower(state), gsl_root_fsolver_x_upper(state))
    guard Int(status) == GSL_SUCCESS, ends.0 <= ends.1 else {
      let kind: GSLError.Kind =
        Int(status) == GSL_EINVAL
        ? .badArgument("expected values of opposite signs at the ends")
        : GSLError.Kind(status: status)
      throw GSLError(
        "root", kind, arguments: iterations == 0 ? arguments : "\(arguments); reached \(ends)")
    }
    return unsafe Root(
      point: gsl_root_fsolver_root(state), bracket: ends.0...ends.1, iterations: iterations)
  }

  private static func check(
    _ function: String, _ lower: Double, _ upper: Double, _ absolute: Double, _ relative: Double,
    _ limit: Int
  ) throws(GSLError) {
    guard lower < upper, (upper - lower).isFinite else {
      throw GSLError(
        function, .badArgument("expected a finite interval, lower end first"),
        arguments: "from: \(lower), to: \(upper)")
    }
    guard absolute >= 0, relative >= 0, absolute.isFinite, relative.isFinite, limit >= 1 else {
      throw GSLError(
        function, .badArgument("expected tolerances of at least 0 and a limit of at least 1"),
        arguments: "absolute: \(absolute), relative: \(relative), limit: \(limit)")
    }
  }
}
