public import JSONText
public import Models

/// A Helmholtz machine and its data, as `"approximation": "wake-sleep"` describes them.
public struct WakeSleepSpec: Sendable, Equatable {
  /// Both networks.
  public let machine: HelmholtzMachine
  /// What the observed units show, with probabilities.
  public let data: BitPatterns

  /// The most hidden units: three draws of 2^6 settings each make 45,760 different sets.
  static let mostHiddenUnits = 6

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["approximation", "generative", "recognition", "data"])
    _ = try place.member("approximation").string(among: ["wake-sleep"])
    let generativePlace = try place.member("generative")
    try generativePlace.object(requiring: ["bias", "layers"])
    let bias = try generativePlace.member("bias").numbers()
    let generative = try generativePlace.making {
      [
        layers = try layers(
          try generativePlace.member("layers"), below: bias.count)
      ] () throws(ModelError) in
      try SigmoidBeliefNetwork(bias: bias, layers: layers)
    }
    let hidden = generative.hiddenUnitCounts.reduce(0, +)
    guard hidden <= WakeSleepSpec.mostHiddenUnits else {
      throw generativePlace.error(
        "expected at most \(WakeSleepSpec.mostHiddenUnits) hidden units in all, found \(hidden)")
    }
    let recognitionPlace = try place.member("recognition")
    try recognitionPlace.object(requiring: ["layers"])
    let recognition = try recognitionPlace.making {
      [
        layers = try layers(
          try recognitionPlace.member("layers"), below: generative.observedUnitCount)
      ] () throws(ModelError) in
      try RecognitionNetwork(layers: layers, observedUnits: generative.observedUnitCount)
    }
    machine = try place.making { () throws(ModelError) in
      try HelmholtzMachine(generative: generative, recognition: recognition)
    }
    data = try patterns(try place.member("data"), units: generative.observedUnitCount)
  }
}

/// Layers of which each reads the one before it, the first so many units.
private func layers(
  _ place: JSONPlace, below count: Int
) throws(PlaceError) -> [SigmoidBeliefNetwork.Layer] {
  var layers: [SigmoidBeliefNetwork.Layer] = []
  for layer in try place.array() {
    try layer.object(requiring: ["weights", "bias"])
    let bias = try layer.member("bias").numbers()
    let weights = try layer.member("weights").matrix(
      rows: layers.last?.bias.count ?? count, columns: bias.count)
    layers.append(.init(weights: weights, bias: bias))
  }
  return layers
}

/// Distinct settings with probabilities above zero that sum to one.
private func patterns(_ place: JSONPlace, units: Int) throws(PlaceError) -> BitPatterns {
  var (patterns, probabilities, seen) = ([[Bool]](), [Double](), Set<[Bool]>())
  for datum in try place.array() {
    try datum.object(requiring: ["x", "probability"])
    let pattern = try datum.member("x").integers(count: units, in: 0...1).map { $0 == 1 }
    guard seen.insert(pattern).inserted else {
      throw try datum.member("x").error("expected distinct patterns, found one twice")
    }
    patterns.append(pattern)
    let probability = try datum.member("probability").probability()
    guard probability > 0 else {
      throw try datum.member("probability").error(expected: "a probability above 0")
    }
    probabilities.append(probability)
  }
  guard !probabilities.isEmpty else { throw place.error(expected: "at least one pattern") }
  guard sumsToOne(probabilities) else {
    throw place.error(
      "expected probabilities that sum to 1, found a sum of \(probabilities.reduce(0, +))")
  }
  do throws(ModelError) {
    return try BitPatterns(patterns, probabilities: probabilities)
  } catch {
    throw place.refusal(error)
  }
}
