import GSL
public import Models
public import Probability

// Gauss–Hermite rules converge slowly on e^(−e^z); the trapezoid rule on a wide grid does not. For
// an integrand f analytic in the strip |Im z| < a with ∫|f(x ± ia)| dx ≤ M its error with spacing h
// is at most 2M / (e^(2πa/h) − 1) (Trefethen and Weideman 2014, Theorem 5.1).
//
// Here f(z) = e^(−z²/2 + y(z+c) − e^(z+c)). On Im z = ±π/2 the factor e^(−e^(z+c)) has modulus 1, and
// below it at most 1, so M ≤ e^(π²/8) √(2π) e^(yc + y²/2). The same Gaussian bounds the tails.

extension PoissonCount {
  /// log p(y) by the trapezoid rule, with a bound on its error.
  public var exactLogEvidence: QuadratureValue {
    let y = Double(count)
    let (low, spacing) = (-13.0, 0.15)
    let nodes = 1 + Int(((y + 26) / spacing).rounded(.up))
    let constants = -0.5 * log(2 * Double.pi) - logFactorial
    let logTerms = (0..<nodes).map { node in
      let z = low + spacing * Double(node)
      return constants - 0.5 * z * z + y * (z + shift) - exp(z + shift)
    }
    let value = log(spacing) + logSumExp(logTerms)
    // What M is to the integral, on the scale of the logarithm.
    let logMass = 0.5 * log(2 * Double.pi) + y * shift + 0.5 * y * y + constants - value
    let strip = 2 * exp(logMass + Double.pi * Double.pi / 8 - Double.pi * Double.pi / spacing)
    let tails = exp(logMass - 84)  // P(|N(0, 1)| > 13) < e^−84
    // A log joint is a handful of rounded terms, none larger than those of the largest node kept.
    let magnitude = 8 + abs(value) + y * (abs(shift) + y + 4)
    return QuadratureValue(
      value, errorBound: strip + tails + 16 * Double.ulpOfOne * magnitude)
  }

  /// KL(q‖p(z|y)) for q = N(mean, variance), by the trapezoid rule under q.
  ///
  /// In standardised units the integrand is a Gaussian times an entire function that grows like
  /// e^(σt); with spacing ¼ the rule's error is of the order e^(−2π²/h²) < 1e−130: what is left is
  /// rounding, and the error of the log-evidence.
  public func exactGap(mean: Double, variance: Double) -> QuadratureValue {
    let deviation = sqrt(variance)
    let spacing = 0.25
    let (y, constants) = (Double(count), -0.5 * log(2 * Double.pi) - logFactorial)
    let logNormaliser = -0.5 * log(2 * Double.pi * variance)
    var sum = CompensatedSum()
    var magnitude = 0.0
    for node in -48...48 {
      let t = spacing * Double(node)
      let z = mean + deviation * t
      let logJoint = constants - 0.5 * z * z + y * (z + shift) - exp(z + shift)
      let weight = spacing * exp(-0.5 * t * t) / sqrt(2 * Double.pi)
      let term = weight * (logNormaliser - 0.5 * t * t - logJoint)
      sum.add(term)
      magnitude += abs(term)
    }
    let evidence = exactLogEvidence
    return QuadratureValue(
      sum.value + evidence.value,
      errorBound: evidence.errorBound + 16 * Double.ulpOfOne * (magnitude + 8))
  }
}
