import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

extension ThreeFormsExercise {
  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "averages-over-latents", "the mean over the D bits of their divergences, not the sum",
      source: "mkusner/grammarVAE #2, maxhodak/keras-molecules #59, podgorskiy/VAE #1",
      \.divergenceFromThePrior, meanDivergence
    ).and(\.priorForm) { fit($0) - meanDivergence($0) },
    Mistake(
      "divergence-reversed", "KL(p(z)‖q) in place of KL(q‖p(z))", \.divergenceFromThePrior,
      reversedDivergence
    ).and(\.priorForm) { fit($0) - reversedDivergence($0) },
    Mistake(
      "divergence-added", "E_q[log p(x|z)] + KL(q‖p(z))",
      source: "E-012; proposed as a repair in wiseodd/generative-models #43", \.priorForm
    ) { fit($0) + divergence($0) },
    Mistake(
      "likelihood-at-the-mean", "log p(x | E_q[z]) in place of E_q[log p(x | z)]",
      source: "pytorch/examples #419 (deterministic code at test time is not the ELBO)",
      \.priorForm
    ) { $0.document.logLikelihood($0.q.probabilities) - divergence($0) },
    Mistake(
      "log-of-the-mean-likelihood", "log E_q[p(x | z)] in place of E_q[log p(x | z)]", \.priorForm
    ) { problem in
      let likelihoods = problem.document.states.map { exp(problem.document.logLikelihood($0)) }
      let mean = expectation(of: likelihoods, under: factorised(problem.q.probabilities))
      return log(mean) - divergence(problem)
    },
    Mistake(
      "averages-over-words", "the mean log-likelihood of a word beside the whole divergence",
      source: "pytorch/examples #296, rlkit #119 (mixed reductions)", \.priorForm
    ) { fit($0) / Double($0.document.words.count) - divergence($0) },
    Mistake(
      "cross-entropy-for-divergence", "E_q[−log p(z)] in place of E_q[log q(z) − log p(z)]",
      \.divergenceFromThePrior, crossEntropyFromThePrior
    ).and(\.priorForm) { fit($0) - crossEntropyFromThePrior($0) },
    Mistake(
      "prior-counted-twice", "adds log p(z) to log p(x, z), which contains it", \.jointForm
    ) { elbo(of: $0.q, $0.document).value - crossEntropyFromThePrior($0) },
    Mistake(
      "only-bits-that-are-on", "−Σ_d b_d log b_d, without the share of the bits that are off",
      \.entropy, entropyOfOnes
    ).and(\.entropyForm) { energy($0) + entropyOfOnes($0) },
    Mistake(
      "entropy-with-the-wrong-sign", "E_q[log p(x, z)] + Σ_z q log q, and calls Σ q log q entropy",
      \.entropy
    ) { -$0.q.entropy }.and(\.entropyForm) { energy($0) - $0.q.entropy },
    Mistake(
      "entropy-in-bits", "base-2 logarithms in the entropy, natural ones elsewhere", \.entropy
    ) { $0.q.entropy / log(2) }.and(\.entropyForm) { energy($0) + $0.q.entropy / log(2) },
  ]

  // MARK: What they are made of

  /// E_q[log p(x | z)].
  private static func fit(_ problem: FactorProblem) -> Double {
    elboByDivergence(of: problem.q, problem.document, prior: problem.prior).value
      + divergence(problem)
  }

  /// E_q[log p(x, z)].
  private static func energy(_ problem: FactorProblem) -> Double {
    elboByEntropy(of: problem.q, problem.document).value - problem.q.entropy
  }

  /// KL(q‖p(z)).
  private static func divergence(_ problem: FactorProblem) -> Double {
    problem.q.kullbackLeibler(from: problem.prior)
  }

  /// KL(q‖p(z)) / D.
  @Sendable private static func meanDivergence(_ problem: FactorProblem) -> Double {
    divergence(problem) / Double(problem.q.count)
  }

  /// KL(p(z)‖q).
  @Sendable private static func reversedDivergence(_ problem: FactorProblem) -> Double {
    problem.prior.kullbackLeibler(from: problem.q)
  }

  /// E_q[−log p(z)].
  @Sendable private static func crossEntropyFromThePrior(_ problem: FactorProblem) -> Double {
    divergence(problem) + problem.q.entropy
  }

  /// −Σ_d b_d log b_d.
  @Sendable private static func entropyOfOnes(_ problem: FactorProblem) -> Double {
    -problem.q.probabilities.reduce(0) { $0 + entropyTerm($1) }
  }
}
