public import Models
public import Probability

/// The exact answer for one document under a latent-factor model.
public struct DocumentPosterior: Posterior {
  /// log p(x).
  public let logEvidence: ExactValue
  /// P(z_d = 1 | x); nil for an impossible document.
  public let marginals: [Double]?
  /// ∇ log p(x) with respect to every parameter; zero for an impossible document.
  public let gradient: DocumentGradient

  init(logEvidence: ExactValue, marginals: [Double]?, gradient: DocumentGradient) {
    self.logEvidence = logEvidence
    self.marginals = marginals
    self.gradient = gradient
  }

  /// Visits the 2^D states one by one, in memory that does not grow with them.
  ///
  /// ```
  /// ∇ log p(x) = Σ_z p(x, z) ∇ log p(x, z) / Σ_z p(x, z)
  /// ```
  public init(of document: LatentFactorDocument) {
    self.init(of: document, Self.sum(of: document).straight)
  }

  /// The sum of p(x, z) over all states, with z and the gradient.
  static func sum(of document: LatentFactorDocument) -> StateSum<Double> {
    let factors = document.latentCount
    let slopes = DocumentGradient(zeroLike: document.model).flattened.count
    return StateSum(power(2, factors), parts: factors + slopes) { numbers, tally in
      for number in numbers {
        let z = document.states[number]
        let slopes = DocumentGradient(ofLogJoint: document, z)
        tally.add(document.logJoint(z), values: z + slopes.flattened)
      }
    }
  }

  /// The answer, from that sum.
  init(of document: LatentFactorDocument, _ tally: LogTally<Double>) {
    let zero = DocumentGradient(zeroLike: document.model)
    let factors = document.latentCount
    logEvidence = tally.logTotal(document.roundingsOfLogJoint)
    marginals = tally.shares.map { Array($0[..<factors]) }
    gradient = tally.means.map { zero.withEntries($0[factors...]) } ?? zero
  }
}

extension DocumentPosterior {
  /// ∇ log p(x) with its rounding, in the order of ``DocumentGradient/flattened``.
  ///
  /// ```
  /// ∂/∂weights_dv = n_v P(z_d | x) − n E[z_d softmax_v | x]        |terms| ≤ n_v + n
  /// ∂/∂prior_d = P(z_d | x)/prior_d − (1 − P(z_d | x))/(1 − prior_d)
  /// ```
  /// Each mean is a share of the evidence, p (2 + |log p|) ≤ 2 + 1/e times as uncertain, beside what
  /// rounding did to the softmax of one word.
  public func exactGradient(of document: LatentFactorDocument) -> [ExactValue] {
    let model = document.model
    let length = Double(max(1, document.words.count))
    let ofSoftmax = Double.ulpOfOne * (document.roundingsOfLogJoint.ofOne / length + 8)
    let relative = 2.4 * logEvidence.roundingBound + ofSoftmax
    var sizes = [Double](repeating: Double(document.words.count), count: model.wordCount)
    for word in document.words { sizes[word] += 1 }
    let ofWords = Array(repeating: sizes, count: model.factorCount + 1).joined()
    let ofPrior = model.prior.map { 1 / $0 + 1 / (1 - $0) }
    return zip(gradient.flattened, ofWords + ofPrior).map {
      ExactValue($0, roundingBound: relative * $1)
    }
  }
}

extension [DocumentPosterior] {
  /// The gradient of the sum of the log evidences.
  public func sumOfGradients(under model: LatentFactorModel) -> DocumentGradient {
    reduce(into: DocumentGradient(zeroLike: model)) { $0.add(1, $1.gradient) }
  }
}
