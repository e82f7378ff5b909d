internal import CGSL

/// A minimum of a function of several variables.
public struct Minimum: Hashable, Sendable {
  /// Why a search ended.
  public enum Convergence: Hashable, Sendable {
    /// The tolerance asked for was met.
    case withinTolerance
    /// Rounding hides any further descent; the tolerance asked for was not met.
    case noFurtherProgress
  }

  /// The point of the smallest value found.
  public let point: [Double]
  /// The value there.
  public let value: Double
  /// The number of iterations.
  public let iterations: Int
  /// Why the search ended; look at it before believing the point.
  public let convergence: Convergence
}

/// Local minimisers for functions of several variables.
///
/// An error thrown by the function comes out as it is; a value that is NaN or infinite is an error
/// that names the point; a spent budget is an error that names the value reached.
public enum Minimiser {
  /// Returns a local minimum by the simplex method of Nelder and Mead, without derivatives.
  ///
  /// It ends when the corners of the simplex lie within `tolerance` of their centre, on average. The
  /// method has no guarantee: start it again from the answer.
  public static func simplex(
    from start: [Double], step: Double = 1, tolerance: Double = 1e-8, limit: Int = 5000,
    _ function: ([Double]) throws -> Double
  ) throws -> Minimum {
    try check("simplex", start, step: step, tolerance: tolerance, limit: limit)
    let n = start.count
    guard let state = unsafe gsl_multimin_fminimizer_alloc(tightbound_simplex(), n) else {
      throw GSLError("simplex", .outOfMemory, arguments: "\(n) variables")
    }
    defer { unsafe gsl_multimin_fminimizer_free(state) }
    var (start, steps) = (start, [Double](repeating: step, count: n))
    var iterations = 0
    let valueOnly = { (point: [Double]) in (value: try function(point), gradient: [Double]()) }
    let status = unsafe try withObjective("simplex", gradientSize: 0, valueOnly) { context in
      var lent = unsafe gsl_multimin_function(f: objectiveValue, n: n, params: context)
      // GSL keeps the pointer between the calls.
      return unsafe withUnsafeMutablePointer(to: &lent) { lent in
        var status = unsafe LinearAlgebra.withVector(&start) { start in
          unsafe LinearAlgebra.withVector(&steps) { steps in
            unsafe gsl_multimin_fminimizer_set(state, lent, start, steps)
          }
        }
        while Int(status) == GSL_SUCCESS {
          if unsafe gsl_multimin_fminimizer_size(state) <= tolerance { return status }
          guard iterations < limit else { return Int32(GSL_EMAXITER) }
          iterations += 1
          status = unsafe gsl_multimin_fminimizer_iterate(state)
        }
        return status
      }
    }
    return unsafe try finish(
      "simplex", status, point: gsl_multimin_fminimizer_x(state),
      value: gsl_multimin_fminimizer_minimum(state), iterations)
  }

  /// Returns a local minimum by the BFGS method with line searches, for a function that returns its
  /// value and its gradient.
  ///
  /// It ends when the Euclidean norm of the gradient is at most `gradientTolerance`, or when rounding
  /// hides any descent, which ``Minimum/convergence`` tells apart.
  public static func bfgs(
    from start: [Double], firstStep: Double = 0.1, lineTolerance: Double = 0.1,
    gradientTolerance: Double = 1e-8, limit: Int = 1000,
    _ function: ([Double]) throws -> (value: Double, gradient: [Double])
  ) throws -> Minimum {
    try check("bfgs", start, step: firstStep, tolerance: gradientTolerance, limit: limit)
    guard lineTolerance > 0, lineTolerance < 1 else {
      throw GSLError(
        "bfgs", .badArgument("expected a number between 0 and 1"),
        arguments: "lineTolerance: \(lineTolerance)")
    }
    let n = start.count
    guard let state = unsafe gsl_multimin_fdfminimizer_alloc(tightbound_bfgs(), n) else {
      throw GSLError("bfgs", .outOfMemory, arguments: "\(n) variables")
    }
    defer { unsafe gsl_multimin_fdfminimizer_free(state) }
    var start = start
    var iterations = 0
    let status = unsafe try withObjective("bfgs", gradientSize: n, function) { context in
      var lent = unsafe gsl_multimin_function_fdf(
        f: objectiveValue, df: objectiveGradient, fdf: objectiveBoth, n: n, params: context)
      // GSL keeps the pointer between the calls.
      return unsafe withUnsafeMutablePointer(to: &lent) { lent in
        var status = unsafe LinearAlgebra.withVector(&start) { start in
          unsafe gsl_multimin_fdfminimizer_set(state, lent, start, firstStep, lineTolerance)
        }
        while Int(status) == GSL_SUCCESS {
          let gradient = unsafe gsl_multimin_fdfminimizer_gradient(state)
          if unsafe gsl_blas_dnrm2(gradient) <= gradientTolerance { return status }
          guard iterations < limit else { return Int32(GSL_EMAXITER) }
          iterations += 1
          status = unsafe gsl_multimin_fdfminimizer_iterate(state)
        }
        // The last step may have met the tolerance although the next one found no descent.
        let gradient = unsafe gsl_multimin_fdfminimizer_gradient(state)
        let met = unsafe gsl_blas_dnrm2(gradient) <= gradientTolerance
        return Int(status) == GSL_ENOPROG && met ? Int32(GSL_SUCCESS) : status
      }
    }
    return unsafe try finish(
      "bfgs", status, point: gsl_multimin_fdfminimizer_x(state),
      value: gsl_multimin_fdfminimizer_minimum(state), iterations)
  }

  private static func finish(
    _ function: String, _ status: Int32, point: UnsafePointer<gsl_vector>?, value: Double,
    _ iterations: Int
  ) throws(GSLError) -> Minimum {
    let convergence: Minimum.Convergence
    switch Int(status) {
    case GSL_SUCCESS: convergence = .withinTolerance
    case GSL_ENOPROG: convergence = .noFurtherProgress
    default:
      throw GSLError(
        function, GSLError.Kind(status: status),
        arguments: "\(iterations) iterations; reached \(value)")
    }
    return unsafe Minimum(
      point: coordinates(point), value: value, iterations: iterations, convergence: convergence)
  }

  private static func check(
    _ function: String, _ start: [Double], step: Double, tolerance: Double, limit: Int
  ) throws(GSLError) {
    guard !start.isEmpty, start.allSatisfy(\.isFinite) else {
      throw GSLError(
        function, .badArgument("expected a start of finite coordinates, at least one"),
        arguments: "from: \(start)")
    }
    guard step > 0, step.isFinite, tolerance > 0, tolerance.isFinite, limit >= 1 else {
      throw GSLError(
        function, .badArgument("expected a step, a tolerance and a limit above 0"),
        arguments: "step: \(step), tolerance: \(tolerance), limit: \(limit)")
    }
  }
}
