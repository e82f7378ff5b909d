import Models
import Probability

extension DiscreteZoo {
  static let scoreFunction = weighted(
    "score-function", formula: "(1/S) Σ_k f_k s_kd", papers: ["Glynn 1990", "Williams 1992"],
    bias: .none
  ) { _, _ in None() }

  static let leaveOneOut = weighted(
    "leave-one-out", formula: "(1/S) Σ_k (f_k − mean of the other f) s_kd",
    papers: ["Mnih, Rezende 2016", "Kool, van Hoof, Welling 2019"],
    settings: [.samples(from: 2)], bias: .none
  ) { _, _ in LeaveOneOut() }

  /// A score function whose signals go through a weighting first: the common skeleton.
  static func weighted<Weights: Weighting>(
    _ name: String, formula: String, papers: [String], settings: [ZooSetting] = [],
    bias: ZooBias<DiscreteProblem>,
    by weighting:
      @escaping @Sendable (DiscreteProblem, ZooSettings) throws(ZooError) -> Weights
  ) -> DiscreteEstimator {
    DiscreteEstimator(
      name, formula: formula, papers: papers, scope: .states, settings: settings,
      repetition: .together, draws: { settings throws(ZooError) in settings.samples }, bias: bias
    ) { problem, settings throws(ZooError) in
      Steps(ScoreFunction(try weighting(problem, settings)), samples: settings.samples)
    }
  }
}
