import GSL
import LessonKit
import Probability

extension DirectionsDerivation {
  /// What fitting in either direction gives, and the ways to get it wrong.
  static let derivation = Derivation<Parts, Experts>(
    id: "directions",
    title: "Two directions, and what no direction can mend",
    example: .twoAndNine,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      bestRate: { $0.mean },
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
      "uses-one-direction-for-both", "KL(q‖p) under both names", source: "E-076", \.inclusive
    ) { q, p in kullbackLeibler(of: q, from: p) },
    Mistake(
      "exchanges-the-directions", "each direction under the other's name", source: "E-076",
      \.exclusive
    ) { q, p in kullbackLeibler(of: p, from: q) }
    .and(\.inclusive) { q, p in kullbackLeibler(of: q, from: p) },
  ]
}
