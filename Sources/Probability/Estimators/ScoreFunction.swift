public import Probability

// Black-box variational inference over finitely many states: all that is asked of the model is a
// number, the signal, for each state that was drawn.
//
//   ∇_φ E_q[f(z)] = E_q[f(z) ∇_φ log q(z)] ≈ (1/S) Σ_s f(z^s) ∇_φ log q(z^s),   z^s ~ q
//
// Reference: Ranganath, Gerrish and Blei 2014, "Black box variational inference".

extension SoftmaxLaw {
  /// E_q[f(z) ∇ log q(z)], the gradient as an expectation, with all states visited.
  public func scoreFunctionGradient(_ signal: [Double]) -> [Double] {
    mean(signal.indices.map { state in score(state).map { signal[state] * $0 } })
  }

  /// The average of signal times score over a number of draws.
  public func scoreFunctionEstimate<Choices: DiscreteChoices>(
    _ signal: [Double], baseline: Double = 0, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    try averaged(over: samples, &choices) { state in
      score(state).map { (signal[state] - baseline) * $0 }
    }
  }

  /// The average of any table of vectors over a number of draws: E_q[g] without a sum over states.
  public func averaged<Choices: DiscreteChoices>(
    over samples: Int, _ choices: inout Choices, _ value: (Int) -> [Double]
  ) throws(ChoiceError) -> [Double] {
    var total: [Double] = []
    for _ in 0..<samples {
      let drawn = value(try sample(&choices))
      total = total.isEmpty ? drawn : zip(total, drawn).map { $0 + $1 }
    }
    return total.map { $0 / Double(samples) }
  }

  /// log p(x, z) − log q(z), the signal of the ELBO, state by state.
  public func signal(logJoints: [Double]) -> [Double] {
    logJoints.indices.map { logJoints[$0] - logProbability($0) }
  }

  /// (1/S) Σ_s log p(x, z^s) − log q(z^s): the ELBO from draws of q.
  public func elboEstimate<Choices: DiscreteChoices>(
    logJoints: [Double], samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    let signal = signal(logJoints: logJoints)
    return try averaged(over: samples, &choices) { [signal[$0]] }[0]
  }
}
