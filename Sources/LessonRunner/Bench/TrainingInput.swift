import Approximate
import GSL
import Interchange
import JSONText
import Kernels
import Models

/// What `nvil-step.json` holds beside a latent-factor model: an inference network, and how it learns.
struct TrainingInput {
  /// Training before its first step.
  let training: BatchTraining

  /// Reads the file, or refuses it with the place and the reason.
  init(_ file: JSONPlace) throws {
    let spec = try LatentFactorSpec(try file.member("spec"))
    let layers = try file.member("network").member("layers").array(count: 2)
    let hidden = try Layer(layers[0], inputs: spec.model.wordCount)
    let output = try Layer(layers[1], inputs: hidden.bias.count)
    let model = spec.model
    let prior = try file.member("spec").member("prior")
    for place in try prior.array() where !logOdds(try place.number()).isFinite {
      throw place.error(expected: "a probability with finite log odds")
    }
    let parameters = try BatchParameters(
      prior: model.prior.map(logOdds), weights: grid(model.weights, columns: model.wordCount),
      bias: model.bias, hiddenWeights: hidden.weights, hiddenBias: hidden.bias,
      outputWeights: output.weights, outputBias: output.bias)
    let corpus = try WordCounts(spec.documents.map(\.words), vocabulary: model.wordCount)
    let settings = BatchSettings(
      batchSize: try file.member("batchSize").integer(in: 1...(1 << 20)),
      learningRate: try file.member("learningRate").number(),
      baselineDecay: try file.member("baselineDecay").number())
    training = try BatchTraining(parameters, corpus: corpus, settings: settings)
  }
}

/// An affine map, as `{"weights": [[outputs] x inputs], "bias": [outputs]}` describes it.
private struct Layer {
  let weights: Grid
  let bias: [Double]

  init(_ place: JSONPlace, inputs: Int) throws {
    bias = try place.member("bias").numbers()
    weights = grid(
      try place.member("weights").matrix(rows: inputs, columns: bias.count), columns: bias.count)
  }
}

private func grid(_ rows: [[Double]], columns: Int) -> Grid {
  Grid(rows: rows.count, columns: columns, rows.flatMap(\.self))
}

private func logOdds(_ probability: Double) -> Double { log(probability) - log(1 - probability) }
