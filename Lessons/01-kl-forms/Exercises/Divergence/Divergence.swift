import GSL
import LessonKit
import Probability

extension DivergenceExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, Problem>(
    id: "divergence",
    title: "A divergence is an expectation",
    task: """
      Write `divergence`, KL(q‖p): the expectation under q of log q − log p. States that q never visits \
      cost nothing, whatever p says about them. Then `terms`, q log(q/p) − q + p state by state: their sum is \
      the same, and none of them is negative, so neither is the divergence.
      """,
    hints: [
      "The expectation is under the first argument: each state is weighed by q.",
      "0 log 0 is 0 by continuity, but 0 · log 0 is NaN or an error to a computer.",
      "Σ_z q(z) log(q(z)/p(z)), over the states with q(z) > 0.",
    ],
    example: .example,
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes, handin: handin)

  static let answer = Parts(
    kullbackLeibler: { q, p in Probability.kullbackLeibler(of: q, from: p) },
    terms: { q, p in
      zip(q, p).map { PoissonLaw(rate: $0).kullbackLeibler(from: PoissonLaw(rate: $1)) }
    })

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "takes-the-arguments-the-other-way", "KL(p‖q) where KL(q‖p) was asked for",
      source: "E-076", \.kullbackLeibler, from: { right in { q, p in right(p, q) } }),
    Mistake(
      "averages-over-states", "a mean over the states in place of the sum", \.kullbackLeibler,
      from: { right in { q, p in right(q, p) / Double(q.count) } }),
    Mistake(
      "makes-it-symmetric", "half of KL(q‖p) + KL(p‖q), which has no direction any more",
      \.kullbackLeibler, from: { right in { q, p in 0.5 * (right(q, p) + right(p, q)) } }),
    Mistake(
      "clips-each-term", "drops the negative terms, for 'a divergence is never negative'",
      \.kullbackLeibler
    ) { q, p in
      zip(q, p).reduce(0) { $0 + ($1.0 == 0 ? 0 : max(0, $1.0 * log($1.0 / $1.1))) }
    },
    Mistake(
      "takes-the-log-of-the-difference", "E_q[log |q − p|], as the caption says; zero at q = p",
      source: "E-003", \.kullbackLeibler
    ) { q, p in
      zip(q, p).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : $1.0 * log(abs($1.0 - $1.1))) }
    },
    Mistake(
      "multiplies-zero-by-a-log", "0 · log 0 evaluated as written, which is NaN",
      source: "Pyro #571", \.kullbackLeibler
    ) { q, p in
      zip(q, p).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
    },
    Mistake(
      "leaves-half-a-correction", "Σ q log(q/p) − q, with the + p of the general form forgotten",
      \.kullbackLeibler
    ) { q, p in
      zip(q, p).reduce(0) { $0 + ($1.0 == 0 ? 0 : $1.0 * log($1.0 / $1.1) - $1.0) }
    }
    .and(\.terms) { q, p in zip(q, p).map { $0 * log($0 / $1) - $0 } },
    Mistake(
      "corrects-with-the-wrong-sign", "q log(q/p) + q − p: the sum is right, its terms are not",
      \.terms
    ) { q, p in zip(q, p).map { $0 * log($0 / $1) + $0 - $1 } },
    Mistake(
      "counts-in-bits", "log base two where everything else is in nats", \.kullbackLeibler,
      from: { right in { q, p in right(q, p) / log(2) } }),
  ]
}
