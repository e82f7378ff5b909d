import GSL
public import Probability

/// A recognition network: from what is observed up to the top, each layer of units independent
/// given the one below it.
///
/// ```
/// q(upper_j = 1 | lower) = σ(bias_j + Σ_i lower_i weights_ij)
/// q(z | x) = q(lowest | x) … q(top | the layer below it)
/// ```
/// Layers are those of a ``SigmoidBeliefNetwork`` with the arrows turned round: a row of weights a
/// unit that is read. Settings of the hidden layers are lists with the top first, as there.
/// Reference: Dayan, Hinton, Neal and Zemel 1995, "The Helmholtz machine".
public struct RecognitionNetwork: Sendable, Equatable {
  /// One layer after the other, the one that reads the observed units first.
  public let layers: [SigmoidBeliefNetwork.Layer]

  /// A network with at least one layer; any layer may be without units.
  /// - Parameters:
  ///   - layers: from the observed units up.
  ///   - observedUnits: how many units the first layer reads.
  /// - Throws: layers that do not fit each other, or numbers that are not finite.
  public init(
    layers: [SigmoidBeliefNetwork.Layer], observedUnits: Int
  ) throws(ModelError) {
    try Validate.notEmpty("layers", layers.count)
    try Validate.layers(layers, below: observedUnits)
    self.layers = layers
    self.observedUnits = observedUnits
  }

  /// The number of units that the first layer reads.
  public let observedUnits: Int

  /// The number of units of each hidden layer, the top first.
  public var hiddenUnitCounts: [Int] { layers.reversed().map(\.bias.count) }

  /// log q(z | x) of one setting of the hidden layers, the top first.
  public func logProbability(_ hidden: [[Bool]], given observation: [Bool]) -> Double {
    var (log, lower) = (0.0, observation)
    for (layer, upper) in zip(layers, hidden.reversed()) {
      log += logBernoulli(upper, activations: layer.activations(below: lower))
      lower = upper
    }
    return log
  }

  /// Draws every hidden layer from the observation up; the top comes first in the list.
  public func sample<Choices: DiscreteChoices>(
    given observation: [Bool], _ choices: inout Choices
  ) throws(ChoiceError) -> [[Bool]] {
    var (hidden, lower) = ([[Bool]](), observation)
    for layer in layers {
      var upper: [Bool] = []
      for activation in layer.activations(below: lower) {
        upper.append(try choices.flip(sigmoid(activation)))
      }
      hidden.append(upper)
      lower = upper
    }
    return hidden.reversed()
  }
}
