import Models
import Probability

extension DiscreteZoo {
  /// A score function whose signals go through a weighting first: the common skeleton of baselines.
  ///
  /// A weighting that treats every signal alone makes S independent runs of one draw: `.averaged`.
  static func weighted<Weights: Weighting>(
    _ name: String, formula: String, papers: [String], settings: [ZooSetting] = [],
    repetition: ZooRepetition = .together, bias: ZooBias<DiscreteProblem> = .none,
    needs: ZooNeed = .anything, constants: (@Sendable (DiscreteProblem) throws -> [Double?])? = nil,
    by weighting: @escaping @Sendable (DiscreteProblem, ZooSettings) throws(ZooError) -> Weights
  ) -> DiscreteEstimator {
    DiscreteEstimator(
      name, formula: formula, papers: papers, scope: .states, needs: needs, settings: settings,
      repetition: repetition, draws: { settings throws(ZooError) in settings.samples }, bias: bias,
      constants: constants
    ) { problem, settings throws(ZooError) in
      Steps(
        ScoreFunction(try weighting(problem, settings)),
        samples: repetition == .averaged ? 1 : settings.samples)
    }
  }
}
