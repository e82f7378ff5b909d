import GSL
public import Probability

/// A sigmoid belief network: layers of binary units, each hanging below the one before it.
///
/// ```
/// P(top_i = 1) = σ(bias_i)
/// P(lower_j = 1 | upper) = σ(bias_j + Σ_i upper_i weights_ij)
/// ```
/// The last layer is observed, all others are hidden.
/// Reference: R. Neal, "Connectionist learning of belief networks", Artificial Intelligence 56, 1992.
public struct SigmoidBeliefNetwork: Sendable, Equatable {
  /// One layer below another.
  public struct Layer: Sendable, Equatable {
    /// What an upper unit that is on adds to each lower unit: a row an upper unit.
    public let weights: [[Double]]
    /// The activation of each lower unit without upper units.
    public let bias: [Double]

    /// A layer; the network checks that it fits.
    public init(weights: [[Double]], bias: [Double]) {
      self.weights = weights
      self.bias = bias
    }

    /// The activation bias_j + Σ_i upper_i weights_ij of each lower unit.
    public func activations(below upper: [Bool]) -> [Double] {
      bias.indices.map { j in
        accurateSum(bias[j], upper.indices.lazy.filter { upper[$0] }.map { weights[$0][j] })
      }
    }
  }

  /// The activations of the top units.
  public let bias: [Double]
  /// The layers below the top, the observed one last.
  public let layers: [Layer]

  /// A network with at least one layer below the top; any layer may be without units.
  public init(bias: [Double], layers: [Layer]) throws(ModelError) {
    try Validate.finite("bias", bias)
    try Validate.notEmpty("layers", layers.count)
    try Validate.layers(layers, below: bias.count)
    self.bias = bias
    self.layers = layers
  }

  /// The number of units of each hidden layer, the top first.
  public var hiddenUnitCounts: [Int] { [bias.count] + layers.dropLast().map(\.bias.count) }

  /// The number of observed units.
  public var observedUnitCount: Int { layers.last?.bias.count ?? 0 }

  /// log p(top, …, bottom) of one setting of every layer, the top first.
  public func logJoint(_ settings: [[Bool]]) -> Double { logProbability(settings) }

  /// log p of the first layers, from the top down to the last that is set.
  package func logProbability(_ settings: [[Bool]]) -> Double {
    var sum = logBernoulli(settings[0], activations: bias)
    for (layer, (upper, lower)) in zip(layers, zip(settings, settings.dropFirst())) {
      sum += logBernoulli(lower, activations: layer.activations(below: upper))
    }
    return sum
  }

  /// The network as it is, with an observation of its last layer.
  public func validate(observation: [Bool]) throws(ModelError) {
    try Validate.count("observation", observation.count, expected: observedUnitCount)
  }

  /// Draws every layer from the top down.
  public func sample<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [[Bool]] {
    var settings: [[Bool]] = []
    for number in 0...layers.count {
      let activations =
        settings.last.map { layers[number - 1].activations(below: $0) } ?? bias
      var units: [Bool] = []
      for activation in activations { units.append(try choices.flip(sigmoid(activation))) }
      settings.append(units)
    }
    return settings
  }

  /// A random network of the given layer sizes, the top first, with weights and biases in [-3, 3].
  public static func random<Choices: DiscreteChoices>(
    units: [Int], _ choices: inout Choices
  ) throws(ChoiceError) -> SigmoidBeliefNetwork {
    var layers: [Layer] = []
    for (upper, lower) in zip(units, units.dropFirst()) {
      var weights: [[Double]] = []
      for _ in 0..<upper { weights.append(try choices.reals(lower, from: -3, to: 3)) }
      layers.append(Layer(weights: weights, bias: try choices.reals(lower, from: -3, to: 3)))
    }
    return SigmoidBeliefNetwork(
      checkedBias: try choices.reals(units.first ?? 0, from: -3, to: 3), layers: layers)
  }

  private init(checkedBias: [Double], layers: [Layer]) {
    bias = checkedBias
    self.layers = layers
  }
}

extension Validate {
  /// Layers of which each reads the units of the one before it, the first so many.
  static func layers(
    _ layers: [SigmoidBeliefNetwork.Layer], below count: Int
  ) throws(ModelError) {
    var source = count
    for (number, layer) in layers.enumerated() {
      let place = "layers[\(number)]"
      try Validate.finite("\(place).bias", layer.bias)
      try Validate.count("\(place).weights", layer.weights.count, expected: source)
      for (unit, row) in layer.weights.enumerated() {
        try Validate.count("\(place).weights[\(unit)]", row.count, expected: layer.bias.count)
        try Validate.finite("\(place).weights[\(unit)]", row)
      }
      source = layer.bias.count
    }
  }
}

/// log p(units) of independent units that are on with probability σ(activation).
///
/// ```
/// log σ(a) = −softplus(−a),     log(1 − σ(a)) = −softplus(a)
/// ```
package func logBernoulli(_ units: [Bool], activations: [Double]) -> Double {
  zip(units, activations).reduce(0) { $0 - softplus($1.0 ? -$1.1 : $1.1) }
}

/// A sum of finite numbers that overflows only where its value does.
private func accurateSum(_ first: Double, _ rest: some Sequence<Double>) -> Double {
  var sum = CompensatedSum()
  sum.add(first)
  for term in rest { sum.add(term) }
  if sum.value.isFinite { return sum.value }
  // Partial sums may leave the range of doubles and come back; 2^64 terms of this size cannot.
  var scaled = CompensatedSum()
  scaled.add(first * 0x1p-64)
  for term in rest { scaled.add(term * 0x1p-64) }
  return scaled.value * 0x1p64
}
