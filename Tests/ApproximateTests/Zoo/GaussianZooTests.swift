import Exact
import Models
import Probability
import Testing

@testable import Approximate

/// The Gaussian estimators by family: unbiased, scaled, biased; and one text for both interpreters.
struct GaussianZooTests {
  private static let sine = SmoothFunction.ridges(
    [Ridge(.sine, weights: [1.3], shift: 0.4)], plus: 0)
  private static let mixture = SmoothFunction.logMixture([
    .init(weight: 0.3, means: [-1], scales: [0.8]), .init(weight: 0.7, means: [0.6], scales: [1.1]),
  ])
  private static let plane = SmoothFunction.logMixture([
    .init(weight: 0.6, means: [-0.7, 0.4], scales: [0.9, 1.2]),
    .init(weight: 0.4, means: [0.8, -0.3], scales: [1.1, 0.8]),
  ])

  private static let problems = [
    GaussianProblem(mean: [0.3], logDeviations: [-0.2], .fixed(sine)),
    GaussianProblem(mean: [-0.4], logDeviations: [0.1], .logJoint(mixture)),
    GaussianProblem(mean: [0.2, -0.5], logDeviations: [-0.3, 0.1], .logJoint(plane)),
    GaussianProblem(mean: [0.2, -0.5], logDeviations: [-0.3, 0.1], .fixed(plane)),
  ]

  private static func fits(_ estimator: GaussianEstimator, _ problem: GaussianProblem) -> Bool {
    let scope: ZooScope = problem.dimension == 1 ? .line : .plane
    guard !estimator.scope.isDisjoint(with: scope) else { return false }
    return switch estimator.needs {
    case .anything: true
    case .logJoint: problem.isLogJoint
    case .fixed: !problem.isLogJoint
    }
  }

  /// Every way to set an estimator that is tried.
  private static func settings(
    _ estimator: GaussianEstimator, _ problem: GaussianProblem
  ) -> [ZooSettings] {
    var all: [[String: ZooValue]] = [[:]]
    for setting in estimator.settings {
      let values: [ZooValue] =
        switch setting.kind {
        case .count(let least, _):
          (least...(estimator.name == "dreg" ? 3 : 2)).filter {
            estimator.repetition == .averaged || $0 * problem.dimension <= 3
          }
          .map { .number(Double($0)) }
        case .number, .positive: [.number(0.35)]
        case .notOne: [.number(0.4)]
        case .flag: problem.dimension == 1 ? [.flag(true), .flag(false)] : [.flag(true)]
        case .word(let words): words.map { .word($0) }
        case .numberOr(let word): [.number(0.7), .word(word)]
        case .vector:
          [.numbers(problem.mean.map { _ in setting.name == "proposalMean" ? 0.2 : 0.3 })]
        case .function:
          [.function(.polynomial([.init(0.4, powers: problem.mean.map { _ in 1 })]))]
        default: []
        }
      all = all.flatMap { known in
        values.map { known.merging([setting.name: $0]) { $1 } }
      }
    }
    return all.map(ZooSettings.init)
  }

  @Test(arguments: GaussianZoo.all.map(\.name))
  func hasTheBiasThatItStates(name: String) throws {
    let estimator = try #require(GaussianZoo.all.first { $0.name == name })
    var (tried, seen) = (0, 0)
    for problem in Self.problems where Self.fits(estimator, problem) {
      let truth = try ExactGaussianProblem(problem)
      for settings in Self.settings(estimator, problem) {
        let moments = try estimator.moments(problem, settings)
        let exact = try #require(try truth.gradient(of: try estimator.target(settings)))
        tried += 1
        let misses = zip(moments.mean, exact).map { abs($0 - $1) }
        switch estimator.bias {
        case .none: #expect(misses.allSatisfy { $0 < 1e-9 }, "\(settings) \(misses)")
        case .scaled(_, let factor):
          let factor = try factor(settings)
          for (mean, exact) in zip(moments.mean, exact) {
            #expect(abs(mean - factor * exact) < 1e-9)
          }
        case .biased(_, let condition):
          if condition?(problem, settings) ?? false {
            #expect(misses.allSatisfy { $0 < 1e-9 })
          } else if misses.contains(where: { $0 > 1e-5 }) {
            seen += 1
          }
        }
        #expect(moments.errorBound < 1e-7)
      }
    }
    #expect(tried > 0)
    if case .biased = estimator.bias { #expect(seen > 0, "no bias was seen") }
  }

  @Test(arguments: GaussianZoo.all.map(\.name))
  func samplerAndQuadratureRunOneText(name: String) throws {
    let estimator = try #require(GaussianZoo.all.first { $0.name == name })
    for problem in Self.problems where Self.fits(estimator, problem) {
      for settings in Self.settings(estimator, problem) {
        let program = try estimator.program(problem, settings)
        let drawn = try sampledMoments(draws: 2000, seed: 11) { choices in
          try program.estimate(problem, &choices)
        }
        // A sampler runs one of the runs that are averaged.
        let runs = estimator.repetition == .averaged ? Double(settings.samples) : 1
        let moments = try estimator.moments(problem, settings)
        for d in moments.mean.indices {
          let spread = (runs * moments.covariance[d][d] / 2000).squareRoot()
          #expect(abs(drawn.mean[d] - moments.mean[d]) <= 5.5 * spread + 1e-12)
        }
      }
    }
  }

  @Test func manyNumbersInOneFormulaAreRefused() throws {
    let leaveOneOut = try #require(GaussianZoo.all.first { $0.name == "leave-one-out" })
    #expect(throws: ZooError.self) {
      try leaveOneOut.moments(Self.problems[2], ZooSettings(["samples": .number(2)]))
    }
    #expect(throws: ZooError.self) {
      try leaveOneOut.moments(Self.problems[0], ZooSettings(["samples": .number(4)]))
    }
  }

  @Test func anInfiniteVarianceIsRefused() throws {
    let importance = try #require(GaussianZoo.all.first { $0.name == "importance-sampled" })
    #expect(throws: ZooError.self) {
      try importance.moments(
        Self.problems[0],
        ZooSettings(["proposalMean": .numbers([0]), "proposalLogSd": .numbers([-0.6])]))
    }
    // E f² of e^(20 z) lies beyond what the points of a normal reach.
    let steep = GaussianProblem(
      mean: [0], logDeviations: [1],
      .fixed(.ridges([Ridge(.exponential, weights: [20])], plus: 0)))
    let pathwise = try #require(GaussianZoo.all.first { $0.name == "pathwise" })
    #expect(throws: ChoiceError.self) { try pathwise.moments(steep, ZooSettings([:])) }
  }

  @Test func stickingTheLandingLandsAtThePosterior() throws {
    let posterior = GaussianProblem(
      mean: [0.4], logDeviations: [-0.3],
      .logJoint(
        .logMixture([.init(weight: 0.2, means: [0.4], scales: [0.7408182206817179])])))
    let landed = try #require(GaussianZoo.all.first { $0.name == "sticking-the-landing" })
    let moments = try landed.moments(posterior, ZooSettings([:]))
    #expect(moments.covariance.allSatisfy { $0.allSatisfy { abs($0) < 1e-25 } })
    let truth = try ExactGaussianProblem(posterior)
    #expect(abs(try #require(try truth.logEvidence()) - -1.6094379124341003) < 1e-12)
  }
}
