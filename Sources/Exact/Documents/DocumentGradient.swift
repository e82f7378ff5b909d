import GSL
public import Models
public import Networks
import Probability
public import _Differentiation

/// The gradient of a document's log evidence with respect to every parameter of its model.
public struct DocumentGradient: Sendable, Equatable {
  /// ∂/∂weights[d][v].
  public var weights: [[Double]]
  /// ∂/∂bias[v].
  public var bias: [Double]
  /// ∂/∂prior_d, with respect to the probability itself; nil where a probability is exactly 0 or 1.
  public var prior: [Double]?

  /// All entries in a row: weights row by row, bias, prior.
  public var flattened: [Double] { Array(weights.joined()) + bias + (prior ?? []) }

  /// As a posterior expectation, state by state.
  ///
  /// ```
  /// ∇ log p(x) = E[∇ log p(x, z) | x]
  /// ∂ log p(x, z)/∂bias_v = n_v − n softmax_v(z),   ∂/∂weights_dv = z_d ∂/∂bias_v,
  /// ∂/∂prior_d = (z_d − prior_d) / (prior_d (1 − prior_d))
  /// ```
  /// with n_v the number of times word v occurs and n the length. Nil for impossible documents.
  public init?(expectedOver document: LatentFactorDocument) {
    let model = document.model
    guard let probabilities = ExactPosterior(of: document).probabilities else { return nil }
    var total = DocumentGradient(zeroLike: model)
    for (probability, z) in zip(probabilities, document.states) where probability > 0 {
      total.add(probability, DocumentGradient(ofLogJoint: document, z))
    }
    self = total
  }

  /// ∇ log p(x, z) at one z.
  public init(ofLogJoint document: LatentFactorDocument, _ latents: [Double]) {
    let model = document.model
    self.init(zeroLike: model)
    for word in document.words { bias[word] += 1 }
    for (word, logProbability) in model.logWordProbabilities(latents).enumerated() {
      bias[word] -= Double(document.words.count) * exp(logProbability)
    }
    for factor in latents.indices { weights[factor] = bias.map { latents[factor] * $0 } }
    if prior != nil {
      prior = zip(latents, model.prior).map { ($0 - $1) / ($1 * (1 - $1)) }
    }
  }

  init(zeroLike model: LatentFactorModel) {
    weights = model.weights.map { $0.map { _ in 0 } }
    bias = model.bias.map { _ in 0 }
    prior = model.prior.contains { $0 == 0 || $0 == 1 } ? nil : model.prior.map { _ in 0 }
  }

  /// The gradient with the same shape and other entries, in the order of ``flattened``.
  func withEntries(_ entries: ArraySlice<Double>) -> DocumentGradient {
    var (result, rest) = (self, entries)
    for d in weights.indices {
      result.weights[d] = Array(rest.prefix(bias.count))
      rest = rest.dropFirst(bias.count)
    }
    result.bias = Array(rest.prefix(bias.count))
    result.prior = prior.map { _ in Array(rest.dropFirst(bias.count)) }
    return result
  }

  mutating func add(_ factor: Double, _ other: DocumentGradient) {
    for (d, row) in other.weights.enumerated() {
      for (v, entry) in row.enumerated() { weights[d][v] += factor * entry }
    }
    for (v, entry) in other.bias.enumerated() { bias[v] += factor * entry }
    prior = prior.map { zip($0, other.prior ?? []).map { $0 + factor * $1 } }
  }
}

/// The parameters of a latent-factor model, as what the evidence is differentiated by.
public struct DocumentParameters: Differentiable, Sendable {
  /// P(z_d = 1).
  public var prior: Vector
  /// A row for every factor.
  public var weights: Matrix
  /// The scores without factors.
  public var bias: Vector

  /// The parameters of a model.
  public init(_ model: LatentFactorModel) {
    prior = Vector(model.prior)
    weights = Matrix(model.weights)
    bias = Vector(model.bias)
  }
}

/// log p(x) by enumeration of the 2^D states, written for differentiation.
///
/// ```
/// log Σ_z exp(Σ_d log p(z_d) + Σ_v n_v log softmax_v(bias + weightsᵀ z))
/// ```
@differentiable(reverse,wrt: parameters)
public func documentEvidence(_ parameters: DocumentParameters, wordCounts: Vector) -> Double {
  let factors = withoutDerivative(at: parameters.prior.count)
  var logJoints = Vector([])
  for state in 0..<(1 << factors) {
    let z = Vector(BitStates(of: factors)[state])
    let logWords = logSoftmax(parameters.bias + parameters.weights.transposedTimes(z))
    // p(z_d) = z_d prior_d + (1 − z_d)(1 − prior_d), of which only one term is there.
    let factorLaws = (1 - z) + (2 * z - 1) * parameters.prior
    logJoints.append(log(factorLaws).sum() + wordCounts.dot(logWords))
  }
  return logSumExp(logJoints)
}

extension DocumentGradient {
  /// The same gradient by differentiating the evidence code.
  public static func differentiated(_ document: LatentFactorDocument) -> DocumentGradient {
    let model = document.model
    var counts = [Double](repeating: 0, count: model.wordCount)
    for word in document.words { counts[word] += 1 }
    let wordCounts = Vector(counts)
    let direction = gradient(at: DocumentParameters(model)) {
      documentEvidence($0, wordCounts: wordCounts)
    }
    var result = DocumentGradient(zeroLike: model)
    result.weights = rows(of: direction.weights, like: model.weights)
    result.bias = direction.bias.filled(like: wordCounts).array
    if result.prior != nil { result.prior = direction.prior.array }
    return result
  }
}
