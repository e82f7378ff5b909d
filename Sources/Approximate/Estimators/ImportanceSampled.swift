import GSL
public import Probability

// Three ways to estimate Σ_z ∂q(z) f(z) by drawing, one of which needs no score.

extension SoftmaxLaw {
  /// A gradient from draws of another law r that misses no state.
  ///
  /// ```
  /// Σ_z ∇q(z) f(z) = E_r[(∇q(z) / r(z)) f(z)],        ∇q = q ∇log q
  /// ```
  /// The score function is the case r = q.
  public func importanceEstimate<Choices: DiscreteChoices>(
    _ signal: [Double], from proposal: [Double], _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let state = try choices.choose(proposal)
    let weight = probabilities[state] / proposal[state]
    return score(state).map { weight * signal[state] * $0 }
  }
}

extension BernoulliFactors {
  /// f(z) ∂_b log q(z) at one draw, with ∂_b log q(z) = (z − b) / (b (1 − b)).
  public func scoreEstimate<Choices: DiscreteChoices>(
    of value: ([Double]) -> Double, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let z = try sample(&choices)
    let signal = value(z)
    return zip(z, probabilities).map { signal * ($0 - $1) / ($1 * (1 - $1)) }
  }

  /// f(z with z_d = 1) − f(z with z_d = 0) at one draw: local expectation gradients.
  ///
  /// Reference: Titsias and Lázaro-Gredilla 2015.
  public func localExpectationEstimate<Choices: DiscreteChoices>(
    of value: ([Double]) -> Double, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let z = try sample(&choices)
    return z.indices.map { d in
      var (on, off) = (z, z)
      (on[d], off[d]) = (1, 0)
      return value(on) - value(off)
    }
  }
}
