package import GSL

/// Counts whose log rate is an autoregressive chain.
///
/// ```
/// x_0 ~ N(0, v₀),   x_t ~ N(a x_(t−1), v),   y_t ~ Poisson(e^(x_t + b))
/// ```
package struct AutoregressiveCounts: Sendable {
  /// a.
  package let decay: Double
  /// v.
  package let noiseVariance: Double
  /// v₀.
  package let initialVariance: Double
  /// b.
  package let offset: Double

  /// The model; refused where a number is not finite or a variance is not positive.
  package init(
    decay: Double, noiseVariance: Double, initialVariance: Double, offset: Double
  ) throws(ModelError) {
    try Validate.finite("decay", [decay])
    try Validate.finite("offset", [offset])
    for (place, variance) in [
      ("noiseVariance", noiseVariance), ("initialVariance", initialVariance),
    ] where !(variance > 0 && variance.isFinite) {
      throw ModelError(place, "expected a positive number, found \(variance)")
    }
    (self.decay, self.noiseVariance) = (decay, noiseVariance)
    (self.initialVariance, self.offset) = (initialVariance, offset)
  }

  /// log p(y | x) = y (x + b) − e^(x + b) − log y!.
  package func logLikelihood(of count: Int, at x: Double) throws(GSLError) -> Double {
    let rate = x + offset
    return Double(count) * rate - exp(rate) - (try SpecialFunctions.logFactorial(count).value)
  }
}
