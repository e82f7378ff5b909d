import Exact
import GSL
import LessonKit
import Models
import Probability

/// Whose count is it? The weights and the count by hand.
let claimsExperiment = Experiment(
  id: "claims", title: "Whose count is it?",
  prompt: "Move the count, then the weights: where do two components claim the same share?",
  givens: [Given("λ", PoissonMixture.threeRates.rates)],
  controls: [
    .init("y", "y", from: 0, to: 20, by: 1, at: 4),
    .init(
      "weights", "π", states: ["rate 2", "rate 6", "rate 12"],
      at: PoissonMixture.threeRates.weights),
  ],
  marks: [("flat", ["weights": [Double](repeating: 1 / 3, count: 3)])]
) { settings in
  let mixture = try PoissonMixture(
    weights: settings.list("weights"), rates: PoissonMixture.threeRates.rates)
  let count = Int(settings["y"])
  let found = MixturePosterior(of: mixture, count)
  let shares = found.responsibilities ?? []
  let rows: [[Table.Cell]] = shares.indices.map { k in
    [
      .given(mixture.rates[k]), .given(mixture.weights[k], digits: 4),
      .exact(exp(mixture.logLikelihood(k, count)), digits: 4), .exact(shares[k], digits: 4),
    ]
  }
  let largest = shares.max() ?? 0
  return .init(
    [
      ("log p(y)", exactLogEvidence(of: mixture, [count])),
      ("the largest share", ExactValue(largest)),
    ],
    [
      .table { _ in
        Table(
          title: "One term of the sum each", columns: ["λ_k", "π_k", "p(y|k)", "r_k"], rows: rows,
          note: "A share is π_k p(y|k), divided by the sum of all three.")
      }
    ],
    remark: largest < 0.55 ? "No component is sure of this count." : "")
}
