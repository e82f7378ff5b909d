import JSONText
import LessonKit
import Models

extension ExpectationMaximisationExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      Neither step has a step size, and log p(x|θ) never falls: each half-step maximises the same \
      bound, the first over q, the second over θ. Where q is restricted to a family the first half-step \
      can only be approximated, and log p(x|θ) may fall.
      """,
    HandinPart(
      "responsibilities",
      "The E-step: r_nk = p(z_n = k | x_n, θ) = π_k p(x_n|k) / Σ_k′ π_k′ p(x_n|k′).",
      given: mixture + [data], returns: .matrix("r, a row a datum, a column a component"),
      \.responsibilities
    ) { program, right in
      { mixture, data in program.matrix(given(mixture, data)) { right(mixture, data) } }
    },
    HandinPart(
      "maximised", "The M-step: the π and p that maximise Σ_n Σ_k r_nk log p(x_n, k | π, p).",
      given: mixture + [
        .matrix("responsibilities", "r_nk, a row a datum, whoever made them"), data,
      ],
      returns: .matrix("π first, then p_k for each component k, a row each"), \.maximised
    ) { program, right in
      { mixture, rows, data in
        let best = try right(mixture, rows, data)
        let found = program.matrix(given(mixture, data, rows)) {
          [best.weights] + best.probabilities
        }
        return try BernoulliMixture(weights: found[0], probabilities: Array(found.dropFirst()))
      }
    })

  private static let mixture: [HandinArgument] = [
    .numbers("weights", "π_k, what the weights are now"),
    .matrix("probabilities", "p_kd = P(x_d = 1 | k), what they are now, a row a component"),
  ]

  private static let data = HandinArgument.matrix("data", "x_n, a row of zeros and ones a datum")

  private static func given(
    _ mixture: BernoulliMixture, _ data: [[Double]], _ responsibilities: [[Double]]? = nil
  ) -> JSON {
    var all: [(key: String, value: JSON)] = [
      ("weights", .given(mixture.weights)), ("probabilities", .given(mixture.probabilities)),
    ]
    if let responsibilities { all.append(("responsibilities", .given(responsibilities))) }
    all.append(("data", .given(data)))
    return .object(all)
  }
}
