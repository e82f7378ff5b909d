internal import CGSL

// The gamma function and its kin (Abramowitz and Stegun, chapter 6; DLMF, chapters 5 and 8).
extension SpecialFunctions {
  /// Returns log |Γ(x)|; the poles at 0, -1, -2 … are refused.
  public static func logGamma(_ x: Double) throws(GSLError) -> Estimated {
    unsafe try evaluate("logGamma", [x]) { unsafe gsl_sf_lngamma_e(x, $0) }
  }

  /// Returns Γ(x); the poles at 0, -1, -2 … are refused, and so is x above 171.62 (overflow).
  public static func gamma(_ x: Double) throws(GSLError) -> Estimated {
    unsafe try evaluate("gamma", [x]) { unsafe gsl_sf_gamma_e(x, $0) }
  }

  /// Returns ψ(x), the derivative of log Γ.
  public static func digamma(_ x: Double) throws(GSLError) -> Estimated {
    unsafe try evaluate("digamma", [x]) { unsafe gsl_sf_psi_e(x, $0) }
  }

  /// Returns ψ'(x), the second derivative of log Γ.
  public static func trigamma(_ x: Double) throws(GSLError) -> Estimated {
    unsafe try evaluate("trigamma", [x]) { unsafe gsl_sf_psi_1_e(x, $0) }
  }

  /// Returns the derivative of ψ of the given order at x above 0; order 0 is ψ itself.
  public static func polygamma(order: Int, _ x: Double) throws(GSLError) -> Estimated {
    guard order >= 0, order <= 150, x > 0 else {
      throw GSLError("polygamma", .domain, arguments: "order: \(order), \(x)")
    }
    return unsafe try evaluate("polygamma", [Double(order), x]) {
      unsafe gsl_sf_psi_n_e(Int32(order), x, $0)
    }
  }

  /// Returns log B(a, b) = log Γ(a) + log Γ(b) - log Γ(a + b) for a, b above 0.
  public static func logBeta(_ a: Double, _ b: Double) throws(GSLError) -> Estimated {
    try require(a > 0 && b > 0, "logBeta", [a, b])
    return unsafe try evaluate("logBeta", [a, b]) { unsafe gsl_sf_lnbeta_e(a, b, $0) }
  }

  /// Returns log Γ_d(a) = d(d-1)/4 · log π + Σ_{j<d} log Γ(a - j/2), for a above (d-1)/2.
  ///
  /// The normaliser of the Wishart density in dimension d.
  public static func logMultivariateGamma(
    dimension: Int, _ a: Double
  ) throws(GSLError) -> Estimated {
    guard dimension >= 1, a > Double(dimension - 1) / 2 else {
      throw GSLError(
        "logMultivariateGamma", .domain, arguments: "dimension: \(dimension), \(a)")
    }
    let d = Double(dimension)
    let constant = d * (d - 1) / 4 * log(Double.pi)
    var sum = CompensatedSum([constant])
    var error = 4 * constant.ulp
    for j in 0..<dimension {
      let term = try logGamma(a - Double(j) / 2)
      sum += term.value
      error += term.error
    }
    return Estimated(value: sum.value, error: error + sum.value.ulp)
  }

  /// Returns log n!.
  public static func logFactorial(_ n: Int) throws(GSLError) -> Estimated {
    guard n >= 0 else { throw GSLError("logFactorial", .domain, arguments: "\(n)") }
    guard let narrow = UInt32(exactly: n) else { return try logGamma(Double(n) + 1) }
    return unsafe try evaluate("logFactorial", [Double(n)]) { unsafe gsl_sf_lnfact_e(narrow, $0) }
  }

  /// Returns the logarithm of the number of ways to choose k of n, for 0 ≤ k ≤ n.
  public static func logChoose(_ n: Int, _ k: Int) throws(GSLError) -> Estimated {
    guard 0 <= k, k <= n, let wide = UInt32(exactly: n), let narrow = UInt32(exactly: k) else {
      throw GSLError("logChoose", .domain, arguments: "\(n), \(k)")
    }
    return unsafe try evaluate("logChoose", [Double(n), Double(k)]) {
      unsafe gsl_sf_lnchoose_e(wide, narrow, $0)
    }
  }

  /// Returns P(a, x) = ∫₀ˣ t^(a-1) e^-t dt / Γ(a) for a above 0 and x at least 0.
  public static func incompleteGammaLower(
    _ a: Double, _ x: Double
  ) throws(GSLError) -> Estimated {
    try require(a > 0 && x >= 0, "incompleteGammaLower", [a, x])
    let found = unsafe try evaluate("incompleteGammaLower", [a, x]) {
      unsafe gsl_sf_gamma_inc_P_e(a, x, $0)
    }
    return x == 0 ? found : neverZero(found)
  }

  /// Returns Q(a, x) = 1 - P(a, x), accurate where it is small.
  public static func incompleteGammaUpper(
    _ a: Double, _ x: Double
  ) throws(GSLError) -> Estimated {
    try require(a > 0 && x >= 0, "incompleteGammaUpper", [a, x])
    let found = unsafe try evaluate("incompleteGammaUpper", [a, x]) {
      unsafe gsl_sf_gamma_inc_Q_e(a, x, $0)
    }
    return neverZero(found)
  }

  /// Returns log(λ^k e^-λ / k!), the Poisson log-probability of `count` at a `rate` λ.
  ///
  /// At rate 0 the answer is 0 for a count of 0; any other count is impossible and refused.
  public static func logPoisson(count: Int, rate: Double) throws(GSLError) -> Estimated {
    guard count >= 0, rate >= 0, rate.isFinite, rate > 0 || count == 0 else {
      throw GSLError("logPoisson", .domain, arguments: "count: \(count), rate: \(rate)")
    }
    if rate == 0 { return Estimated(value: 0, error: 0) }
    if count > 100, abs(rate - Double(count)) < Double(count) / 2 {
      return try logPoissonNearMode(count: Double(count), rate: rate)
    }
    let power = Double(count) * log(rate)
    let factorial = try logFactorial(count)
    let value = CompensatedSum([power, -rate, -factorial.value]).value
    return Estimated(value: value, error: factorial.error + 2 * power.ulp + value.ulp)
  }

  /// log Poisson(k; λ) for a large count near its rate, where k log λ and log k! cancel.
  ///
  /// ```
  /// log p = k [log(1 + r) − r] − log Γ*(k) − ½ log 2πk,     r = (λ − k) / k
  /// ```
  /// Γ* is Γ divided by Stirling's formula, so log Γ*(k) is what that leaves, about 1/12k. Reference:
  /// Loader 2000, "Fast and accurate computation of binomial probabilities".
  private static func logPoissonNearMode(count: Double, rate: Double) throws(GSLError) -> Estimated
  {
    let ratio = (rate - count) / count
    let deviance = unsafe try evaluate("logPoisson", [ratio]) {
      unsafe gsl_sf_log_1plusx_mx_e(ratio, $0)
    }
    let stirling = unsafe try evaluate("logPoisson", [count]) {
      unsafe gsl_sf_gammastar_e(count, $0)
    }
    let value = CompensatedSum([
      count * deviance.value, -log(stirling.value), -0.5 * log(2 * Double.pi * count),
    ]).value
    // The ratio is rounded twice, and the deviance is at most k r² · ½ · (1 + |r| …), below k r².
    let rounding = 4 * Double.ulpOfOne * count * ratio * ratio
    return Estimated(
      value: value, error: count * deviance.error + stirling.error + rounding + 2 * value.ulp)
  }

  // MARK: Bessel functions, for densities on the circle

  // Orders 0 and 1 only: for others, large arguments take GSL's error a hundred times beyond its
  // own estimate.

  /// Returns e^-x I_0(x), the scaled modified Bessel function of order 0, for x at least 0.
  public static func besselI0Scaled(_ x: Double) throws(GSLError) -> Estimated {
    try require(x >= 0 && x.isFinite, "besselI0Scaled", [x])
    return unsafe try evaluate("besselI0Scaled", [x]) { unsafe gsl_sf_bessel_I0_scaled_e(x, $0) }
  }

  /// Returns e^-x I_1(x), the scaled modified Bessel function of order 1, for x at least 0.
  public static func besselI1Scaled(_ x: Double) throws(GSLError) -> Estimated {
    try require(x >= 0 && x.isFinite, "besselI1Scaled", [x])
    if x < 0x1p-24 {
      // GSL answers x/2 here, without the factor e^-x; the next term, x²/8, is below rounding.
      let value = exp(-x) * (x / 2)
      return Estimated(value: value, error: 2 * value.ulp)
    }
    return unsafe try evaluate("besselI1Scaled", [x]) { unsafe gsl_sf_bessel_I1_scaled_e(x, $0) }
  }
}
