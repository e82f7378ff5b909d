import Exact
import GSL
import LessonKit
import Models
import Probability

/// The errata about hidden Markov models.
let sequenceErrata: [ErratumCase] = [independenceInWords, independenceInSymbols]

private let errataModel =
  "in a chain with π = (.5, .5), A = [[.9, .1],[.3, .7]], B = [[.8, .2],[.1, .9]]"

/// p(z₂ = 0 | z₁ = 0, x₂ = 0): as printed the observation would not matter.
private let independenceInWords = ErratumCase(
  "E-053", model: "p(z₂ = 0 | z₁ = 0, x₂ = 0) " + errataModel
) {
  func law(_ variable: Int, _ evidence: [Int?]) throws -> Double {
    try BayesNetPosterior(of: .observedChain, evidence: evidence).marginals?[variable][0] ?? .nan
  }
  // Bayes' rule by hand: .9 · .8 / (.9 · .8 + .1 · .1).
  return ErratumCase.Comparison(
    printed: try law(1, [0, nil, nil, nil]), corrected: try law(1, [0, nil, nil, 0]),
    independent: 0.72 / 0.73,
    underCondition: (try law(2, [nil, 0, nil, nil]), try law(2, [1, 0, nil, nil])))
}

/// The mutual information of z₂ and z₃ given z₁ = 0: as printed it would be zero.
private let independenceInSymbols = ErratumCase(
  "E-054", model: "the mutual information of z₂ and z₃ given z₁ = 0 " + errataModel
) {
  let after = try mutualInformation(1, 2, evidence: [0, nil, nil, nil])
  // Σ p(z₂) Σ p(z₃|z₂) log p(z₃|z₂)/p(z₃), with p(z₂) = (.9, .1) and p(z₃) = (.84, .16).
  let byHand =
    0.9 * (0.9 * log(0.9 / 0.84) + 0.1 * log(0.1 / 0.16))
    + 0.1 * (0.3 * log(0.3 / 0.84) + 0.7 * log(0.7 / 0.16))
  let before = try mutualInformation(0, 2, evidence: [nil, 0, nil, nil])
  return ErratumCase.Comparison(
    printed: 0, corrected: after, independent: byHand, underCondition: (0, before))
}

/// I(a; b | evidence) = Σ p(a, b) log p(b|a)/p(b), for two binary variables.
private func mutualInformation(
  _ one: Int, _ other: Int, evidence: [Int?]
) throws -> Double {
  let marginals = try BayesNetPosterior(of: .observedChain, evidence: evidence).marginals ?? []
  return try (0...1).reduce(0.0) { total, value in
    var given = evidence
    given[one] = value
    let conditional = try BayesNetPosterior(of: .observedChain, evidence: given).marginals ?? []
    let divergence = zip(conditional[other], marginals[other]).reduce(0) {
      $0 + $1.0 * log($1.0 / $1.1)
    }
    return total + marginals[one][value] * divergence
  }
}
