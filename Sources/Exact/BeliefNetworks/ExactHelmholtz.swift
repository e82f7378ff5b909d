import GSL
public import Models
public import Probability

/// The exact averages of a Helmholtz machine over data, and over its own dreams.
public struct ExactHelmholtz: Sendable, Equatable {
  /// One answer a pattern of the data.
  public let posteriors: [ExactRecognition]
  /// D(x), the weights of the data.
  public let weights: [Double]

  /// The answers for every pattern.
  public init(of machine: HelmholtzMachine, _ data: BitPatterns) throws(ModelError) {
    var posteriors: [ExactRecognition] = []
    for pattern in data.patterns { posteriors.append(try ExactRecognition(of: machine, pattern)) }
    self.posteriors = posteriors
    weights = data.probabilities
  }

  /// The answers for everything that the machine can dream, each with its probability p(x).
  ///
  /// - Throws: a machine with more than 62 units.
  public init(dreamsOf machine: HelmholtzMachine) throws(ModelError) {
    guard machine.observedUnits + machine.hiddenUnits < 63 else {
      throw ModelError("layers", "expected fewer than 63 units in all")
    }
    var posteriors: [ExactRecognition] = []
    for number in BitStates(of: machine.observedUnits).indices {
      let dream = units(number, count: machine.observedUnits)
      posteriors.append(try ExactRecognition(of: machine, dream))
    }
    self.posteriors = posteriors
    weights = posteriors.map { exp($0.logEvidence.value) }
  }

  /// The average of a number over the patterns.
  public func average(_ value: (ExactRecognition) -> ExactValue) -> ExactValue {
    zip(weights, posteriors).sum { ExactValue($0) * value($1) }
  }

  /// The average of a gradient over the patterns.
  public func average(_ gradient: (ExactRecognition) -> [ExactValue]) -> [ExactValue] {
    let gradients = posteriors.map(gradient)
    return (gradients.first ?? []).indices.map { i in
      zip(weights, gradients).sum { ExactValue($0) * $1[i] }
    }
  }

  /// KL(D‖p) = Σ_x D(x) [log D(x) − log p(x)], how far the model is from its data.
  public var divergenceOfData: ExactValue {
    zip(weights, posteriors).sum { weight, posterior in
      ExactValue(weight) * (ExactValue(weight).logarithm - posterior.logEvidence)
    }
  }
}

/// KL(D‖p) of a generative network alone, with hidden layers summed out one after the other.
public func exactDivergence(
  of data: BitPatterns, from network: SigmoidBeliefNetwork
) throws(ExactRefusal) -> ExactValue {
  let answers = try ExactAnswers(of: network, data.patterns)
  return zip(data.probabilities, answers.posteriors).sum { weight, posterior in
    ExactValue(weight) * (ExactValue(weight).logarithm - posterior.logEvidence)
  }
}
