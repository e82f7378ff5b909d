import Approximate
import GSL
import Kernels
import Models
import Networks
import Probability

// What trains, at the numbers of a problem.

extension DocumentNetworks {
  /// The library's networks at the numbers of a model: no embedding, v = λ.
  init(of model: LatentFactorModel, logits: [Double]) {
    let columns = Matrix(model.weights)
    self.init(
      likelihood: LikelihoodNetwork(
        scores: Linear(weights: columns.transposed(), bias: Vector(model.bias))),
      inference: InferenceNetwork(
        embedding: Embedding(table: Matrix(zeros: model.wordCount, 1)),
        output: Linear(weights: Matrix(zeros: logits.count, 1), bias: Vector(logits))),
      prior: model.prior)
  }
}

extension DocumentProblem {
  /// The words as networks read them.
  var document: Document { Document(observed.words, vocabulary: vocabulary) }

  /// The library's networks at these numbers.
  var networks: DocumentNetworks { DocumentNetworks(of: observed.model, logits: logits) }

  /// The library's training on this one document, with nothing taken out of the estimate.
  var training: NVILTraining {
    NVILTraining(networks, corpus: [document], settings: .plain)
  }

  /// The library's training on batches, of this one document: again no embedding, c₂ = λ.
  func batchTraining(learningRate: Double = 0) throws -> BatchTraining {
    let model = observed.model
    let parameters = try BatchParameters(
      prior: prior.map { log($0 / (1 - $0)) },
      weights: Grid(rows: prior.count, columns: vocabulary, Array(model.weights.joined())),
      bias: model.bias, hiddenWeights: Grid(rows: vocabulary, columns: 1), hiddenBias: [0],
      outputWeights: Grid(rows: 1, columns: prior.count), outputBias: logits)
    return try BatchTraining(
      parameters, corpus: try WordCounts([observed.words], vocabulary: vocabulary),
      settings: BatchSettings(batchSize: 1, learningRate: learningRate, baselineDecay: 0))
  }
}

extension NetworksAndStepsProblem {
  /// The library's networks with these matrices and a prior of .3.
  var networks: DocumentNetworks {
    DocumentNetworks(
      likelihood: LikelihoodNetwork(
        scores: Linear(weights: wordWeights, bias: Vector(wordBias))),
      inference: InferenceNetwork(
        embedding: Embedding(table: embedding),
        output: Linear(weights: outputWeights, bias: Vector(outputBias))),
      prior: outputBias.map { _ in 0.3 })
  }
}
