import GSL
import LessonKit
import Probability

extension ClosedFormsDerivation {
  /// The library's closed forms, and the ways to get them wrong.
  static let derivation = Derivation<Parts, Problem>(
    id: "closed-forms",
    title: "Closed forms, and one form for all",
    example: .example,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      poisson: { q, p in q.kullbackLeibler(from: p) },
      meanCount: { $0.meanParameters()[0] },
      tangentGap: { q, p in try q.bregmanDivergence(from: p) },
      exponential: { q, p in q.kullbackLeibler(from: p) },
      normal: { q, p in q.kullbackLeibler(from: p) },
      gamma: { q, p in try q.kullbackLeibler(from: p) }),
    mistakes: mistakes,
    afterChain: """
      The third line, with another η and another A, gives the divergence of two Gaussians and \
      that of two gamma distributions:
      """)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-the-difference-of-rates", "λ_q log(λ_q/λ_p) without −λ_q + λ_p", \.poisson
    ) { q, p in q.rate * log(q.rate / p.rate) },
    Mistake(
      "takes-the-mode-for-the-mean", "the largest count below λ, where the mean λ belongs",
      \.meanCount
    ) { $0.rate.rounded(.down) },
    Mistake(
      "puts-the-tangent-at-p", "the tangent at η_p in place of the one at η_q", \.tangentGap
    ) { q, p in
      let slope = p.meanParameters()[0]
      return p.logPartition() - q.logPartition()
        - (p.naturalParameters[0] - q.naturalParameters[0]) * slope
    },
    Mistake(
      "reads-a-rate-as-a-scale", "1/λ of the exponential distribution put for λ", \.exponential,
      from: { right in
        { q, p in right(ExponentialLaw(rate: 1 / q.rate), ExponentialLaw(rate: 1 / p.rate)) }
      }),
    Mistake(
      "reads-a-deviation-as-a-variance", "σ where σ² belongs", source: "E-002", \.normal,
      from: { right in
        { q, p in
          right(
            NormalLaw(mean: q.mean, variance: sqrt(q.variance)),
            NormalLaw(mean: p.mean, variance: sqrt(p.variance)))
        }
      }),
    Mistake(
      "takes-log-for-digamma", "E[log z] = log E[z], as if the log went inside", \.gamma,
      from: { right in
        { q, p in
          // At equal shapes the slip does not show.
          let slip = log(q.shape) - (try SpecialFunctions.digamma(q.shape).value)
          return try right(q, p) + (q.shape - p.shape) * slip
        }
      }),
    Mistake(
      "swaps-the-rates-of-a-gamma", "λ_q for λ_p and the other way round", \.gamma,
      from: { right in
        { q, p in
          try right(
            GammaLaw(shape: q.shape, rate: p.rate), GammaLaw(shape: p.shape, rate: q.rate))
        }
      }),
  ]
}
