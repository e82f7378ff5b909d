import GSL
public import Probability

/// A hidden Markov model whose states emit normally distributed numbers.
///
/// ```
/// z_1 ~ initial,   z_t | z_{t−1} ~ transition[z_{t−1}],   x_t | z_t ~ N(means[z_t], variances[z_t])
/// ```
public struct GaussianHiddenMarkovModel: Sendable, Equatable {
  /// P(z_1 = k).
  public let initial: [Double]
  /// transition[i][j] = P(z_t = j | z_{t−1} = i).
  public let transition: [[Double]]
  /// The mean of each state's emission.
  public let means: [Double]
  /// The variance of each state's emission.
  public let variances: [Double]

  /// A model with K states.
  public init(
    initial: [Double], transition: [[Double]], means: [Double], variances: [Double]
  ) throws(ModelError) {
    try Validate.distribution("initial", initial)
    try Validate.conditional(
      "transition", transition, rows: initial.count, columns: initial.count)
    try Validate.count("means", means.count, expected: initial.count)
    try Validate.finite("means", means)
    try Validate.count("variances", variances.count, expected: initial.count)
    try Validate.finite("variances", variances)
    for (state, variance) in variances.enumerated() where variance <= 0 {
      throw ModelError("variances[\(state)]", "expected a positive number, found \(variance)")
    }
    self.initial = initial
    self.transition = transition
    self.means = means
    self.variances = variances
  }

  /// log N(x; mean_k, variance_k).
  public func logEmission(state: Int, _ observation: Double) -> Double {
    logNormal(observation, mean: means[state], variance: variances[state])
  }

  /// log p(z, x), factor by factor.
  public func logJoint(states: [Int], observations: [Double]) -> Double {
    var total = log(initial[states[0]])
    for (place, state) in states.enumerated() {
      if place > 0 { total += log(transition[states[place - 1]][state]) }
      total += logEmission(state: state, observations[place])
    }
    return total
  }

  /// Draws states and observations, in the order in which the model makes them.
  public func sample<Choices: RandomChoices>(
    length: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> (states: [Int], observations: [Double]) {
    var states: [Int] = []
    var observations: [Double] = []
    for place in 0..<length {
      let law = place == 0 ? initial : transition[states[place - 1]]
      let state = try choices.choose(law)
      states.append(state)
      let noise = try choices.standardNormal()
      observations.append(means[state] + sqrt(variances[state]) * noise)
    }
    return (states, observations)
  }

  /// The chain of a sequence: its partition function is the evidence.
  public func potentials(observing observations: [Double]) throws(ModelError) -> ChainPotentials {
    try Validate.notEmpty("observations", observations.count)
    try Validate.finite("observations", observations)
    let logTransition = transition.map { $0.map { log($0) } }
    let nodes = observations.enumerated().map { place, observation in
      initial.indices.map { state in
        logEmission(state: state, observation) + (place == 0 ? log(initial[state]) : 0)
      }
    }
    return ChainPotentials(
      checkedNodes: nodes,
      edges: Array(repeating: logTransition, count: observations.count - 1))
  }
}
