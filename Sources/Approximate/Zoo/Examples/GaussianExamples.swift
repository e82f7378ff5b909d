public import Models
import Probability

extension GaussianZoo {
  /// The problems of the table: a wave, a cubic, and a bound whose posterior has two modes.
  public static let examples: [ZooExample<GaussianProblem>] = [
    ZooExample("sine", "sin(2.5 z + 0.3), z ~ N(0.4, e^0.4)", sine),
    ZooExample("cubic", "z³ − 2 z + z²/2, z ~ N(0.7, e^−0.2)", cubic),
    ZooExample(
      "joint-mixture", "log .4 N(z; −1.2, .7²) + .6 N(z; .9, .8²), less log q; q = N(−0.5, e^0.4)",
      mixture),
  ]

  private static let sine = GaussianProblem(
    mean: [0.4], logDeviations: [0.2],
    .fixed(.ridges([Ridge(.sine, weights: [2.5], shift: 0.3)], plus: 0)))

  private static let cubic = GaussianProblem(
    mean: [0.7], logDeviations: [-0.1],
    .fixed(
      .polynomial([
        .init(1, powers: [3]), .init(-2, powers: [1]), .init(0.5, powers: [2]),
      ])))

  private static let mixture = GaussianProblem(
    mean: [-0.5], logDeviations: [0.2],
    .logJoint(
      .logMixture([
        .init(weight: 0.4, means: [-1.2], scales: [0.7]),
        .init(weight: 0.6, means: [0.9], scales: [0.8]),
      ])))
}

extension GaussianProblem: ZooShown {
  /// The estimators for Gaussians.
  public static var estimators: [GaussianEstimator] { GaussianZoo.all }
  /// Three on the line.
  public static var examples: [ZooExample<GaussianProblem>] { GaussianZoo.examples }
  /// The same.
  public static var pageExamples: [ZooExample<GaussianProblem>] { GaussianZoo.examples }

  /// The line or the plane.
  public var scope: ZooScope { dimension == 1 ? .line : .plane }

  /// As many draws as have three numbers in all: more are not integrated.
  public func allows(samples: Int, outOf states: Bool) -> Bool {
    samples == 1 || samples * dimension <= 3
  }

  /// A value to show a setting with.
  public func shown(_ setting: ZooSetting) -> ZooValue {
    switch setting.kind {
    case .vector:
      .numbers(
        setting.name == "proposalMean" ? mean.map { $0 + 0.3 } : logDeviations.map { $0 + 0.25 })
    case .function: .function(.power(targets: mean.map { _ in 0.4 }, exponent: 2))
    default: setting.shown
    }
  }
}
