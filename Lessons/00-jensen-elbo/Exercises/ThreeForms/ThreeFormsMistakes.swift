import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  static let threeFormMistakes: [Mistake<any ThreeForms>] = [
    Mistake(
      "averages-over-latents", "the mean over the D bits of their divergences, not the sum",
      source: "mkusner/grammarVAE #2, maxhodak/keras-molecules #59, podgorskiy/VAE #1",
      AveragesOverLatents()),
    Mistake(
      "divergence-reversed", "KL(p(z)‖q) in place of KL(q‖p(z))", DivergenceReversed()),
    Mistake(
      "divergence-added", "E_q[log p(x|z)] + KL(q‖p(z))",
      source: "E-012; proposed as a repair in wiseodd/generative-models #43",
      DivergenceAdded()),
    Mistake(
      "likelihood-at-the-mean", "log p(x | E_q[z]) in place of E_q[log p(x | z)]",
      source: "pytorch/examples #419 (deterministic code at test time is not the ELBO)",
      LikelihoodAtTheMean()),
    Mistake(
      "log-of-the-mean-likelihood", "log E_q[p(x | z)] in place of E_q[log p(x | z)]",
      LogOfTheMeanLikelihood()),
    Mistake(
      "averages-over-words", "the mean log-likelihood of a word beside the whole divergence",
      source: "pytorch/examples #296, rlkit #119 (mixed reductions)", AveragesOverWords()),
    Mistake(
      "cross-entropy-for-divergence", "E_q[−log p(z)] in place of E_q[log q(z) − log p(z)]",
      CrossEntropyForDivergence()),
    Mistake(
      "prior-counted-twice", "adds log p(z) to log p(x, z), which contains it",
      PriorCountedTwice()),
    Mistake(
      "only-bits-that-are-on", "−Σ_d b_d log b_d, without the share of the bits that are off",
      OnlyBitsThatAreOn()),
    Mistake(
      "entropy-with-the-wrong-sign", "E_q[log p(x, z)] + Σ_z q log q, and calls Σ q log q entropy",
      EntropyWithTheWrongSign()),
    Mistake(
      "entropy-in-bits", "base-2 logarithms in the entropy, natural ones elsewhere", EntropyInBits()
    ),
  ]
}

private struct AveragesOverLatents: RightForms {
  func divergenceFromThePrior(_ problem: FactorProblem) -> Double {
    problem.q.kullbackLeibler(from: problem.prior) / Double(problem.q.count)
  }
  func priorForm(_ problem: FactorProblem) -> Double {
    fit(problem) - divergenceFromThePrior(problem)
  }
}

private struct DivergenceReversed: RightForms {
  func divergenceFromThePrior(_ problem: FactorProblem) -> Double {
    problem.prior.kullbackLeibler(from: problem.q)
  }
  func priorForm(_ problem: FactorProblem) -> Double {
    fit(problem) - divergenceFromThePrior(problem)
  }
}

private struct DivergenceAdded: RightForms {
  func priorForm(_ problem: FactorProblem) -> Double {
    fit(problem) + divergenceFromThePrior(problem)
  }
}

private struct LikelihoodAtTheMean: RightForms {
  func priorForm(_ problem: FactorProblem) -> Double {
    problem.document.logLikelihood(problem.q.probabilities) - divergenceFromThePrior(problem)
  }
}

private struct LogOfTheMeanLikelihood: RightForms {
  func priorForm(_ problem: FactorProblem) -> Double {
    let weights = factorised(problem.q.probabilities)
    let mean = weights.indices.reduce(0) {
      $0 + weights[$1] * exp(problem.document.logLikelihood(latents($1, count: problem.q.count)))
    }
    return log(mean) - divergenceFromThePrior(problem)
  }
}

private struct AveragesOverWords: RightForms {
  func priorForm(_ problem: FactorProblem) -> Double {
    fit(problem) / Double(problem.document.words.count) - divergenceFromThePrior(problem)
  }
}

private struct CrossEntropyForDivergence: RightForms {
  func divergenceFromThePrior(_ problem: FactorProblem) -> Double {
    problem.q.kullbackLeibler(from: problem.prior) + problem.q.entropy
  }
  func priorForm(_ problem: FactorProblem) -> Double {
    fit(problem) - divergenceFromThePrior(problem)
  }
}

private struct PriorCountedTwice: RightForms {
  func jointForm(_ problem: FactorProblem) -> Double {
    let crossEntropy =
      problem.q.kullbackLeibler(from: problem.prior) + problem.q.entropy
    return elbo(of: problem.q, problem.document).value - crossEntropy
  }
}

private struct OnlyBitsThatAreOn: RightForms {
  func entropy(_ problem: FactorProblem) -> Double {
    -problem.q.probabilities.reduce(0) { $0 + entropyTerm($1) }
  }
  func entropyForm(_ problem: FactorProblem) -> Double {
    energy(problem) + entropy(problem)
  }
}

private struct EntropyWithTheWrongSign: RightForms {
  func entropy(_ problem: FactorProblem) -> Double { -problem.q.entropy }
  func entropyForm(_ problem: FactorProblem) -> Double {
    energy(problem) + entropy(problem)
  }
}

private struct EntropyInBits: RightForms {
  func entropy(_ problem: FactorProblem) -> Double {
    problem.q.entropy / log(2)
  }
  func entropyForm(_ problem: FactorProblem) -> Double {
    energy(problem) + entropy(problem)
  }
}

/// E_q[log p(x | z)].
private func fit(_ problem: FactorProblem) -> Double {
  elboByDivergence(of: problem.q, problem.document, prior: problem.prior).value
    + problem.q.kullbackLeibler(from: problem.prior)
}

/// E_q[log p(x, z)].
private func energy(_ problem: FactorProblem) -> Double {
  elboByEntropy(of: problem.q, problem.document).value - problem.q.entropy
}
