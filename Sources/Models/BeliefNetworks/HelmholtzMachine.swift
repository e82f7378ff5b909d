public import Probability

/// A Helmholtz machine: a sigmoid belief network that dreams, and a network that recognises.
///
/// ```
/// generative:    p(x, z) = p(top) … p(x | lowest hidden)
/// recognition:   q(z | x) = q(lowest hidden | x) … q(top | below)
/// ```
/// Reference: Dayan, Hinton, Neal and Zemel 1995, "The Helmholtz machine"; Hinton, Dayan, Frey and
/// Neal 1995, "The wake-sleep algorithm for unsupervised neural networks".
public struct HelmholtzMachine: Sendable, Equatable {
  /// p(x, z), with parameters θ.
  public let generative: SigmoidBeliefNetwork
  /// q(z | x), with parameters φ.
  public let recognition: RecognitionNetwork

  /// A machine of two networks over the same layers.
  public init(
    generative: SigmoidBeliefNetwork, recognition: RecognitionNetwork
  ) throws(ModelError) {
    let counts = generative.hiddenUnitCounts
    guard recognition.layers.count == counts.count else {
      throw ModelError(
        "recognition.layers",
        "expected as many layers as the generative network has hidden ones, \(counts.count), found "
          + "\(recognition.layers.count)")
    }
    for (number, (layer, count)) in zip(recognition.layers, counts.reversed()).enumerated() {
      try Validate.count(
        "recognition.layers[\(number)].bias", layer.bias.count, expected: count)
    }
    try Validate.count(
      "recognition.layers[0].weights", recognition.observedUnits,
      expected: generative.observedUnitCount)
    self.generative = generative
    self.recognition = recognition
  }

  /// The number of units of each hidden layer, the top first.
  public var hiddenUnitCounts: [Int] { generative.hiddenUnitCounts }

  /// The number of all hidden units.
  public var hiddenUnits: Int { hiddenUnitCounts.reduce(0, +) }

  /// The number of observed units.
  public var observedUnits: Int { generative.observedUnitCount }

  /// The setting of the hidden layers with a number, the top first: unit i of all is bit i.
  public func hiddenSetting(_ number: Int) -> [[Bool]] {
    var rest = number
    return hiddenUnitCounts.map { count in
      defer { rest >>= count }
      return (0..<count).map { rest >> $0 & 1 == 1 }
    }
  }

  /// A random machine of the given layer sizes, the top first, with weights and biases in [-3, 3].
  public static func random<Choices: DiscreteChoices>(
    units: [Int], _ choices: inout Choices
  ) throws -> HelmholtzMachine {
    let generative = try SigmoidBeliefNetwork.random(units: units, &choices)
    var layers: [SigmoidBeliefNetwork.Layer] = []
    let upwards = Array(units.reversed())
    for (lower, upper) in zip(upwards, upwards.dropFirst()) {
      var weights: [[Double]] = []
      for _ in 0..<lower { weights.append(try choices.reals(upper, from: -3, to: 3)) }
      layers.append(.init(weights: weights, bias: try choices.reals(upper, from: -3, to: 3)))
    }
    return try HelmholtzMachine(
      generative: generative,
      recognition: RecognitionNetwork(layers: layers, observedUnits: upwards.first ?? 0))
  }
}

/// What the observed units of a machine are learnt from: settings with their probabilities.
public struct BitPatterns: Sendable, Equatable {
  /// Distinct settings of the observed units.
  public let patterns: [[Bool]]
  /// D(x), which sum to one.
  public let probabilities: [Double]

  /// Distinct patterns of one length with probabilities above zero.
  public init(_ patterns: [[Bool]], probabilities: [Double]) throws(ModelError) {
    try Validate.count("probabilities", probabilities.count, expected: patterns.count)
    try Validate.distribution("probabilities", probabilities)
    var seen: Set<[Bool]> = []
    for (number, pattern) in patterns.enumerated() {
      try Validate.count("patterns[\(number)]", pattern.count, expected: patterns[0].count)
      guard seen.insert(pattern).inserted else {
        throw ModelError("patterns[\(number)]", "expected distinct patterns, found one twice")
      }
      guard probabilities[number] > 0 else {
        throw ModelError(
          "probabilities[\(number)]", "expected a probability above 0, found 0")
      }
    }
    self.patterns = patterns
    self.probabilities = probabilities
  }

  /// Patterns that are all as likely.
  public init(uniform patterns: [[Bool]]) throws(ModelError) {
    try self.init(
      patterns, probabilities: patterns.map { _ in 1 / Double(patterns.count) })
  }

  /// Draws a pattern.
  public func sample<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Bool] {
    patterns[try choices.choose(probabilities)]
  }
}
