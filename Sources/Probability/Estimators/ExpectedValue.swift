/// A mean under a law, of which estimators see nothing but draws.
///
/// ```
/// L(φ) = E_q[f(z)] + h(φ)
/// ```
/// f is the signal, and h a part that is known in closed form, as the divergence from the prior
/// often is; mostly it is zero. The signal may depend on φ as log p(x, z) − log q(z) does: as
/// E_q[∇log q] = 0, that adds nothing to ∇L = E_q[f ∇log q] + ∇h.
public struct ExpectedValue<Law: ScoredLaw>: Sendable {
  /// q.
  public let law: Law
  /// f, the signal.
  public let signal: @Sendable (Law.Outcome) -> Double
  /// f_d, the terms of the signal that component d can move; the whole signal where nothing is
  /// known of its terms.
  public let localSignal: @Sendable (Law.Outcome, _ component: Int) -> Double
  /// ∇h, nil where there is no such part.
  public let knownGradient: [Double]?

  /// The mean of a signal under a law.
  @inlinable
  public init(
    under law: Law, of signal: @escaping @Sendable (Law.Outcome) -> Double,
    locally localSignal: (@Sendable (Law.Outcome, _ component: Int) -> Double)? = nil,
    plus knownGradient: [Double]? = nil
  ) {
    self.law = law
    self.signal = signal
    self.localSignal = localSignal ?? { outcome, _ in signal(outcome) }
    self.knownGradient = knownGradient
  }

  /// S independent draws of the law.
  @inlinable
  public func draws<Choices: DiscreteChoices>(
    _ samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Law.Outcome] {
    try law.draws(samples, &choices)
  }

  /// (1/S) Σ_s f(z_s): the mean itself from draws, without h.
  @inlinable
  public func average<Choices: DiscreteChoices>(
    of samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    try law.average(of: samples, &choices) { [signal($0)] }[0]
  }

  /// An estimate of ∇E_q[f] made into one of ∇L; what has divided the one divides the other.
  @inlinable
  public func withKnownPart(_ estimate: [Double], dividedBy divisor: Double = 1) -> [Double] {
    guard let knownGradient else { return estimate }
    return zip(estimate, knownGradient).map { $0 + $1 / divisor }
  }
}
