import Approximate
import GSL
import LessonKit
import Probability
import Verification

/// Two latents in time, z₁ ~ N(0, 1) and z₂ | z₁ ~ N(a z₁, 1 − a²), each seen with unit noise.
struct CoupledPair: Sendable {
  var coupling = 0.9
  var observations = [1.0, -2.0]
  /// V, H and D of an inference network, and the number of data.
  var sizes = (vocabulary: 5, embedding: 4, latents: 2, data: 10)

  static func random(_ cases: inout Cases) throws -> CoupledPair {
    CoupledPair(
      coupling: try cases.real(from: 0.2, to: 0.95),
      observations: [try cases.real(from: -1, to: 1), try cases.real(from: 1.5, to: 3)],
      sizes: (
        try cases.integer(3...9), try cases.integer(2...6), try cases.integer(2...6),
        try cases.integer(5...40)
      ))
  }

  func with(coupling: Double) -> CoupledPair {
    CoupledPair(coupling: coupling, observations: observations, sizes: sizes)
  }
}

/// What an inference network may look at, and what it costs.
struct Amortisation: Sendable {
  /// E[z₁ | x₁, x₂], by filtering x₁ and then letting x₂ speak.
  var firstMean: @Sendable (CoupledPair) -> Double = { pair in
    let (x, a) = (pair.observations, pair.coupling)
    // After x₁: z₁ ~ N(x₁/2, ½), so x₂ ~ N(a x₁/2, a²/2 + 1 − a² + 1).
    let gain = 0.5 * a / (0.5 * a * a + 1 - a * a + 1)
    return 0.5 * x[0] + gain * (x[1] - 0.5 * a * x[0])
  }
  /// Mean and variance of each latent, data independent: 2T numbers.
  var locals: @Sendable ([Double]) -> [(mean: Double, variance: Double)] = { observations in
    observations.map { (mean: 0.5 * $0, variance: 0.5) }
  }
  /// The numbers in the network h = mean embedding, b = sigmoid(M h + c), for N data.
  var networkCount: @Sendable (_ latents: Int, _ data: Int, CoupledPair) -> Int = {
    latents, _, pair in
    ParameterCount.network(
      vocabulary: pair.sizes.vocabulary, embedding: pair.sizes.embedding, latents: latents)
  }
}

extension Page {
  /// What the network must see, and what it is spared.
  static let whoseInput: Exercise<Amortisation, CoupledPair> = Exercise(
    Sheet(
      id: "whose-input", title: "What the network must see, and what it saves", task: "",
      hints: [], example: CoupledPair(), draw: { try CoupledPair.random(&$0) }, lines: []),
    answer: Amortisation(),
    derivation: [
      ownNumbersAreExact, ownDatumSuffices, neighboursMatter, latentsCost, dataAreFree,
    ],
    mistakes: [
      Mistake(
        "amortises-on-its-own-datum", "μ₁ = g(x₁) for coupled latents", source: "E-008",
        changing { $0.firstMean = { 0.5 * $0.observations[0] } }),
      Mistake(
        "reads-neighbours-through-no-prior", "weighs x₂ as if z₁ were unknown before it",
        changing {
          $0.firstMean = { pair in
            let (x, a) = (pair.observations, pair.coupling)
            let gain = a / (a * a + 1 - a * a + 1)
            return 0.5 * x[0] + gain * (x[1] - 0.5 * a * x[0])
          }
        }),
      Mistake(
        "takes-the-datum-for-the-latent", "μ_t = x_t, as if there were no prior",
        changing {
          $0.locals = { $0.map { (mean: $0, variance: 0.5) } }
          $0.firstMean = { $0.observations[0] }
        }),
      Mistake(
        "counts-no-new-rows", "the same number of parameters for any number of latents",
        source: "E-056",
        changing {
          $0.networkCount = { _, _, pair in
            ParameterCount.network(
              vocabulary: pair.sizes.vocabulary, embedding: pair.sizes.embedding,
              latents: pair.sizes.latents)
          }
        }),
      Mistake(
        "counts-a-number-a-datum", "the free mean field's D · N, where the network has no N",
        changing {
          $0.networkCount = { latents, data, _ in
            ParameterCount.meanField(latents: latents, data: data)
          }
        }),
    ])

  private static func changing(_ change: (inout Amortisation) -> Void) -> Amortisation {
    var amortisation = Amortisation()
    change(&amortisation)
    return amortisation
  }

  private static var ownNumbersAreExact: Line<Amortisation, CoupledPair> {
    Line(
      "two-numbers-a-datum", "Σ_t ELBO(N(m_t, v_t)) = Σ_t log p(x_t),  2T numbers",
      because: "independent time points: each posterior is N(x_t/2, ½), a member of the family",
      claims: ["A-042"]
    ) { amortisation, pair in
      let prior = NormalLaw(mean: 0, variance: 1)
      var bound = 0.0
      var evidence = 0.0
      for (x, local) in zip(pair.observations, amortisation.locals(pair.observations)) {
        let miss = (x - local.mean) * (x - local.mean) + local.variance
        bound -= 0.5 * (log(2 * Double.pi) + miss)
        bound -= NormalLaw(mean: local.mean, variance: local.variance).kullbackLeibler(from: prior)
        evidence += NormalLaw(mean: 0, variance: 2).logDensity(x)
      }
      return .equal(bound, evidence, magnitude: 16)
    }
  }

  private static var ownDatumSuffices: Line<Amortisation, CoupledPair> {
    Line(
      "own-datum-suffices", "a = 0:  E[z₁ | x₁, x₂] = x₁/2",
      because: "independent time points: what x₂ says concerns z₂ alone", claims: ["A-043"]
    ) { amortisation, pair in
      .equal(
        amortisation.firstMean(pair.with(coupling: 0)), 0.5 * pair.observations[0],
        magnitude: 2)
    }
  }

  private static var neighboursMatter: Line<Amortisation, CoupledPair> {
    Line(
      "neighbours-matter", "a > 0:  E[z₁ | x₁, x₂] ≠ x₁/2",
      because: "z₂ remembers z₁, so x₂ bears on it: no function of x₁ alone can know",
      claims: ["A-043"]
    ) { amortisation, pair in
      // E[z₁|x] = (1, a) (I + [[1, a], [a, 1]])⁻¹ x, the joint law of z₁ and both observations.
      let (x, a) = (pair.observations, pair.coupling)
      let determinant = 4 - a * a
      let dense = ((2 - a * a) * x[0] + a * x[1]) / determinant
      return .different(
        amortisation.firstMean(pair), 0.5 * x[0], by: dense - 0.5 * x[0], atLeast: 1e-3,
        magnitude: 4)
    }
  }

  private static var latentsCost: Line<Amortisation, CoupledPair> {
    Line(
      "latents-cost-parameters", "#λ for D + 1 latents ≠ #λ for D latents",
      because: "a row of M and an entry of c each: H + 1 more, linear in D", claims: ["A-266"]
    ) { amortisation, pair in
      let sizes = pair.sizes
      let counts = [sizes.latents + 1, sizes.latents].map {
        Double(amortisation.networkCount($0, sizes.data, pair))
      }
      return .different(
        counts[0], counts[1], by: Double(sizes.embedding + 1), atLeast: 1, terms: 4)
    }
  }

  private static var dataAreFree: Line<Amortisation, CoupledPair> {
    Line(
      "data-are-free", "#λ for 2N data = |E| + |M| + |c|, whatever N",
      because: "new data bring no new numbers: that is what amortising saves", claims: ["A-266"]
    ) { amortisation, pair in
      let sizes = pair.sizes
      // The network's arrays written out and counted.
      let embedding = [[Int]](
        repeating: [Int](repeating: 0, count: sizes.embedding), count: sizes.vocabulary)
      let rows = [[Int]](
        repeating: [Int](repeating: 0, count: sizes.embedding), count: sizes.latents)
      let count = (embedding + rows).joined().count + rows.count
      return .equalCounts(amortisation.networkCount(sizes.latents, 2 * sizes.data, pair), count)
    }
  }
}
