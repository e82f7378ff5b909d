import GSL
import LessonKit
import Probability

extension FactorisedDivergenceExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, Problem>(
    id: "factorised-divergence",
    title: "D sums in place of 2^D terms",
    task: """
      Write `kullbackLeibler(of: q, from: p)` for independent bits as a sum over bits. It is \
      the term that NVIL and every VAE subtract.
      """,
    hints: [
      "log q(z) − log p(z) is a sum over bits, and E_q of a sum is a sum of E_q.",
      "Each bit is a table of two states: on with b_d, off with 1 − b_d. Both cost something.",
      "Σ_d b_d log(b_d/a_d) + (1 − b_d) log((1 − b_d)/(1 − a_d)). A sum, not a mean.",
    ],
    example: .example,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(kullbackLeibler: { q, p in q.kullbackLeibler(from: p) }),
    mistakes: mistakes)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "averages-over-latents", "a mean over the bits in place of the sum",
      source: "mkusner/grammarVAE #2, podgorskiy/VAE #1", \.kullbackLeibler,
      from: { right in { q, p in right(q, p) / Double(q.count) } }),
    Mistake("forgets-the-bits-that-are-off", "Σ b log(b/a) alone", \.kullbackLeibler) { q, p in
      zip(q.probabilities, p.probabilities).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
    },
    Mistake(
      "swaps-the-bits-and-the-prior", "KL(p‖q) of the bits", source: "E-076", \.kullbackLeibler,
      from: { right in { q, p in right(p, q) } }),
    Mistake(
      "adds-the-entropy-twice", "−E_q[log p] in place of E_q[log q] − E_q[log p]",
      \.kullbackLeibler
    ) { q, p in
      zip(q.probabilities, p.probabilities).reduce(0) {
        $0 + crossEntropy(of: [$1.0, 1 - $1.0], from: [$1.1, 1 - $1.1])
      }
    },
  ]
}
