public import Probability

/// A program whose run is a sum of parts with noises of their own, once its finite draws are made.
///
/// ```
/// g = Σ_p (1/M) Σ_m g_p(G, ε_pm),     E[g] = E_G Σ_p m_p(G)
/// Cov[g] = E_G Σ_p C_p(G)/M + Cov_G(Σ_p m_p(G))
/// ```
/// A sampler draws the whole run. Quadrature needs only the moments of one part at a time, so that its
/// rules have the noises of a part and not of all of them.
public protocol PartedProgram: ZooProgram {
  /// What is drawn first, among finitely many.
  associatedtype Given: Sendable
  /// The first draws.
  func given<Choices: DiscreteChoices>(
    _ problem: Problem, _ choices: inout Choices
  ) throws(ChoiceError) -> Given
  /// How many parts follow.
  func partCount(_ problem: Problem) -> Int
  /// M, how often each part is drawn.
  var replicates: Int { get }
  /// One part.
  func part<Choices: RandomChoices>(
    _ index: Int, _ given: Given, _ problem: Problem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double]
}

extension PartedProgram where Given == Void {
  /// Nothing is drawn first.
  public func given<Choices: DiscreteChoices>(
    _ problem: Problem, _ choices: inout Choices
  ) throws(ChoiceError) {}
}

extension PartedProgram {
  /// Every part once, unless said otherwise.
  public var replicates: Int { 1 }

  /// The sum of the parts.
  public func estimate<Choices: RandomChoices>(
    _ problem: Problem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let given = try given(problem, &choices)
    var estimate: [Double] = []
    for index in 0..<partCount(problem) {
      for _ in 0..<replicates {
        let part = try part(index, given, problem, &choices).map { $0 / Double(replicates) }
        estimate = estimate.isEmpty ? part : zip(estimate, part).map { $0 + $1 }
      }
    }
    return estimate
  }

  /// The moments, part by part.
  func moments(_ problem: Problem, _ limits: ChoiceLimits) throws -> ZooMoments {
    var (bound, visited) = (0.0, 0)
    var within: [[Double]] = []
    var means: [(mean: [Double], probability: Double)] = []
    try forEachOutcome(limits: limits, of: { choices in try given(problem, &choices) }) {
      given, probability in
      var mean: [Double] = []
      for index in 0..<partCount(problem) {
        let settled = try settledMoments(limits: limits) { choices in
          try part(index, given, problem, &choices)
        }
        let found = settled.moments
        bound += probability * settled.errorBound
        visited += found.outcomes
        mean = mean.isEmpty ? found.mean : zip(mean, found.mean).map { $0 + $1 }
        if within.isEmpty { within = found.covariance.map { $0.map { _ in 0 } } }
        for (i, row) in found.covariance.enumerated() {
          for (j, entry) in row.enumerated() {
            within[i][j] += probability * entry / Double(replicates)
          }
        }
      }
      means.append((mean, probability))
    }
    let between = try exactMoments(
      values: means.map(\.mean), probabilities: means.map(\.probability), depth: 1)
    return ZooMoments(
      mean: between.mean,
      covariance: within.indices.map { i in
        within.indices.map { within[i][$0] + between.covariance[i][$0] }
      },
      errorBound: bound + (between.meanBound.max() ?? 0), visited: visited)
  }
}

extension ZooEstimator {
  /// An estimator that averages runs of a parted program.
  static func parted<Program: PartedProgram>(
    _ name: String, formula: String, papers: [String], scope: ZooScope, needs: ZooNeed = .anything,
    settings: [ZooSetting], bias: ZooBias<Problem> = .none,
    _ program: @escaping @Sendable (Problem, ZooSettings) throws(ZooError) -> Program
  ) -> ZooEstimator where Program.Problem == Problem {
    ZooEstimator(
      name, formula: formula, papers: papers, scope: scope, needs: needs, settings: settings,
      repetition: .averaged, bias: bias,
      integral: { problem, settings, limits in
        try program(problem, settings).moments(problem, limits)
      }
    ) { problem, settings throws(ZooError) in try program(problem, settings) }
  }

  /// An estimator that averages runs of a program whose noises are integrated together.
  static func integrated<Program: ZooProgram<Problem>>(
    _ name: String, formula: String, papers: [String], scope: ZooScope, needs: ZooNeed = .anything,
    settings: [ZooSetting], bias: ZooBias<Problem> = .none,
    _ program: @escaping @Sendable (Problem, ZooSettings) throws(ZooError) -> Program
  ) -> ZooEstimator {
    ZooEstimator(
      name, formula: formula, papers: papers, scope: scope, needs: needs, settings: settings,
      repetition: .averaged, bias: bias,
      integral: { problem, settings, limits in
        let program = try program(problem, settings)
        return ZooMoments(
          try settledMoments(limits: limits) { choices in
            try program.estimate(problem, &choices)
          })
      }
    ) { problem, settings throws(ZooError) in try program(problem, settings) }
  }
}
