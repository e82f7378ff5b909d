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
  /// Now and then `progress` is told how many states have been visited since it was told last.
  public init(
    of document: LatentFactorDocument, progress: ((_ states: Double) -> Void)? = nil
  ) {
    let zero = DocumentGradient(zeroLike: document.model)
    let factors = document.latentCount
    var tally = LogTally<Double>(parts: factors + zero.flattened.count)
    for z in document.states {
      let slopes = DocumentGradient(ofLogJoint: document, z)
      tally.add(document.logJoint(z), values: z + slopes.flattened)
      if tally.visited % visitsBetweenReports == 0 { progress?(Double(visitsBetweenReports)) }
    }
    logEvidence = tally.logTotal(document.roundingsOfLogJoint)
    marginals = tally.shares.map { Array($0[..<factors]) }
    gradient = tally.means.map { zero.withEntries($0[factors...]) } ?? zero
  }
}

extension [DocumentPosterior] {
  /// The gradient of the sum of the log evidences.
  public func sumOfGradients(under model: LatentFactorModel) -> DocumentGradient {
    reduce(into: DocumentGradient(zeroLike: model)) { $0.add(1, $1.gradient) }
  }
}
