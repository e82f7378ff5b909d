import GSL
public import Models
public import Probability

/// What an oracle says of a Helmholtz machine and one observation, by visiting every setting of the
/// hidden layers.
///
/// ```
/// log p(x) = log Σ_z p(x, z)               ELBO = Σ_z q(z|x) [log p(x, z) − log q(z|x)]
/// KL(q‖p) = Σ_z q(z|x) log(q(z|x)/p(z|x))   KL(p‖q) = Σ_z p(z|x) log(p(z|x)/q(z|x))
/// ```
/// with their gradients by θ, the parameters of the generative network, and by φ, those of the
/// recognition network, in the order of `parameters`.
public struct ExactRecognition: Posterior {
  /// log p(x).
  public let logEvidence: ExactValue
  /// The bound of q.
  public let elbo: ExactValue
  /// KL(q‖p(z|x)), which the ELBO falls short by.
  public let exclusive: ExactValue
  /// KL(p(z|x)‖q), which sleep makes small on average over dreams.
  public let inclusive: ExactValue
  /// ∂log p(x)/∂θ.
  public let likelihoodGradient: [ExactValue]
  /// ∂ELBO/∂θ.
  public let elboGradient: [ExactValue]
  /// ∂KL(q‖p)/∂φ, which is −∂ELBO/∂φ.
  public let exclusiveGradient: [ExactValue]
  /// ∂KL(p‖q)/∂φ.
  public let inclusiveGradient: [ExactValue]

  /// Visits 2^H settings.
  public init(of machine: HelmholtzMachine, _ observation: [Bool]) throws(ModelError) {
    try machine.generative.validate(observation: observation)
    let hidden = BitStates(of: machine.hiddenUnits).indices.map { machine.hiddenSetting($0) }
    let joints = hidden.map { machine.generative.logJoint($0 + [observation]) }
    let guesses = hidden.map { machine.recognition.logProbability($0, given: observation) }
    var tally = LogTally<Double>()
    for joint in joints { tally.add(joint) }
    let evidence = tally.logTotal(machine.generative.roundingsOfLogJoint)
    let (theta, phi) = (machine.generative.parameters.count, machine.recognition.parameters.count)
    var (bound, outward, inward) = (BoundedSum(), BoundedSum(), BoundedSum())
    var likelihood = [BoundedSum](repeating: BoundedSum(), count: theta)
    var ofBound = likelihood
    var ofOutward = [BoundedSum](repeating: BoundedSum(), count: phi)
    var ofInward = ofOutward
    for (z, (joint, guess)) in zip(hidden, zip(joints, guesses)) {
      let (q, p) = (exp(guess), exp(joint - evidence.value))
      let excess = guess - joint + evidence.value
      let size = abs(guess) + abs(joint) + abs(evidence.value)
      bound.add(q, times: joint - guess, size: abs(guess) + abs(joint))
      outward.add(q, times: excess, size: size)
      inward.add(p, times: -excess, size: size)
      for (i, slope) in machine.generative.logSlopes(z + [observation]).enumerated() {
        likelihood[i].add(p, times: slope, size: abs(slope) * (1 + abs(joint)))
        ofBound[i].add(q, times: slope, size: abs(slope) * (1 + abs(guess)))
      }
      for (i, slope) in machine.recognition.logSlopes(z, given: observation).enumerated() {
        ofOutward[i].add(q * excess, times: slope, size: abs(slope) * (1 + size))
        ofInward[i].add(-p, times: slope, size: abs(slope) * (1 + abs(joint)))
      }
    }
    let roundings = machine.generative.roundingsOfLogJoint
    logEvidence = evidence
    elbo = bound.value(roundings)
    exclusive = outward.value(roundings)
    inclusive = inward.value(roundings)
    likelihoodGradient = likelihood.map { $0.value(roundings) }
    elboGradient = ofBound.map { $0.value(roundings) }
    exclusiveGradient = ofOutward.map { $0.value(roundings) }
    inclusiveGradient = ofInward.map { $0.value(roundings) }
  }
}

// MARK: Slopes

extension SigmoidBeliefNetwork {
  /// ∂log p(top, …, bottom)/∂θ of one setting of every layer, in the order of `parameters`.
  public func logSlopes(_ settings: [[Bool]]) -> [Double] {
    var slopes = unitSlopes(settings[0], activations: bias)
    for (layer, (upper, lower)) in zip(layers, zip(settings, settings.dropFirst())) {
      slopes += layer.logSlopes(of: lower, given: upper)
    }
    return slopes
  }
}

extension RecognitionNetwork {
  /// ∂log q(z | x)/∂φ of one setting of the hidden layers, the top first.
  public func logSlopes(_ hidden: [[Bool]], given observation: [Bool]) -> [Double] {
    var (slopes, lower) = ([Double](), observation)
    for (layer, upper) in zip(layers, hidden.reversed()) {
      slopes += layer.logSlopes(of: upper, given: lower)
      lower = upper
    }
    return slopes
  }
}

extension SigmoidBeliefNetwork.Layer {
  /// By the weights, row by row, and by the biases: a weight moves only what a unit that is on feeds.
  fileprivate func logSlopes(of target: [Bool], given source: [Bool]) -> [Double] {
    let slopes = unitSlopes(target, activations: activations(below: source))
    return source.flatMap { $0 ? slopes : slopes.map { _ in 0 } } + slopes
  }
}

/// ∂log σ(±a)/∂a = ± σ(∓a), unit by unit: the probability of the other state, with the sign of this one.
private func unitSlopes(_ units: [Bool], activations: [Double]) -> [Double] {
  zip(units, activations).map { $0 ? sigmoid(-$1) : -sigmoid($1) }
}
