import GSL
public import Models
public import Probability

/// An estimator that is a formula of K independent draws of a Gaussian, in any order.
///
/// One run draws the points and applies the formula. Quadrature puts points at the nodes of a rule,
/// once for each node, and applies the formula to all multisets of them.
public struct GaussianFormula: ZooProgram {
  /// The points, their problem, and the estimate.
  public typealias Formula = @Sendable (_ draws: [GaussianPoint], GaussianProblem) -> [Double]

  let samples: Int
  let formula: Formula

  /// A draw of each, then the formula.
  public func estimate<Choices: RandomChoices>(
    _ problem: GaussianProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var draws: [GaussianPoint] = []
    for _ in 0..<samples {
      var noise: [Double] = []
      for _ in 0..<problem.dimension { noise.append(try choices.standardNormal()) }
      draws.append(problem.point(at: noise))
    }
    return formula(draws, problem)
  }

  /// The moments by quadrature.
  func moments(_ problem: GaussianProblem, _ limits: ChoiceLimits) throws -> SettledMoments {
    guard samples > 1 else {
      return try settledMoments(limits: limits) { choices in try estimate(problem, &choices) }
    }
    return try settledMoments(limits: limits) { level, limits in
      let rule = NormalNoise().rule(level: level)
      let points = rule.points.map { problem.point(at: [$0]) }
      return try weightedMoments(limits: limits) { visit in
        try forEachMultiset(of: rule, samples) { indices, weight in
          try visit(formula(indices.map { points[$0] }, problem), weight)
        }
        return samples
      }
    }
  }
}

extension GaussianZoo {
  /// Makes the formula of an estimator from its settings.
  typealias Making<Draws> =
    @Sendable (GaussianProblem, ZooSettings) throws(ZooError) ->
    @Sendable (
      Draws, GaussianProblem
    ) -> [Double]

  /// An estimator that averages runs of one draw each.
  static func averaged(
    _ name: String, formula text: String, papers: [String] = [], scope: ZooScope = .gaussians,
    needs: ZooNeed = .anything, settings: [ZooSetting] = [],
    bias: ZooBias<GaussianProblem> = .none,
    constants: (@Sendable (GaussianProblem) throws -> [Double?])? = nil,
    by making: @escaping Making<GaussianPoint>
  ) -> GaussianEstimator {
    together(
      name, formula: text, papers: papers, scope: scope, needs: needs, settings: settings,
      repetition: .averaged, bias: bias, constants: constants
    ) { problem, settings throws(ZooError) in
      let formula = try making(problem, settings)
      return { draws, problem in formula(draws[0], problem) }
    }
  }

  /// An estimator whose draws stand in one formula, whatever their order.
  static func together(
    _ name: String, formula text: String, papers: [String] = [], scope: ZooScope = .gaussians,
    needs: ZooNeed = .anything, settings: [ZooSetting] = [],
    repetition: ZooRepetition = .together,
    target: @escaping @Sendable (ZooSettings) throws(ZooError) -> GradientTarget = { _ in
      .objective
    },
    bias: ZooBias<GaussianProblem> = .none,
    constants: (@Sendable (GaussianProblem) throws -> [Double?])? = nil,
    by making: @escaping Making<[GaussianPoint]>
  ) -> GaussianEstimator {
    @Sendable func program(
      _ problem: GaussianProblem, _ settings: ZooSettings
    ) throws(ZooError) -> GaussianFormula {
      let samples = repetition == .averaged ? 1 : settings.samples
      guard samples == 1 || problem.dimension * samples <= 3 else {
        throw .misfit(
          setting: "samples",
          reason: "expected at most 3 numbers drawn for one formula, found \(samples) draws of"
            + " \(problem.dimension)")
      }
      return GaussianFormula(samples: samples, formula: try making(problem, settings))
    }
    return GaussianEstimator(
      name, formula: text, papers: papers, scope: scope, needs: needs, settings: settings,
      repetition: repetition, target: target, bias: bias, constants: constants,
      integral: { problem, settings, limits in
        ZooMoments(try program(problem, settings).moments(problem, limits))
      },
      program: { problem, settings throws(ZooError) in try program(problem, settings) })
  }
}

extension ZooMoments {
  /// Those that a quadrature settled on.
  init(_ settled: SettledMoments) {
    self.init(
      mean: settled.moments.mean, covariance: settled.moments.covariance,
      errorBound: settled.errorBound, visited: settled.moments.outcomes)
  }
}
