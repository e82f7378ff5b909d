import Models
import Probability

extension DiscreteZoo {
  static let scoreFunction = weighted(
    "score-function", formula: "(1/S) Σ_k f_k s_kd", papers: ["Glynn 1990", "Williams 1992"],
    repetition: .averaged
  ) { _, _ in None() }
}
