import GSL
import LessonKit
import Probability

extension FactorisedDivergenceExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, Problem>(
    id: "factorised-divergence",
    title: "D terms in place of 2^D",
    task: """
      Both q and p are D independent bits. Write `log_ratio`, log q(z) − log p(z) of one state, and \
      `divergence`, its mean under q, as sums over bits: D terms, however many states there are.
      """,
    hints: [
      "log q(z) − log p(z) is a sum over bits, and E_q of a sum is a sum of E_q.",
      "Each bit is a table of two states: on with b_i, off with 1 − b_i. Both count.",
      "Σ_i b_i log(b_i/a_i) + (1 − b_i) log((1 − b_i)/(1 − a_i)). A sum, not a mean.",
    ],
    example: .example,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      logRatio: { z, q, p in q.logProbability(z) - p.logProbability(z) },
      kullbackLeibler: { q, p in q.kullbackLeibler(from: p) }),
    mistakes: mistakes, handin: handin)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "averages-over-latents", "a mean over the bits in place of the sum",
      source: "mkusner/grammarVAE #2, podgorskiy/VAE #1", \.kullbackLeibler,
      from: { right in { q, p in right(q, p) / Double(q.count) } }),
    Mistake("forgets-the-bits-that-are-off", "Σ b log(b/a) alone", \.kullbackLeibler) { q, p in
      zip(q.probabilities, p.probabilities).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
    },
    Mistake(
      "counts-only-what-is-on", "Σ_i z_i log(b_i/a_i): a bit that is off adds nothing", \.logRatio
    ) { z, q, p in
      q.probabilities.indices.reduce(0) {
        $0 + z[$1] * log(q.probabilities[$1] / p.probabilities[$1])
      }
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
