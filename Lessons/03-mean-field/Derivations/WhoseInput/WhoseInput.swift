import Approximate
import LessonKit

extension WhoseInputDerivation {
  /// What the network must see, and what it is spared.
  static let derivation = Derivation<Parts, CoupledPair>(
    id: "whose-input",
    title: "What the network must see, and what it saves",
    example: CoupledPair(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      firstMean: firstMean,
      locals: { observations in observations.map { (mean: 0.5 * $0, variance: 0.5) } },
      networkCount: networkCount,
      freeCount: { latents, data in ParameterCount.meanField(latents: latents, data: data) }),
    mistakes: mistakes)

  /// E[z₁ | x₁, x₂], by filtering x₁ and then letting x₂ speak.
  // listing: 03 whose-input
  @Sendable static func firstMean(_ pair: CoupledPair) -> Double {
    let (x, a) = (pair.observations, pair.coupling)
    // After x₁: z₁ ~ N(x₁/2, ½), so x₂ ~ N(a x₁/2, a²/2 + 1 − a² + 1).
    let gain = 0.5 * a / (0.5 * a * a + 1 - a * a + 1)
    return 0.5 * x[0] + gain * (x[1] - 0.5 * a * x[0])
  }
  // end of listing

  /// The library's count, which the number of data does not enter.
  @Sendable static func networkCount(_ latents: Int, _ data: Int, _ pair: CoupledPair) -> Int {
    ParameterCount.network(
      vocabulary: pair.sizes.vocabulary, embedding: pair.sizes.embedding, latents: latents)
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "amortises-on-its-own-datum", "μ₁ = g(x₁) for coupled latents", source: "E-008", \.firstMean
    ) { 0.5 * $0.observations[0] },
    Mistake(
      "reads-neighbours-through-no-prior", "weighs x₂ as if z₁ were unknown before it", \.firstMean
    ) { pair in
      let (x, a) = (pair.observations, pair.coupling)
      let gain = a / (a * a + 1 - a * a + 1)
      return 0.5 * x[0] + gain * (x[1] - 0.5 * a * x[0])
    },
    Mistake(
      "corrects-whatever-the-coupling", "adds a third of x₂ − a x₁/2, also where a = 0", \.firstMean
    ) { pair in
      let (x, a) = (pair.observations, pair.coupling)
      return 0.5 * x[0] + (x[1] - 0.5 * a * x[0]) / 3
    },
    Mistake("takes-the-datum-for-the-latent", "μ_t = x_t, as if there were no prior", \.locals) {
      observations in observations.map { (mean: $0, variance: 0.5) }
    }.and(\.firstMean) { $0.observations[0] },
    Mistake(
      "one-pair-for-all-data", "the mean and the variance of all data together, T times over",
      \.locals
    ) { observations in
      let mean = observations.reduce(0, +) / Double(observations.count)
      return observations.map { _ in (mean: 0.5 * mean, variance: 0.5) }
    },
    Mistake(
      "counts-no-new-rows", "the same number of parameters for any number of latents",
      source: "E-056", \.networkCount
    ) { _, data, pair in networkCount(pair.sizes.latents, data, pair) },
    Mistake(
      "counts-a-number-a-datum", "the free mean field's D · N, where the network has no N",
      \.networkCount
    ) { latents, data, _ in ParameterCount.meanField(latents: latents, data: data) },
    Mistake(
      "one-row-for-all-data", "D free numbers, shared by every datum: one q for all", \.freeCount
    ) { latents, _ in latents },
  ]
}
