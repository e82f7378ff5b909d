import GSL
public import Models
public import Probability

extension HelmholtzMachine {
  /// K draws of the recognition network with their weights.
  package func weightedDraws<Choices: DiscreteChoices>(
    _ observation: [Bool], samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> WeightedDraws<[[Bool]]> {
    guard samples > 0 else { throw .tooFewSamples(found: samples, needed: 1) }
    var draws: [[[Bool]]] = []
    for _ in 0..<samples {
      draws.append(try recognition.sample(given: observation, &choices))
    }
    return WeightedDraws(draws) { logWeight($0, given: observation) }
  }

  /// log p(x, z) − log q(z|x).
  package func logWeight(_ hidden: [[Bool]], given observation: [Bool]) -> Double {
    generative.logJoint(hidden + [observation])
      - recognition.logProbability(hidden, given: observation)
  }

  /// A step of reweighted wake-sleep: both networks follow the same weighted draws, awake.
  ///
  /// ```
  /// Δθ = Σ_k w̄_k ∇_θ log p(x, z_k)   →  ∇_θ log p(x)          as K → ∞
  /// Δφ = Σ_k w̄_k ∇_φ log q(z_k|x)   →  −∇_φ KL(p(z|x)‖q(z|x))
  /// ```
  /// With K = 1 the first is a wake step and the second has mean zero, whatever φ is.
  /// Reference: Bornschein and Bengio 2015, "Reweighted wake-sleep".
  public func reweighted<Choices: DiscreteChoices>(
    _ observation: [Bool], samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> (wake: [Double], recognition: [Double], bound: Double) {
    let drawn = try weightedDraws(observation, samples: samples, &choices)
    let wake = drawn.average { generative.delta(($0 + [observation]).map(numbers)) }
    let guess = drawn.average { recognition.delta(($0 + [observation]).map(numbers)) }
    return (wake, guess, drawn.bound)
  }
}
