import GSL

/// A function applied to every number of a layer.
public enum DecoderActivation: String, Sendable, CaseIterable {
  /// The numbers as they are.
  case identity
  /// The hyperbolic tangent.
  case tanh
  /// 1 / (1 + e⁻ᵃ).
  case sigmoid
  /// log(1 + eᵃ).
  case softplus
  /// The sine.
  case sine

  /// The value at a, and the slope there.
  func valueAndSlope(_ a: Double) -> (value: Double, slope: Double) {
    switch self {
    case .identity: return (a, 1)
    case .tanh:
      let value = GSL.tanh(a)
      return (value, (1 - value) * (1 + value))
    case .sigmoid: return (GSL.sigmoid(a), GSL.sigmoid(a) * GSL.sigmoid(-a))
    case .softplus: return (GSL.softplus(a), GSL.sigmoid(a))
    case .sine: return (GSL.sin(a), GSL.cos(a))
    }
  }
}

/// A network from one latent number to D outputs, layer by layer: a ← activation(a W + b).
public struct ScalarDecoder: Sendable, Equatable {
  /// One layer: a row of weights for every input, a column for every output.
  public struct Layer: Sendable, Equatable {
    /// W, row by row.
    public let weights: [[Double]]
    /// b.
    public let bias: [Double]
    /// What is applied to the sums.
    public let activation: DecoderActivation

    /// A layer from its parts.
    public init(weights: [[Double]], bias: [Double], activation: DecoderActivation = .identity) {
      self.weights = weights
      self.bias = bias
      self.activation = activation
    }
  }

  /// The layers, from the latent to the outputs.
  public let layers: [Layer]

  /// A decoder of at least one layer; the first has one input.
  public init(_ layers: [Layer]) throws(ModelError) {
    try Validate.notEmpty("layers", layers.count)
    var inputs = 1
    for (number, layer) in layers.enumerated() {
      let place = "layers[\(number)]"
      try Validate.notEmpty("\(place).bias", layer.bias.count)
      try Validate.finite("\(place).bias", layer.bias)
      try Validate.count("\(place).weights", layer.weights.count, expected: inputs)
      for (row, weights) in layer.weights.enumerated() {
        try Validate.count("\(place).weights[\(row)]", weights.count, expected: layer.bias.count)
        try Validate.finite("\(place).weights[\(row)]", weights)
      }
      inputs = layer.bias.count
    }
    self.layers = layers
  }

  /// The number of outputs.
  public var outputCount: Int { layers.last?.bias.count ?? 0 }

  /// Every output at z, and its derivative by z, both carried forward through the layers.
  public func outputs(_ z: Double) -> (values: [Double], slopes: [Double]) {
    var (values, slopes) = ([z], [1.0])
    for layer in layers {
      var (sums, sumSlopes) = (layer.bias, [Double](repeating: 0, count: layer.bias.count))
      for (row, weights) in layer.weights.enumerated() {
        for j in weights.indices {
          sums[j] += values[row] * weights[j]
          sumSlopes[j] += slopes[row] * weights[j]
        }
      }
      for j in sums.indices {
        let (value, slope) = layer.activation.valueAndSlope(sums[j])
        (sums[j], sumSlopes[j]) = (value, slope * sumSlopes[j])
      }
      (values, slopes) = (sums, sumSlopes)
    }
    return (values, slopes)
  }
}
