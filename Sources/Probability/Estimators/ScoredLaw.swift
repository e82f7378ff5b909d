/// A law whose draws are random choices and whose score is known: all that score functions ask of q.
///
/// ```
/// s(z) = ∇ log q(z),     E_q[s] = ∇ Σ_z q(z) = 0
/// ```
/// The gradient is with respect to the parameters of the law, whatever these are: each law says
/// which. A law in other parameters is another law with the same draws (`BernoulliMeans`).
public protocol ScoredLaw: Sendable {
  /// What is drawn.
  associatedtype Outcome: Sendable
  /// A draw.
  func sample<Choices: DiscreteChoices>(_ choices: inout Choices) throws(ChoiceError) -> Outcome
  /// log q(z).
  func logProbability(_ outcome: Outcome) -> Double
  /// ∇ log q(z), one number a parameter.
  func score(_ outcome: Outcome) -> [Double]
  /// E_q[s_d²], component by component: the variances of the score, the diagonal of Fisher's
  /// information.
  var scoreVariances: [Double] { get }
}

/// A law that can say how each of its components would have come out, all others as they are.
public protocol SwitchableLaw: ScoredLaw {
  /// The outcomes that agree with this one except in a component, each with its probability given
  /// the rest; those of probability zero left out.
  func alternatives(
    to outcome: Outcome, in component: Int
  ) -> [(outcome: Outcome, probability: Double)]
}

extension ScoredLaw {
  /// S independent draws, one after the other.
  @inlinable
  public func draws<Choices: DiscreteChoices>(
    _ samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Outcome] {
    guard samples > 0 else { throw .tooFewSamples(found: samples, needed: 1) }
    var draws: [Outcome] = []
    draws.reserveCapacity(samples)
    for _ in 0..<samples { draws.append(try sample(&choices)) }
    return draws
  }

  /// (1/S) Σ_s h(z_s): the mean of a vector from draws, without a sum over all outcomes.
  @inlinable
  public func average<Choices: DiscreteChoices>(
    of samples: Int, _ choices: inout Choices, _ value: (Outcome) -> [Double]
  ) throws(ChoiceError) -> [Double] {
    let values = try draws(samples, &choices).map(value)
    return (values.first ?? []).indices.map { d in
      values.reduce(0) { $0 + $1[d] } / Double(samples)
    }
  }

  /// (1/S) Σ_s w_sd s_d(z_s): what every score-function estimate is, up to its weights.
  @inlinable
  public func averagedScore(
    of draws: [Outcome], weight: (_ sample: Int, _ component: Int) -> Double
  ) -> [Double] {
    let scores = draws.map(score)
    return (scores.first ?? []).indices.map { d in
      scores.indices.reduce(0) { $0 + weight($1, d) * scores[$1][d] } / Double(draws.count)
    }
  }
}
