import GSL
public import Models
public import Probability

/// What an oracle says of documents under one latent-factor model.
public struct LatentFactorAnswers: Sendable, Equatable {
  /// log p(x) of each document.
  public let logEvidence: [ExactValue]
  /// P(z_d = 1 | x) of each document; nil for an impossible one.
  public let posteriorMarginals: [[Double]?]
  /// The gradient of the sum of the log evidences, document by document as a posterior mean.
  public let gradient: DocumentGradient

  init(logEvidence: [ExactValue], posteriorMarginals: [[Double]?], gradient: DocumentGradient) {
    self.logEvidence = logEvidence
    self.posteriorMarginals = posteriorMarginals
    self.gradient = gradient
  }

  /// Visits the 2^D states of every document one by one, in memory that does not grow with them.
  ///
  /// An impossible document adds nothing to the gradient. Now and then `progress` is told how many
  /// states have been visited since it was told last.
  public init(
    of model: LatentFactorModel, _ documents: [[Int]],
    progress: ((_ states: Double) -> Void)? = nil
  ) throws(ModelError) {
    var total = DocumentGradient(zeroLike: model)
    var evidence: [ExactValue] = []
    var marginals: [[Double]?] = []
    for words in documents {
      let visited = VisitedStates(of: try model.observing(words), progress: progress)
      evidence.append(visited.logEvidence)
      marginals.append(visited.marginals)
      if let gradient = visited.gradient { total.add(1, gradient) }
    }
    self.init(logEvidence: evidence, posteriorMarginals: marginals, gradient: total)
  }
}

/// The sums over all states of one document, under the greatest joint probability so far.
///
/// ```
/// ∇ log p(x) = Σ_z p(x, z) ∇ log p(x, z) / Σ_z p(x, z)
/// ```
private struct VisitedStates {
  private let document: LatentFactorDocument
  private var largest = -Double.infinity
  private var total = 0.0
  private var on: [Double]
  private var slopes: DocumentGradient

  init(of document: LatentFactorDocument, progress: ((_ states: Double) -> Void)?) {
    self.document = document
    let count = document.latentCount
    on = Array(repeating: 0, count: count)
    slopes = DocumentGradient(zeroLike: document.model)
    let block = 1 << 16
    for state in 0..<(1 << count) {
      add(latents(state, count: count))
      if (state + 1) % block == 0 { progress?(Double(block)) }
    }
  }

  private mutating func add(_ z: [Double]) {
    let logJoint = document.logJoint(z)
    guard logJoint != -.infinity else { return }
    if logJoint > largest {
      multiply(by: exp(largest - logJoint))
      largest = logJoint
    }
    let share = exp(logJoint - largest)
    total += share
    for d in on.indices where z[d] == 1 { on[d] += share }
    slopes.add(share, DocumentGradient(ofLogJoint: document, z))
  }

  private mutating func multiply(by factor: Double) {
    total *= factor
    on = on.map { $0 * factor }
    slopes = scaled(by: factor)
  }

  private func scaled(by factor: Double) -> DocumentGradient {
    var gradient = DocumentGradient(zeroLike: document.model)
    gradient.add(factor, slopes)
    return gradient
  }

  // Scores beyond the doubles make a joint that is not a number, and then no sum is one.
  private var isPossible: Bool { largest > -.infinity || total.isNaN }

  var logEvidence: ExactValue {
    guard isPossible else { return ExactValue(-.infinity, roundingBound: 0) }
    let value = largest + log(total)
    // Each log joint and each exponential is rounded; the sum adds one rounding a state.
    let roundings = Double(2 << document.latentCount) + 8
    return ExactValue(value, roundingBound: roundings * Double.ulpOfOne * max(1, abs(value)))
  }

  var marginals: [Double]? { isPossible ? on.map { min(1, $0 / total) } : nil }

  var gradient: DocumentGradient? { isPossible ? scaled(by: 1 / total) : nil }
}
