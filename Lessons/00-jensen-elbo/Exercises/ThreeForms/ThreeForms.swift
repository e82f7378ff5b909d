import Approximate
import LessonKit
import Probability

extension ThreeFormsExercise {
  /// What is asked, and the library's answer: its three forms and their parts.
  static let exercise = Exercise<Parts, FactorProblem>(
    id: "three-forms",
    title: "One number, three forms",
    task: """
      The latents are D independent bits under the prior and under q; x is a document. Write the \
      `entropy` of q and its `divergence` from the prior as sums over D bits, then the bound in its \
      joint form, its entropy form and its prior form. Their values agree to the last digits; which \
      of them a program is written in decides what has to be estimated.
      """,
    hints: [
      "Entropies of independent bits add up, and so do divergences. They do not average.",
      "A bit has two outcomes: on with b, off with 1 − b. Both have a share in the entropy.",
      "KL(q‖p(z)) = Σ_d [b_d log(b_d / p_d) + (1 − b_d) log((1 − b_d) / (1 − p_d))].",
      """
      E_q[log p(x|z)] needs all 2^D states: log p(x|z) at the mean of z is another number, and so \
      is the logarithm of the mean of p(x|z).
      """,
    ],
    example: .twoFactors,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      entropy: { $0.q.entropy },
      divergenceFromThePrior: { $0.q.kullbackLeibler(from: $0.prior) },
      jointForm: { elbo(of: $0.q, $0.document).value },
      entropyForm: { elboByEntropy(of: $0.q, $0.document).value },
      priorForm: { elboByDivergence(of: $0.q, $0.document, prior: $0.prior).value }),
    mistakes: mistakes, handin: handin,
    afterChain: """
      The first form needs draws of q alone. For the other two, entropy and divergence are \
      wanted, and over independent bits both are sums:
      """)
}
