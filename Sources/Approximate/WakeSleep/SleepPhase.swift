import GSL
public import Models
public import Probability

extension HelmholtzMachine {
  // listing: 05 sleep
  /// A sleep step: dream, then let every recognition layer predict what was dreamt.
  ///
  /// ```
  /// (x, z) ~ p,     Δφ = ∇_φ log q(z | x),     E[Δφ] = −∇_φ E_p(x) KL(p(z|x)‖q(z|x))
  /// ```
  /// The divergence is the other one than that of the ELBO, and it is averaged over dreams, not data.
  /// Reference: Hinton, Dayan, Frey and Neal 1995, "The wake-sleep algorithm".
  public func sleep<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    recognition.delta(try generative.sample(&choices).map(numbers))
  }
  // end of listing

  /// The sleep step as one lecture prints it: every error times f(1 − f) (erratum E-037).
  ///
  /// ```
  /// Δφ = Σ_j (z_j − f_j) ∇_φ f_j
  /// ```
  public func sleepOnSquaredError<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let dream = try generative.sample(&choices).map(numbers)
    return recognition.deltas(dream) { layer in { layer.squaredErrorDelta(of: $0, reading: $1) } }
  }
}
