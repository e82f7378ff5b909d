public import JSONText
public import Models

/// A sigmoid belief network and its observations, as `"model": "sigmoid-belief-network"` describes
/// them.
public struct BeliefNetworkSpec: Sendable, Equatable {
  /// The network.
  public let network: SigmoidBeliefNetwork
  /// Settings of the last layer.
  public let observations: [[Bool]]

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["model", "bias", "layers", "observations"])
    _ = try place.member("model").string(among: ["sigmoid-belief-network"])
    let bias = try place.member("bias").numbers()
    var layers: [SigmoidBeliefNetwork.Layer] = []
    for layer in try place.member("layers").array() {
      try layer.object(requiring: ["weights", "bias"])
      let lower = try layer.member("bias").numbers()
      let upper = layers.last?.bias.count ?? bias.count
      let weights = try layer.member("weights").matrix(rows: upper, columns: lower.count)
      layers.append(.init(weights: weights, bias: lower))
    }
    do throws(ModelError) {
      network = try SigmoidBeliefNetwork(bias: bias, layers: layers)
    } catch {
      throw place.refusal(error)
    }
    var observations: [[Bool]] = []
    for observation in try place.member("observations").array() {
      let units = try observation.integers(count: network.observedUnitCount, in: 0...1)
      observations.append(units.map { $0 == 1 })
    }
    self.observations = observations
  }
}
