/// Networks as lists of numbers: what gradients, steps and saved states are written in.
///
/// A layer is its weights, row by row, and then its biases; a generative network begins with the
/// biases of the top.
extension SigmoidBeliefNetwork.Layer {
  /// The weights row by row, then the biases.
  public var parameters: [Double] { weights.flatMap(\.self) + bias }

  /// A layer of the same size made of the numbers at the front of a list, which are taken away.
  init(like layer: Self, takingFrom list: inout ArraySlice<Double>) {
    func take(_ count: Int) -> [Double] {
      defer { list = list.dropFirst(count) }
      return Array(list.prefix(count))
    }
    let width = layer.bias.count
    let rows = layer.weights.map { _ in take(width) }
    self.init(weights: rows, bias: take(width))
  }
}

extension SigmoidBeliefNetwork {
  /// θ as one list: the biases of the top, then one layer after the other.
  public var parameters: [Double] { bias + layers.flatMap(\.parameters) }

  /// A network of the same shape with other parameters.
  public func with(parameters: [Double]) throws(ModelError) -> SigmoidBeliefNetwork {
    try Validate.count("parameters", parameters.count, expected: self.parameters.count)
    var rest = parameters.dropFirst(bias.count)
    return try SigmoidBeliefNetwork(
      bias: Array(parameters.prefix(bias.count)),
      layers: layers.map { Layer(like: $0, takingFrom: &rest) })
  }
}

extension RecognitionNetwork {
  /// φ as one list: one layer after the other, from the observed units up.
  public var parameters: [Double] { layers.flatMap(\.parameters) }

  /// A network of the same shape with other parameters.
  public func with(parameters: [Double]) throws(ModelError) -> RecognitionNetwork {
    try Validate.count("parameters", parameters.count, expected: self.parameters.count)
    var rest = parameters[...]
    return try RecognitionNetwork(
      layers: layers.map { SigmoidBeliefNetwork.Layer(like: $0, takingFrom: &rest) },
      observedUnits: observedUnits)
  }
}

extension HelmholtzMachine {
  /// The machine with both lists of parameters moved: θ + step · along, φ + step · along.
  public func moved(
    generative: [Double] = [], recognition: [Double] = [], by step: Double = 1
  ) throws(ModelError) -> HelmholtzMachine {
    func moved(_ parameters: [Double], _ along: [Double]) -> [Double] {
      along.isEmpty ? parameters : zip(parameters, along).map { $0 + step * $1 }
    }
    return try HelmholtzMachine(
      generative: self.generative.with(
        parameters: moved(self.generative.parameters, generative)),
      recognition: self.recognition.with(
        parameters: moved(self.recognition.parameters, recognition)))
  }
}
