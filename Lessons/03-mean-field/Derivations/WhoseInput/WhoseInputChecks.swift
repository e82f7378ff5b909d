import LessonKit
import Probability
import Verification

/// Derivation `whose-input`: what an inference network must look at, and what it costs.
enum WhoseInputDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// E[z₁ | x₁, x₂].
    var firstMean: @Sendable (CoupledPair) -> Double
    /// Mean and variance of each latent, data independent: 2T numbers.
    var locals: @Sendable (_ observations: [Double]) -> [(mean: Double, variance: Double)]
    /// The numbers in the network h = mean embedding, b = sigmoid(M h + c), for N data.
    var networkCount: @Sendable (_ latents: Int, _ data: Int, CoupledPair) -> Int
    /// The numbers b_nd of free factors, for N data.
    var freeCount: @Sendable (_ latents: Int, _ data: Int) -> Int
  }

  typealias Check = LessonKit.Check<Parts, CoupledPair>

  static let checks: [Check] = [
    secondDatumCorrects, bothAtOnce, neighboursMatter, ownDatumSuffices, ownNumbersAreExact,
    latentsCost, dataAreFree, freeFactorsGrow,
  ]
}

// MARK: What it must see

extension WhoseInputDerivation {
  static let secondDatumCorrects = Check(
    "second-datum-corrects", "E[z₁ | x₁, x₂] = x₁/2 + κ (x₂ − a x₁/2)",
    because: "x₁ says x₁/2; x₂ corrects by what it was not expected to be", as: .step
  ) { parts, pair in
    let (x, a) = (pair.observations.map { ExactValue($0) }, ExactValue(pair.coupling))
    let gain = a / (4 - a * a)
    return .equal(
      parts.firstMean(pair), x[0] / 2 + gain * (x[1] - a * x[0] / 2), rounding: pair.rounding)
  }

  static let bothAtOnce = Check(
    "both-at-once", "x₁/2 + κ (x₂ − a x₁/2) = ((2 − a²) x₁ + a x₂)/(4 − a²)",
    because: "regression on both data at once gives the same", as: .step
  ) { parts, pair in
    .equal(parts.firstMean(pair), pair.exactFirstMean, rounding: pair.rounding)
  }

  static let ownNumbersAreExact = Check(
    "two-numbers-a-datum", "Σ_t ELBO(N(m_t, v_t)) = Σ_t log p(x_t),  2T numbers",
    because: "independent time points: each posterior is N(x_t/2, ½), a member of the family",
    claims: ["A-042"], as: .aside, changing: { _ in [Given("a", 0.0)] }
  ) { parts, pair in
    let locals = parts.locals(pair.observations)
    let bound = zip(pair.observations, locals).sum { x, local -> ExactValue in
      let (mean, variance) = (ExactValue(local.mean), ExactValue(local.variance))
      let miss = ExactValue(x) - mean
      let fit = -(logTwoPi + miss * miss + variance) / 2
      let divergence = (mean * mean + variance - 1 - variance.logarithm) / 2
      return fit - divergence
    }
    // x_t ~ N(0, 2).
    let evidence = pair.observations.sum { x -> ExactValue in
      -(logTwoPi + ExactValue(2).logarithm + ExactValue(x) * ExactValue(x) / 2) / 2
    }
    let numbers = Double(locals.count * 2)
    return .equal(
      [bound, ExactValue(numbers)], [evidence, ExactValue(Double(2 * pair.observations.count))])
  }

  static let ownDatumSuffices = Check(
    "own-datum-suffices", "a = 0:  E[z₁ | x₁, x₂] = x₁/2",
    because: "independent time points: what x₂ says concerns z₂ alone", claims: ["A-043"],
    changing: { _ in [Given("a", 0.0)] }
  ) { parts, pair in
    .equal(
      parts.firstMean(pair.with(coupling: 0)), 0.5 * pair.observations[0],
      rounding: .of(
        size: abs(pair.observations[1]),
        because: "x₂ may come in and cancel: it is the larger datum"))
  }

  static let neighboursMatter = Check(
    "neighbours-matter", "a > 0:  E[z₁ | x₁, x₂] ≠ x₁/2",
    because: "z₂ remembers z₁, so x₂ bears on it: no function of x₁ alone can know",
    claims: [.against("A-043")], as: .consequence
  ) { parts, pair in
    let half = ExactValue(pair.observations[0]) / 2
    return .different(
      parts.firstMean(pair), half, by: pair.exactFirstMean - half, atLeast: 1e-3,
      rounding: .of(size: abs(pair.observations[1]), because: "x₁ and x₂ may pull against another"))
  }

  /// log 2π.
  private static let logTwoPi = (2 * ExactValue(.pi)).logarithm
}

// MARK: What it costs

extension WhoseInputDerivation {
  static let latentsCost = Check(
    "latents-cost-parameters", "#λ for D + 1 latents ≠ #λ for D latents",
    because: "each latent brings a row of U weights and an offset: U + 1 more",
    claims: [.against("A-266")],
    as: .aside, changing: { $0.sizeGivens }
  ) { parts, pair in
    let sizes = pair.sizes
    let counts = [sizes.latents + 1, sizes.latents].map {
      Double(parts.networkCount($0, sizes.data, pair))
    }
    return .different(counts[0], counts[1], by: Double(sizes.embedding + 1), atLeast: 1)
  }

  static let dataAreFree = Check(
    "data-are-free", "#λ for 2N data = V U + D U + D, whatever N",
    because: "new data bring no new numbers: that is what amortising saves",
    claims: [.inPlaceOf("A-266")],
    as: .aside, changing: { $0.sizeGivens }
  ) { parts, pair in
    let sizes = pair.sizes
    // The network's arrays written out and counted.
    let row = [Int](repeating: 0, count: sizes.embedding)
    let embedding = [[Int]](repeating: row, count: sizes.vocabulary)
    let weights = [[Int]](repeating: row, count: sizes.latents)
    let count = (embedding + weights).joined().count + weights.count
    return .equalCounts(parts.networkCount(sizes.latents, 2 * sizes.data, pair), count)
  }

  static let freeFactorsGrow = Check(
    "free-factors-grow", "#b for 2N data = 2N D",
    because: "free factors are learned datum by datum: D more for each, and nothing for the next",
    as: .aside, changing: { $0.sizeGivens }
  ) { parts, pair in
    let sizes = pair.sizes
    let row = [Double](repeating: 0.5, count: sizes.latents)
    let b = [[Double]](repeating: row, count: 2 * sizes.data)
    return .equalCounts(parts.freeCount(sizes.latents, 2 * sizes.data), b.joined().count)
  }
}
