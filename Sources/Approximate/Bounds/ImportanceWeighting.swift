import GSL
public import Probability

/// Draws of a proposal with their normalised weights.
///
/// ```
/// w_k = p(x, z_k)/q(z_k),     w̄_k = w_k / Σ_l w_l,     L̂ = log (1/K) Σ_k w_k
/// ```
public struct WeightedDraws<Draw: Sendable>: Sendable {
  /// z_1 … z_K.
  public let draws: [Draw]
  /// w̄_1 … w̄_K; not a number where the model excludes every draw.
  public let weights: [Double]
  /// log of the mean weight, a lower bound on log p(x) on average.
  public let bound: Double

  // listing: 05 reweighted, 10 importance, 10 rising
  /// Draws that weigh e^(log weight) each.
  public init(_ draws: [Draw], logWeight: (Draw) -> Double) {
    let logWeights = draws.map(logWeight)
    let total = logSumExp(logWeights)
    self.draws = draws
    weights = logWeights.map { exp($0 - total) }
    bound = total - log(Double(draws.count))
  }

  /// Σ_k w̄_k h(z_k): the mean of a vector under the posterior, estimated with a bias that falls as
  /// K grows without end, and not always from one K to the next.
  public func average(_ value: (Draw) -> [Double]) -> [Double] {
    let values = draws.map(value)
    return (values.first ?? []).indices.map { i in
      zip(weights, values).reduce(0) { $0 + $1.0 * $1.1[i] }
    }
  }
  // end of listing

  /// (Σ_k w_k)² / Σ_k w_k²: how many draws of equal weight would say as much, from 1 to K.
  ///
  /// Reference: Kong, Liu and Wong 1994.
  public var effectiveSampleSize: Double { 1 / weights.reduce(0) { $0 + $1 * $1 } }
}

extension ExpectedValue {
  /// One value of the importance-weighted bound with K samples, where the signal is log p − log q.
  ///
  /// ```
  /// log (1/K) Σ_k p(x, z_k) / q(z_k),   z_k ~ q          ELBO = L_1 ≤ L_2 ≤ … ≤ log p(x) in the mean
  /// ```
  /// It is −∞ if the model excludes every sample.
  /// Reference: Burda, Grosse and Salakhutdinov 2016.
  public func importanceWeightedBound<Choices: DiscreteChoices>(
    samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    let signals = try draws(samples, &choices).map(signal)
    return logSumExp(signals) - log(Double(samples))
  }

  /// K draws of q with their weights, where the signal is log p − log q.
  package func weightedDraws<Choices: DiscreteChoices>(
    samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> WeightedDraws<Law.Outcome> {
    WeightedDraws(try draws(samples, &choices), logWeight: signal)
  }

  /// An estimate of the gradient of the K-sample bound by the parameters of q, where the signal is
  /// log p − log q.
  ///
  /// ```
  /// g = L̂ Σ_k s(z_k) − Σ_k w̄_k s(z_k),     s(z) = ∇log q(z),     E[g] = ∇E[L̂]
  /// ```
  /// The first term moves the draws, the second the weights: ∂L̂/∂log w_k = w̄_k and ∇log w_k = −s(z_k).
  /// No baseline: its variance grows with K. Reference: Mnih and Rezende 2016, "VIMCO", equation 5.
  package func importanceWeightedGradient(at drawn: WeightedDraws<Law.Outcome>) -> [Double] {
    let scores = drawn.draws.map(law.score)
    return (scores.first ?? []).indices.map { d in
      zip(drawn.weights, scores).reduce(0) { $0 + (drawn.bound - $1.0) * $1.1[d] }
    }
  }
}
