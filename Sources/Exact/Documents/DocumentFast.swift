import GSL
public import Models
public import Probability

/// log p(x) of one document under a latent-factor model, by the factorised sum over the 2^D states.
///
/// The readable definition is `ExactMarginals(of:)`, which is also what answers where scores are so
/// large that the sum has no answer.
public func factorisedLogEvidence(of document: LatentFactorDocument) -> ExactValue {
  let model = document.model
  guard
    let sum = FactorisedSum(
      UncertainFactors(model), counts: document.wordCounts, length: document.words.count,
      withGradient: false)
  else { return ExactMarginals(of: document).logEvidence }
  return sum.logEvidence(of: document)
}

extension DocumentPosterior {
  /// The answer by the factorised sum; nil where scores are so large that it has none.
  ///
  /// The readable definition is ``init(of:)``. After each block of states `progress` is told
  /// how many it had.
  public init?(
    factorised document: LatentFactorDocument, progress: ((_ states: Double) -> Void)? = nil
  ) {
    self.init(document, UncertainFactors(document.model), progress)
  }

  /// The same where the factors of the model have been looked at already.
  init?(
    _ document: LatentFactorDocument, _ factors: UncertainFactors,
    _ progress: ((_ states: Double) -> Void)?
  ) {
    guard
      let sum = FactorisedSum(
        factors, counts: document.wordCounts, length: document.words.count, withGradient: true,
        progress: progress)
    else { return nil }
    let gradient = DocumentGradient(sum, factors, document)
    guard gradient.flattened.allSatisfy(\.isFinite) else { return nil }
    self.init(
      logEvidence: sum.logEvidence(of: document),
      marginals: factors.roles.map { sum.probability($0) }, gradient: gradient)
  }
}

extension LatentFactorDocument {
  /// How often each word occurs.
  fileprivate var wordCounts: [Double] {
    var counts = [Double](repeating: 0, count: model.wordCount)
    for word in words { counts[word] += 1 }
    return counts
  }
}

extension FactorisedSum {
  /// log p(x) with its rounding.
  fileprivate func logEvidence(of document: LatentFactorDocument) -> ExactValue {
    let model = document.model
    let (factors, words) = (Double(model.factorCount), Double(model.wordCount))
    let length = Double(document.words.count)
    // A normaliser is a sum of V products of D factors, and its power has N of them; the states are
    // added in chains of at most 2^⌈D/2⌉, or 2^11 within a block and then block by block.
    let chain = pow(2, min((factors / 2).rounded(.up), 11)) * 2 + pow(2, max(0, factors - 20))
    let relative = length * (words + 2 * factors + 8) + chain + 8
    let scores = model.weights.reduce(model.bias.map(\.magnitude)) { sums, row in
      zip(sums, row).map { $0 + $1.magnitude }
    }
    // Of each word's score and of its normaliser half an ε a factor.
    let largest = (scores.max() ?? 0) * (length + 1)
    let bound = relative + (factors + 4) * (largest + abs(logEvidence))
    return ExactValue(logEvidence, roundingBound: bound * Double.ulpOfOne)
  }

  /// P(z_d = 1 | x).
  fileprivate func probability(_ role: UncertainFactors.Role) -> Double {
    switch role {
    case .certain(let on): on ? 1 : 0
    case .summed(let factor, let flipped):
      flipped ? max(0, 1 - on(factor)) : min(1, on(factor))
    }
  }

  /// E[z_d softmax_v | x].
  fileprivate func expectedWords(_ role: UncertainFactors.Role) -> [Double] {
    let every = expectedWords()
    switch role {
    case .certain(let on): return on ? every : every.map { _ in 0 }
    case .summed(let factor, let flipped):
      let with = expectedWords(factor)
      return flipped ? zip(every, with).map { $0 - $1 } : with
    }
  }
}

extension DocumentGradient {
  /// The gradient of one document's log evidence.
  ///
  /// ```
  /// ∂/∂weights_dv = n_v E[z_d | x] − n E[z_d softmax_v | x]      ∂/∂bias_v = n_v − n E[softmax_v | x]
  /// ∂/∂prior_d = E[z_d | x] / prior_d − E[1 − z_d | x] / (1 − prior_d)
  /// ```
  fileprivate init(
    _ sum: FactorisedSum, _ factors: UncertainFactors, _ document: LatentFactorDocument
  ) {
    self.init(zeroLike: document.model)
    let counts = document.wordCounts
    let length = Double(document.words.count)
    for (d, role) in factors.roles.enumerated() {
      let probability = sum.probability(role)
      for (word, mean) in sum.expectedWords(role).enumerated() {
        weights[d][word] += counts[word] * probability - length * mean
      }
    }
    for (word, mean) in sum.expectedWords(.certain(on: true)).enumerated() {
      bias[word] += counts[word] - length * mean
    }
    guard prior != nil else { return }
    for (d, role) in factors.roles.enumerated() {
      guard case .summed(let factor, let flipped) = role else { continue }
      let share = min(1, sum.on(factor))
      let slope = share / factors.prior[factor] - (1 - share) / (1 - factors.prior[factor])
      prior?[d] += flipped ? -slope : slope
    }
  }
}
