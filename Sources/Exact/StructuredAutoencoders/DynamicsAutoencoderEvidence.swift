import GSL
public import Models
public import Networks
public import Probability

extension LatentDynamics {
  /// log p(y_0 … y_(N−1)) of numbers seen through a linear decoder, the dynamics a and Q integrated out.
  ///
  /// ```
  /// p(y) = ∫ IW(Q) ∫ N(s; 0, 1) p(y | a = m + s √(Q/κ), Q) ds dQ
  /// ```
  /// Given a and Q the states are integrated out one after the other; the other two integrals are quadratures.
  public func exactLogEvidence(
    of observations: [Vector], through decoder: LinearDecoder
  ) throws(ModelError) -> QuadratureValue {
    let views = try ScalarView.all(decoder, observations, latents: dimension)
    let law = try LogVarianceLaw(dof: parameters.dof, scale: parameters.scale[0][0])
    let (low, high) = law.range
    var change = 0.0
    let outer = LogIntegral(from: low, to: high) { u in
      let spread = sqrt(exp(u) / parameters.kappa[0][0])
      let inner = LogIntegral(from: -40, to: 40) { s in
        -0.5 * (s * s + log(2 * Double.pi))
          + logLikelihood(
            of: views, dynamics: parameters.mean[0][0] + s * spread, noise: exp(u))
      }
      change = max(change, inner.change)
      return law.logDensity(u) + inner.value
    }
    let constants = views.reduce(0) { $0 + $1.constant }
    let size = 1 + outer.value.magnitude + views.reduce(0) { $0 + $1.constant.magnitude }
    return QuadratureValue(
      outer.value + constants,
      errorBound: outer.change + change + 64 * Double.ulpOfOne * size * Double(1 + views.count))
  }

  /// log p(y | a, Q) without the potentials' constants: each state in turn is predicted, then seen.
  private func logLikelihood(of views: [ScalarView], dynamics a: Double, noise: Double) -> Double {
    var (mean, variance) = (initialMean[0], initialCovariance[0][0])
    var total = 0.0
    for (t, view) in views.enumerated() {
      if t > 0 { (mean, variance) = (a * mean, a * a * variance + noise) }
      total += logGaussianIntegral(
        mean: mean, variance: variance, linear: view.linear, precision: view.precision)
      let stretch = 1 + view.precision * variance
      (mean, variance) = ((mean + view.linear * variance) / stretch, variance / stretch)
    }
    return total
  }
}
