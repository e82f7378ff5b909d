import Approximate
import JSONText
import Models

/// What `wake-sleep-step.json` holds: a Helmholtz machine, its patterns, and how it learns.
struct WakeSleepInput {
  /// Training before its first step.
  let training: WakeSleepTraining
  /// The patterns of each step, cyclically.
  let batches: [[[Bool]]]

  /// Reads the file, or refuses it with the place and the reason.
  init(_ file: JSONPlace) throws {
    let generative = try file.member("generative")
    let top = try generative.member("top").numbers()
    let down = try layers(try generative.member("layers"), below: top.count)
    let network = try SigmoidBeliefNetwork(bias: top, layers: down)
    let up = try layers(
      try file.member("recognition").member("layers"), below: network.observedUnitCount)
    let machine = try HelmholtzMachine(
      generative: network,
      recognition: RecognitionNetwork(layers: up, observedUnits: network.observedUnitCount))
    let patterns = try file.member("observations").array().map { pattern in
      try pattern.integers(count: network.observedUnitCount, in: 0...1).map { $0 == 1 }
    }
    let batchSize = try file.member("batchSize").integer(in: 1...(1 << 16))
    guard !patterns.isEmpty else {
      throw try file.member("observations").error(expected: "at least one pattern")
    }
    // As many batches as bring the first pattern to the front again, up to a thousand.
    let steps = (1...1000).first { $0 * batchSize % patterns.count == 0 } ?? 1000
    batches = (0..<steps).map { step in
      (0..<batchSize).map { patterns[(step * batchSize + $0) % patterns.count] }
    }
    training = try WakeSleepTraining(
      machine, batchSize: batchSize, rate: try file.member("learningRate").number())
  }
}

/// Layers of which each reads the one before it, as `{"weights": [[bias] x read], "bias": [...]}`.
private func layers(_ place: JSONPlace, below count: Int) throws -> [SigmoidBeliefNetwork.Layer] {
  var layers: [SigmoidBeliefNetwork.Layer] = []
  for layer in try place.array() {
    let bias = try layer.member("bias").numbers()
    let weights = try layer.member("weights").matrix(
      rows: layers.last?.bias.count ?? count, columns: bias.count)
    layers.append(.init(weights: weights, bias: bias))
  }
  return layers
}
