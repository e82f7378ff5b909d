public import Kernels
public import Models

/// The parameters of a latent-factor model of documents and of a linear inference network, or a
/// gradient with respect to them.
///
/// ```
/// model       z_d ~ Bernoulli(σ(a_d)),    x_i | z ~ softmax(z W + b)
/// inference   h = x W₁ + c₁,  η = h W₂ + c₂,  q(z_d = 1 | x) = σ(η_d)      x: counts of every word
/// ```
/// Vectors are rows: a matrix has a row for every input and a column for every output.
public struct BatchParameters: Sendable, Equatable {
  /// a, the log odds of the prior.
  public var prior: [Double]
  /// W, a row for every factor and a column for every word.
  public var weights: Grid
  /// b.
  public var bias: [Double]
  /// W₁, a row for every word and a column for every feature.
  public var hiddenWeights: Grid
  /// c₁.
  public var hiddenBias: [Double]
  /// W₂, a row for every feature and a column for every factor.
  public var outputWeights: Grid
  /// c₂.
  public var outputBias: [Double]

  /// The parameters from their parts, whose shapes must fit one another.
  public init(
    prior: [Double], weights: Grid, bias: [Double], hiddenWeights: Grid, hiddenBias: [Double],
    outputWeights: Grid, outputBias: [Double]
  ) throws(ModelError) {
    try require("weights", weights, rows: prior.count, columns: bias.count)
    try require("hiddenWeights", hiddenWeights, rows: bias.count, columns: hiddenBias.count)
    try require("outputWeights", outputWeights, rows: hiddenBias.count, columns: prior.count)
    try require("outputBias", outputBias.count, prior.count)
    guard !bias.isEmpty else { throw ModelError("bias", "expected at least one word, found none") }
    self.prior = prior
    self.weights = weights
    self.bias = bias
    self.hiddenWeights = hiddenWeights
    self.hiddenBias = hiddenBias
    self.outputWeights = outputWeights
    self.outputBias = outputBias
  }

  /// V, H and D: words, features, factors.
  public var sizes: (words: Int, features: Int, factors: Int) {
    (bias.count, hiddenBias.count, prior.count)
  }

  /// All numbers in one list: model, then inference network.
  public var flat: [Double] {
    prior + weights.numbers + bias + hiddenWeights.numbers + hiddenBias + outputWeights.numbers
      + outputBias
  }

  /// A step along a direction: self + scale · direction.
  public mutating func move(_ scale: Double, along direction: BatchParameters) {
    add(scale, times: direction.prior, to: &prior)
    weights.add(scale, times: direction.weights)
    add(scale, times: direction.bias, to: &bias)
    hiddenWeights.add(scale, times: direction.hiddenWeights)
    add(scale, times: direction.hiddenBias, to: &hiddenBias)
    outputWeights.add(scale, times: direction.outputWeights)
    add(scale, times: direction.outputBias, to: &outputBias)
  }
}

private func require(
  _ place: String, _ grid: Grid, rows: Int, columns: Int
) throws(ModelError) {
  try require(place, grid.rows, rows)
  try require("\(place)[0]", grid.columns, columns)
}

private func require(_ place: String, _ found: Int, _ expected: Int) throws(ModelError) {
  guard found != expected else { return }
  throw ModelError(place, "expected \(expected) entries, found \(found)")
}
