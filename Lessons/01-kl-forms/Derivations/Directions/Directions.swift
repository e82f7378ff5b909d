import GSL
import LessonKit
import Probability

extension DirectionsDerivation {
  /// What fitting in either direction gives, and the ways to get it wrong.
  static let derivation = Derivation<Parts, Experts>(
    id: "directions",
    title: "One Poisson for two experts",
    example: .twoAndNine,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      // listing: 01 directions
      bestRate: { $0.mean },
      divergenceAtRate: { rate, experts in
        try experts.meanLogWithFactorial().value - experts.mean * log(rate) + rate
      },
      bestNegativeBinomial: { NegativeBinomialLaw(mean: $0.mean, variance: $0.variance) },
      // end of listing
      exclusive: { q, p in kullbackLeibler(of: q, from: p) },
      inclusive: { q, p in kullbackLeibler(of: p, from: q) }),
    mistakes: mistakes)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "fits-the-tallest-peak", "the rate of the heavier component in place of the mean", \.bestRate
    ) { $0.weight > 0.5 ? $0.rates.low : $0.rates.high },
    Mistake("averages-the-logs", "the geometric mean of the rates", \.bestRate) { experts in
      let logMean =
        experts.weight * log(experts.rates.low) + (1 - experts.weight) * log(experts.rates.high)
      return exp(logMean)
    },
    Mistake(
      "forgets-the-rate", "E_p[log p(y) + log y!] − E_p[y] log λ without + λ",
      \.divergenceAtRate,
      from: { right in { rate, experts in try right(rate, experts) - rate } }),
    Mistake(
      "looks-at-the-mean-alone", "KL(Poisson(E_p[y])‖Poisson(λ)), which the best λ makes zero",
      \.divergenceAtRate
    ) { rate, experts in
      PoissonLaw(rate: experts.mean).kullbackLeibler(from: PoissonLaw(rate: rate))
    },
    Mistake(
      "keeps-the-variance-of-a-poisson", "variance = mean (and a bit), as a Poisson has it",
      \.bestNegativeBinomial
    ) { NegativeBinomialLaw(mean: $0.mean, variance: 1.01 * $0.mean) },
    Mistake(
      "uses-one-direction-for-both", "KL(q‖p) under both names", source: "E-076", \.inclusive
    ) { q, p in kullbackLeibler(of: q, from: p) },
    Mistake(
      "one-of-them-in-bits", "KL(p‖q) with logarithms to base 2, KL(q‖p) with natural ones",
      \.inclusive, from: { right in { q, p in right(q, p) / log(2) } }),
    Mistake(
      "exchanges-the-directions", "each direction under the other's name", source: "E-076",
      \.exclusive
    ) { q, p in kullbackLeibler(of: p, from: q) }
    .and(\.inclusive) { q, p in kullbackLeibler(of: q, from: p) },
  ]
}
