public import Models
public import Probability

/// What a variance-reduction scheme for one normal noise is applied to.
enum GaussianBase: Sendable {
  case pathwise, scoreFunction

  init(_ settings: ZooSettings) {
    self = settings.word("base") == "pathwise" ? .pathwise : .scoreFunction
  }

  static let setting = ZooSetting(
    "base", .word(["pathwise", "score-function"]), "T or f s at each of the two noises")

  /// T or f s at a noise.
  func estimate(_ problem: GaussianProblem, at noise: Double) -> [Double] {
    let point = problem.point(at: [noise])
    return switch self {
    case .pathwise: point.total
    case .scoreFunction: point.score.map { point.signal * $0 }
    }
  }
}

extension GaussianZoo {
  static let stratified = GaussianEstimator.parted(
    "stratified", formula: "(base(−|n₁|) + base(|n₂|))/2", papers: ["Cochran 1977"],
    scope: .line, settings: [GaussianBase.setting]
  ) { _, settings in StratifiedPair(base: GaussianBase(settings)) }

  static let shiftedLattice = GaussianEstimator.integrated(
    "shifted-lattice", formula: "(base(Φ⁻¹(u)) + base(Φ⁻¹(u + ½ mod 1)))/2",
    papers: ["Buchholz, Wenzel, Mandt 2018"], scope: .line, settings: [GaussianBase.setting]
  ) { _, settings in LatticePair(base: GaussianBase(settings)) }
}

/// One draw from each half of the line: what lies between the halves does not vary.
///
/// ```
/// (base(−|n₁|) + base(|n₂|))/2,     n₁, n₂ ~ N(0, 1) independent
/// ```
public struct StratifiedPair: PartedProgram {
  /// What it estimates the gradient of.
  public typealias Problem = GaussianProblem
  let base: GaussianBase

  /// Two halves.
  public func partCount(_ problem: GaussianProblem) -> Int { 2 }

  // listing: zoo-line stratified
  /// The half below zero, then that above.
  public func part<Choices: RandomChoices>(
    _ index: Int, _ given: Void, _ problem: GaussianProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let length = try choices.draw(HalfNormalNoise())
    return base.estimate(problem, at: index == 0 ? -length : length).map { $0 / 2 }
  }
  // end of listing
}

/// Two draws half a unit of probability apart: the smallest randomised lattice.
///
/// ```
/// (base(Φ⁻¹(u)) + base(Φ⁻¹((u + ½) mod 1)))/2
/// ```
/// Reference: Buchholz, Wenzel and Mandt 2018, "Quasi-Monte Carlo variational inference".
public struct LatticePair: ZooProgram {
  let base: GaussianBase

  // listing: zoo-line shifted-lattice
  /// The mean of both.
  public func estimate<Choices: RandomChoices>(
    _ problem: GaussianProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let pair = try choices.draw(OppositeNormalsNoise()).map { base.estimate(problem, at: $0) }
    return zip(pair[0], pair[1]).map { ($0 + $1) / 2 }
  }
  // end of listing
}
