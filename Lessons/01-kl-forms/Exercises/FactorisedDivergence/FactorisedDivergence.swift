import GSL
import LessonKit
import Probability

extension Page {
  /// Independent bits: a sum over bits, and what people write in its place.
  static let factorisedDivergence: Exercise<any FactorisedDivergence, FactorisedPair> = Exercise(
    .factorisedDivergence,
    answer: SumOverBits(),
    mistakes: [
      Mistake(
        "averages-over-latents", "a mean over the bits in place of the sum",
        source: "mkusner/grammarVAE #2, podgorskiy/VAE #1", MeanOverBits()),
      Mistake(
        "forgets-the-bits-that-are-off", "Σ b log(b/a) alone", ForgetsOff()),
      Mistake(
        "swaps-the-bits-and-the-prior", "KL(p‖q) of the bits", source: "E-076", PriorFirst()),
      Mistake(
        "adds-the-entropy-twice", "−E_q[log p] in place of E_q[log q] − E_q[log p]",
        CrossEntropyOnly()),
    ])
}

/// The library's sum over bits.
private struct SumOverBits: FactorisedDivergence {
  func kullbackLeibler(of q: BernoulliFactors, from p: BernoulliFactors) -> Double {
    q.kullbackLeibler(from: p)
  }
}

private struct MeanOverBits: FactorisedDivergence {
  func kullbackLeibler(of q: BernoulliFactors, from p: BernoulliFactors) -> Double {
    q.kullbackLeibler(from: p) / Double(q.count)
  }
}

private struct ForgetsOff: FactorisedDivergence {
  func kullbackLeibler(of q: BernoulliFactors, from p: BernoulliFactors) -> Double {
    zip(q.probabilities, p.probabilities).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
  }
}

private struct PriorFirst: FactorisedDivergence {
  func kullbackLeibler(of q: BernoulliFactors, from p: BernoulliFactors) -> Double {
    p.kullbackLeibler(from: q)
  }
}

private struct CrossEntropyOnly: FactorisedDivergence {
  func kullbackLeibler(of q: BernoulliFactors, from p: BernoulliFactors) -> Double {
    zip(q.probabilities, p.probabilities).reduce(0) {
      $0 + crossEntropy(of: [$1.0, 1 - $1.0], from: [$1.1, 1 - $1.1])
    }
  }
}
