public import JSONText
public import Models

/// A variational autoencoder with one latent number, one observation and a Gaussian q, as
/// `"approximation": "vae-1d"` describes them.
public struct ScalarAutoencoderSpec: Sendable, Equatable {
  /// The decoder, the noise and the observation.
  public let model: ScalarAutoencoder
  /// q.
  public let code: GaussianCode
  /// The weights of the divergence that are asked about.
  public let betas: [Double]

  /// How far the logarithm of a standard deviation may be from zero.
  static let largestLogSd = 100.0

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["approximation", "decoder", "likelihood", "x", "q", "beta"])
    let decoder = try place.member("decoder")
    try decoder.object(requiring: ["layers"])
    var layers: [ScalarDecoder.Layer] = []
    for layer in try decoder.member("layers").array() {
      try layer.object(requiring: ["weights", "bias"], allowing: ["activation"])
      let bias = try layer.member("bias").numbers()
      let weights = try layer.member("weights").matrix(
        rows: layers.last?.bias.count ?? 1, columns: bias.count)
      layers.append(.init(weights: weights, bias: bias, activation: try activation(layer)))
    }
    let network = try decoder.making { () throws(ModelError) in try ScalarDecoder(layers) }
    let likelihood = try place.member("likelihood")
    let noise = try observationNoise(likelihood)
    let x = try place.member("x").numbers(count: network.outputCount)
    model = try place.making { () throws(ModelError) in
      try ScalarAutoencoder(decoder: network, noise: noise, observed: x)
    }
    let q = try place.member("q")
    try q.object(requiring: ["mean", "logSd"])
    let logSd = try q.member("logSd").number()
    guard abs(logSd) <= ScalarAutoencoderSpec.largestLogSd else {
      throw try q.member("logSd").error(
        expected: "a number from -\(Int(ScalarAutoencoderSpec.largestLogSd)) to "
          + "\(Int(ScalarAutoencoderSpec.largestLogSd))")
    }
    code = GaussianCode(mean: try q.member("mean").number(), logSd: logSd)
    betas = try place.member("beta").numbers()
  }
}

private func activation(_ layer: JSONPlace) throws(PlaceError) -> DecoderActivation {
  guard let place = try layer.optional("activation") else { return .identity }
  let word = try place.string(among: DecoderActivation.allCases.map(\.rawValue))
  return DecoderActivation(rawValue: word) ?? .identity
}

private func observationNoise(_ place: JSONPlace) throws(PlaceError) -> ObservationNoise {
  switch try place.member("family").string(among: ["gaussian", "bernoulli"]) {
  case "bernoulli":
    try place.object(requiring: ["family"])
    return .bernoulli
  default:
    try place.object(requiring: ["family", "variance"])
    return .gaussian(variance: try place.member("variance").positiveNumber())
  }
}
