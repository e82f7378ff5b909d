public import Probability

/// A constant baseline of its own for every component, such as the one of least variance.
///
/// ```
/// g_d = (1/S) Σ_s (f(z_s) − c_d) s_d(z_s),     s_d(z) = z_d − b_d
/// c_d = E_q[f s_d²] / E_q[s_d²]  minimises  Var[g_d],     E_q[s_d²] = b_d (1 − b_d)
/// ```
/// Reference: Weaver and Tao 2001; Greensmith, Bartlett and Baxter 2004.
public struct ComponentBaselines: GradientEstimator {
  /// c_d; a component whose score is always zero needs none.
  public let baselines: [Double?]

  /// One constant a component.
  public init(_ baselines: [Double?]) { self.baselines = baselines }

  /// The constants of least variance, with the expectations taken over every outcome of q.
  ///
  /// Where b_d is exactly 0 or 1 the quotient is 0/0 and there is no such constant.
  public static func optimal(
    for bound: BernoulliBound, limits: ChoiceLimits = ChoiceLimits()
  ) throws -> ComponentBaselines {
    let expectations = try exactMoments(limits: limits) { choices in
      let latents = try bound.q.sample(&choices)
      let signal = bound.signal(latents)
      return bound.q.score(latents).map { signal * $0 * $0 }
    }
    return ComponentBaselines(
      zip(expectations.mean, bound.q.probabilities).map { mean, b in
        b == 0 || b == 1 ? nil : mean / (b * (1 - b))
      })
  }

  /// An estimate of ∇ELBO from S samples.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try bound.draws(samples, &choices)
    let signals = draws.map(bound.signal)
    return bound.averagedScore(of: draws) { s, d in signals[s] - (baselines[d] ?? 0) }
  }
}
