import GSL
import Kernels
import Probability

/// A batch of documents on its way through both networks, with the room that this takes.
///
/// Row i of every grid is about document i of the batch.
struct Batch: Sendable {
  // x, n
  private var counts: Grid
  private var lengths: [Double]
  // h = x W₁ + c₁, η = h W₂ + c₂, σ(η)
  private var features: Grid
  private var logits: Grid
  private var probabilities: Grid
  // z; s = z W + b, softmax(s), log Σ exp s
  private var latents: Grid
  private var scores: Grid
  private var shares: Grid
  private var normalisers: [Double]
  // Σ_d log(1 + exp η_d), and what else the signal is made of
  private var softplusSums: [Double]
  private var priorProducts: [Double]
  private var scoreProducts: [Double]
  private var logitProducts: [Double]
  // The factors of each document's row, and derivatives with respect to s, η and h
  private var up: [Double]
  private var down: [Double]
  private let equalShares: [Double]
  private var scoreSlopes: Grid
  private var logitSlopes: Grid
  private var featureSlopes: Grid
  private var transposedOutput: Grid

  init(size: Int, _ sizes: (words: Int, features: Int, factors: Int)) {
    let byDocument = [Double](repeating: 0, count: size)
    let byWord = Grid(rows: size, columns: sizes.words)
    let byFeature = Grid(rows: size, columns: sizes.features)
    let byFactor = Grid(rows: size, columns: sizes.factors)
    (counts, scores, shares, scoreSlopes) = (byWord, byWord, byWord, byWord)
    (features, featureSlopes) = (byFeature, byFeature)
    (logits, probabilities, latents, logitSlopes) = (byFactor, byFactor, byFactor, byFactor)
    (lengths, normalisers, softplusSums) = (byDocument, byDocument, byDocument)
    (priorProducts, scoreProducts, logitProducts) = (byDocument, byDocument, byDocument)
    (up, down) = (byDocument, byDocument)
    equalShares = byDocument.map { _ in 1 / Double(size) }
    transposedOutput = Grid(rows: sizes.factors, columns: sizes.features)
  }

  /// The next documents of a corpus, from its top again behind its end.
  mutating func take(_ corpus: WordCounts, from first: Int) {
    counts.copyRows(of: corpus.counts, from: first)
    for i in lengths.indices { lengths[i] = corpus.lengths[(first + i) % corpus.documentCount] }
  }

  /// q(z | x).
  mutating func infer(_ parameters: BatchParameters) {
    features.setProduct(counts, parameters.hiddenWeights, plus: parameters.hiddenBias)
    logits.setProduct(features, parameters.outputWeights, plus: parameters.outputBias)
    probabilities.setSigmoid(of: logits, softplusSums: &softplusSums)
  }

  /// z ~ q(z | x), one draw a document.
  mutating func draw<Choices: DiscreteChoices>(_ choices: inout Choices) throws(ChoiceError) {
    let probabilities = probabilities.numbers
    try latents.withNumbers { (bits) throws(ChoiceError) in
      try choices.flip(probabilities, into: &bits)
    }
  }

  /// p(x | z).
  mutating func explain(_ parameters: BatchParameters) {
    scores.setProduct(latents, parameters.weights, plus: parameters.bias)
    shares.setSoftmax(of: scores, normalisers: &normalisers)
  }

  /// The weights (f_i − c)/B of the documents' scores, from their signals; the mean of the signals.
  ///
  /// ```
  /// log p(z) = z·a − Σ_d log(1 + exp a_d)      log p(x | z) = x·s − n log Σ_v exp s_v
  /// log q(z | x) = z·η − Σ_d log(1 + exp η_d)
  /// ```
  mutating func weigh(_ parameters: BatchParameters, baseline: Double) -> Double {
    let size = Double(lengths.count)
    let priorNormaliser = parameters.prior.reduce(0) { $0 + softplus($1) }
    latents.rowProducts(with: parameters.prior, into: &priorProducts)
    counts.rowProducts(with: scores, into: &scoreProducts)
    latents.rowProducts(with: logits, into: &logitProducts)
    var total = 0.0
    for i in lengths.indices {
      let logPrior = priorProducts[i] - priorNormaliser
      let logLikelihood = scoreProducts[i] - lengths[i] * normalisers[i]
      let logPosterior = logitProducts[i] - softplusSums[i]
      let signal = logPrior + logLikelihood - logPosterior
      up[i] = (signal - baseline) / size
      down[i] = -up[i]
      total += signal
    }
    return total / size
  }

  /// The gradient, from the outputs back to the inputs of both networks.
  mutating func differentiate(
    _ parameters: BatchParameters, into gradient: inout BatchParameters
  ) {
    // ∂/∂η = (f − c)/B · (z − q)
    logitSlopes.setCombination(up, latents, down, probabilities)
    // ∂/∂W₂ = hᵀ ∂/∂η,  ∂/∂c₂ = Σ_i ∂/∂η
    gradient.outputWeights.setProduct(transposing: features, logitSlopes)
    logitSlopes.columnSums(into: &gradient.outputBias)
    // ∂/∂h = ∂/∂η W₂ᵀ
    transposedOutput.setTransposed(of: parameters.outputWeights)
    featureSlopes.setProduct(logitSlopes, transposedOutput)
    // ∂/∂W₁ = xᵀ ∂/∂h,  ∂/∂c₁ = Σ_i ∂/∂h
    gradient.hiddenWeights.setProduct(transposing: counts, featureSlopes)
    featureSlopes.columnSums(into: &gradient.hiddenBias)
    // ∂/∂s = (x − n softmax(s))/B
    for i in lengths.indices { down[i] = -lengths[i] * equalShares[i] }
    scoreSlopes.setCombination(equalShares, counts, down, shares)
    // ∂/∂W = zᵀ ∂/∂s,  ∂/∂b = Σ_i ∂/∂s
    gradient.weights.setProduct(transposing: latents, scoreSlopes)
    scoreSlopes.columnSums(into: &gradient.bias)
    // ∂/∂a = mean z − σ(a)
    latents.columnSums(into: &gradient.prior)
    for d in gradient.prior.indices {
      gradient.prior[d] = gradient.prior[d] * equalShares[0] - sigmoid(parameters.prior[d])
    }
  }
}
