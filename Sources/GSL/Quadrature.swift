internal import CGSL

/// Integrals by adaptive rules, with GSL's estimate of the error.
///
/// The estimate compares two rules on the same nodes. It is reliable for smooth integrands, but it
/// is no bound: a spike that every node misses is missed. An error thrown by the integrand comes
/// out as it is; an integrand that returns NaN or an infinity is an error that names the point.
public enum Quadrature {
  /// Returns the integral over [`lower`, `upper`], by the 61-point Gauss–Kronrod rule on ever
  /// smaller pieces.
  ///
  /// The answer meets the larger of the two tolerances, or the call throws.
  public static func adaptive(
    from lower: Double, to upper: Double, absolute: Double = 0, relative: Double = 1e-12,
    limit: Int = 1000, _ integrand: (Double) throws -> Double
  ) throws -> Estimated {
    let request = try Request(
      "adaptive", from: lower, to: upper, absolute: absolute, relative: relative, limit: limit)
    return unsafe try request.run(integrand) { function, workspace, value, error in
      unsafe gsl_integration_qag(
        function, lower, upper, absolute, relative, limit, Int32(GSL_INTEG_GAUSS61), workspace,
        value, error)
    }
  }

  /// Returns the integral over [`lower`, `upper`] of an integrand with integrable singularities,
  /// by the 21-point rule and extrapolation.
  public static func singular(
    from lower: Double, to upper: Double, absolute: Double = 0, relative: Double = 1e-10,
    limit: Int = 1000, _ integrand: (Double) throws -> Double
  ) throws -> Estimated {
    let request = try Request(
      "singular", from: lower, to: upper, absolute: absolute, relative: relative, limit: limit)
    return unsafe try request.run(integrand) { function, workspace, value, error in
      unsafe gsl_integration_qags(
        function, lower, upper, absolute, relative, limit, workspace, value, error)
    }
  }

  /// Returns the integral over all real numbers, mapped to (0, 1] by x = ±(1 - t)/t.
  ///
  /// The mapping puts the nodes around 0: shift the integrand so that its mass lies there.
  public static func infinite(
    absolute: Double = 0, relative: Double = 1e-10, limit: Int = 1000,
    _ integrand: (Double) throws -> Double
  ) throws -> Estimated {
    let request = try Request(
      "infinite", from: 0, to: 1, absolute: absolute, relative: relative, limit: limit)
    return unsafe try request.run(integrand) { function, workspace, value, error in
      unsafe gsl_integration_qagi(function, absolute, relative, limit, workspace, value, error)
    }
  }

  /// Returns the integral over [`lower`, ∞), mapped to (0, 1] by x = lower + (1 - t)/t.
  public static func semiInfinite(
    from lower: Double, absolute: Double = 0, relative: Double = 1e-10, limit: Int = 1000,
    _ integrand: (Double) throws -> Double
  ) throws -> Estimated {
    let request = try Request(
      "semiInfinite", from: lower, to: lower, absolute: absolute, relative: relative, limit: limit)
    return unsafe try request.run(integrand) { function, workspace, value, error in
      unsafe gsl_integration_qagiu(
        function, lower, absolute, relative, limit, workspace, value, error)
    }
  }

  /// Returns the trapezoid sum over [`lower`, `upper`] with equally spaced points, compensated.
  ///
  /// For an integrand analytic within distance a of the real line and negligible at both ends, the
  /// error is of the order of e^(-2πa/h), h being the spacing (Trefethen and Weideman 2014): for
  /// smooth densities a wide grid is hard to beat. Choose the ends so that the tails are negligible.
  public static func wideTrapezoid(
    of integrand: (Double) throws -> Double, from lower: Double, to upper: Double, points: Int
  ) throws -> Double {
    guard lower.isFinite, upper.isFinite, (upper - lower).isFinite, points >= 2 else {
      throw GSLError(
        "wideTrapezoid", .badArgument("expected finite ends and at least 2 points"),
        arguments: "from: \(lower), to: \(upper), points: \(points)")
    }
    let intervals = Double(points - 1)
    var sum = CompensatedSum()
    for index in 0..<points {
      // Weighting the ends keeps both exact; adding up the spacing would drift.
      let share = Double(index) / intervals
      let x = lower * (1 - share) + upper * share
      let y = try integrand(x)
      guard y.isFinite else { throw GSLError.returned(y, "wideTrapezoid", at: "\(x)") }
      sum += index == 0 || index == points - 1 ? y / 2 : y
    }
    return sum.value * ((upper - lower) / intervals)
  }
}

/// One call of an adaptive rule: its checked arguments, for running and for complaining.
private struct Request {
  let function: String
  let arguments: String
  let limit: Int

  init(
    _ function: String, from lower: Double, to upper: Double, absolute: Double, relative: Double,
    limit: Int
  ) throws(GSLError) {
    let place = "from: \(lower), to: \(upper)"
    self.function = function
    self.limit = limit
    arguments = "\(place), absolute: \(absolute), relative: \(relative), limit: \(limit)"
    guard lower.isFinite, upper.isFinite, (upper - lower).isFinite else {
      throw GSLError(function, .badArgument("expected a finite interval"), arguments: place)
    }
    // 50ε is the least relative tolerance that GSL takes when it has no absolute one.
    guard absolute >= 0, absolute.isFinite, relative >= 0, relative.isFinite,
      absolute > 0 || relative >= 50 * .ulpOfOne
    else {
      throw GSLError(
        function, .badArgument("expected an absolute tolerance above 0 or a relative one of 50 ε"),
        arguments: "absolute: \(absolute), relative: \(relative)")
    }
    guard limit >= 1, limit <= 10_000_000 else {
      throw GSLError(
        function, .badArgument("expected a limit from 1 to 10000000"), arguments: "limit: \(limit)")
    }
  }

  func run(
    _ integrand: (Double) throws -> Double,
    _ rule: (
      UnsafeMutablePointer<gsl_function>, UnsafeMutablePointer<gsl_integration_workspace>,
      UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>
    ) -> Int32
  ) throws -> Estimated {
    guard let workspace = unsafe gsl_integration_workspace_alloc(limit) else {
      throw GSLError(function, .outOfMemory, arguments: arguments)
    }
    defer { unsafe gsl_integration_workspace_free(workspace) }
    var (value, error) = (0.0, 0.0)
    let status = unsafe try withFunction(function, integrand) {
      unsafe rule($0, workspace, &value, &error)
    }
    guard Int(status) == GSL_SUCCESS, value.isFinite, error.isFinite else {
      let kind: GSLError.Kind =
        switch Int(status) {
        case GSL_ESING: .singularIntegrand
        case GSL_SUCCESS: .overflow
        default: GSLError.Kind(status: status)
        }
      throw GSLError(function, kind, arguments: "\(arguments); reached \(value) ± \(error)")
    }
    return Estimated(value: value, error: error)
  }
}
