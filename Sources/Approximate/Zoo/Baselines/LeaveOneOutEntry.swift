import Models
import Probability

extension DiscreteZoo {
  static let leaveOneOut = weighted(
    "leave-one-out", formula: "(1/S) Σ_k (f_k − mean of the other f) s_kd",
    papers: ["Mnih, Rezende 2016", "Kool, van Hoof, Welling 2019"],
    settings: [.samples(from: 2)]
  ) { _, _ in LeaveOneOut() }
}
