import GSL
public import Models
public import Probability

extension HelmholtzMachine {
  // listing: 05 wake
  /// A wake step: recognise, then let every generative layer predict what was recognised.
  ///
  /// ```
  /// z ~ q(z | x),     Δθ = ∇_θ log p(x, z),     E[Δθ] = ∇_θ ELBO
  /// ```
  /// q does not contain θ, so the gradient may be taken inside the mean.
  /// Reference: Hinton, Dayan, Frey and Neal 1995, "The wake-sleep algorithm".
  public func wake<Choices: DiscreteChoices>(
    _ observation: [Bool], _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let hidden = try recognition.sample(given: observation, &choices)
    return generative.delta((hidden + [observation]).map(numbers))
  }
  // end of listing
}

// MARK: Means in the place of states

extension RecognitionNetwork {
  /// The means of every hidden layer, each computed from the means below it; the top first.
  ///
  /// With one hidden layer they are the means of q. With more they are not, as a sigmoid of a mean is
  /// no mean of a sigmoid.
  package func means(given observation: [Bool]) -> [[Double]] {
    var (means, lower) = ([[Double]](), numbers(observation))
    for layer in layers {
      lower = layer.activations(reading: lower).map(sigmoid)
      means.append(lower)
    }
    return means.reversed()
  }
}

extension HelmholtzMachine {
  /// A wake step with means ẑ in the place of states: nothing is drawn.
  ///
  /// ```
  /// Δθ = ∇_θ log p(x, ẑ)
  /// ```
  /// The delta rule evaluated at numbers between 0 and 1. Not ∇_θ ELBO: E_q[log p(x, z)] is not
  /// log p(x, E_q[z]) unless log p is affine in every latent (erratum E-042).
  public func wakeWithMeans(_ observation: [Bool]) -> [Double] {
    generative.delta(recognition.means(given: observation) + [numbers(observation)])
  }

  /// log p(x, ẑ) + Σ H(ẑ), which the step with means climbs; it is no bound on log p(x).
  ///
  /// ```
  /// log p(x, ẑ) = Σ_j ẑ_j log σ(a_j) + (1 − ẑ_j) log(1 − σ(a_j))
  /// ```
  public func meanFieldObjective(_ observation: [Bool]) -> Double {
    let means = recognition.means(given: observation)
    let settings = means + [numbers(observation)]
    var objective = logLikelihood(settings[0], activations: generative.bias)
    for (layer, (upper, lower)) in zip(generative.layers, zip(settings, settings.dropFirst())) {
      objective += logLikelihood(lower, activations: layer.activations(reading: upper))
    }
    return means.reduce(objective) { $0 + BernoulliFactors($1).entropy }
  }
}

/// Σ_j t_j log σ(a_j) + (1 − t_j) log(1 − σ(a_j)) for states that may lie between 0 and 1.
private func logLikelihood(_ states: [Double], activations: [Double]) -> Double {
  zip(states, activations).reduce(0) { total, unit in
    let (state, activation) = unit
    let on = state == 0 ? 0 : state * logSigmoid(activation)
    return total + on + (state == 1 ? 0 : (1 - state) * logSigmoid(-activation))
  }
}
