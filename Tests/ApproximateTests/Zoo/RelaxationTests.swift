import Exact
import Models
import Probability
import Testing

@testable import Approximate

/// The estimators whose noise is continuous, on bits and on classes.
struct RelaxationTests {
  private static let names = [
    "gumbel-softmax", "straight-through-gumbel", "gumbel-rao", "rebar", "relax",
    "without-replacement",
  ]
  private static let bent = SmoothFunction.ridges(
    [Ridge(.tanh, weights: [0.8, -1.1], shift: 0.3, factor: 0.9)], plus: 0.2)

  private static let problems = [
    DiscreteProblem(
      StateLaw(.bits(logits: [-1], couplings: [])), .fixed(.power(targets: [0.45], exponent: 2))),
    DiscreteProblem(StateLaw(.bits(logits: [0.7, -0.4], couplings: [])), .fixed(bent)),
    DiscreteProblem(
      StateLaw(.bits(logits: [0.3, -0.9, 0.5], couplings: [])),
      .logJoint([-1.2, -2.5, -0.9, -3.1, -2.2, -1.7, -2.9, -1.1])),
    DiscreteProblem(
      StateLaw(.classes(logits: [0.4, -0.8])), .logJoint([-1.3, -0.9])),
    DiscreteProblem(
      StateLaw(.classes(logits: [0.4, -0.8, 0.1])),
      .fixed(.power(targets: [0.3, -0.2, 0.6], exponent: 3))),
  ]

  private static func fits(_ estimator: DiscreteEstimator, _ problem: DiscreteProblem) -> Bool {
    switch problem.law.kind {
    case .classes: estimator.scope.contains(.classes)
    // REBAR's rule is a product over the bits: two of them in a debug build.
    case .bits(let logits, _):
      ["rebar", "relax"].contains(estimator.name) ? logits.count <= 2 : true
    }
  }

  private static func settings(
    _ estimator: DiscreteEstimator, _ problem: DiscreteProblem
  ) -> [ZooSettings] {
    var all: [[String: ZooValue]] = [[:]]
    for setting in estimator.settings {
      let values: [ZooValue] =
        switch setting.kind {
        case .count(_, let below):
          below
            ? [2.0, 5].filter { $0 < Double(problem.law.count) }.map { .number($0) }
            : [.number(1), .number(2)]
        case .positive: [.number(0.6)]
        case .number: [.number(0.8)]
        case .flag: [.flag(true), .flag(false)]
        case .word(let words): words.map { .word($0) }
        case .countOr(let word): [.number(3), .word(word)]
        case .function:
          [.function(.power(targets: problem.law.logits.map { _ in 0.3 }, exponent: 2))]
        default: []
        }
      all = all.flatMap { known in values.map { known.merging([setting.name: $0]) { $1 } } }
    }
    return all.map(ZooSettings.init).filter {
      !($0.word("version") == "baseline" && $0.samples < 4)
    }
  }

  @Test(arguments: names)
  func hasTheBiasThatItStates(name: String) throws {
    let estimator = try #require(DiscreteZoo.all.first { $0.name == name })
    var (tried, seen) = (0, 0)
    for problem in Self.problems where Self.fits(estimator, problem) {
      let exact = try #require(ExactDiscreteProblem(problem).gradient)
      for settings in Self.settings(estimator, problem) {
        let moments = try estimator.moments(problem, settings)
        tried += 1
        let misses = zip(moments.mean, exact).map { abs($0 - $1) }
        switch estimator.bias {
        case .biased(_, let condition) where !(condition?(problem, settings) ?? false):
          if misses.contains(where: { $0 > 1e-5 }) { seen += 1 }
        default: #expect(misses.allSatisfy { $0 < 1e-9 }, "\(settings) \(misses)")
        }
        #expect(moments.errorBound < 1e-7)
      }
    }
    #expect(tried > 0)
    if case .biased = estimator.bias { #expect(seen > 0, "no bias was seen") }
  }

  @Test(arguments: names)
  func samplerAndQuadratureRunOneText(name: String) throws {
    let estimator = try #require(DiscreteZoo.all.first { $0.name == name })
    for problem in Self.problems where Self.fits(estimator, problem) {
      for settings in Self.settings(estimator, problem) where settings.samples > 0 {
        let program = try estimator.program(problem, settings)
        let drawn = try sampledMoments(draws: 3000, seed: 5) { choices in
          try program.estimate(problem, &choices)
        }
        let runs = estimator.repetition == .averaged ? Double(settings.samples) : 1
        let moments = try estimator.moments(problem, settings)
        for d in moments.mean.indices {
          let spread = (runs * moments.covariance[d][d] / 3000).squareRoot()
          #expect(abs(drawn.mean[d] - moments.mean[d]) <= 5.5 * spread + 1e-12)
        }
      }
    }
  }

  @Test func latentsAverageOut() throws {
    let problem = Self.problems[0]
    let rao = try #require(DiscreteZoo.all.first { $0.name == "gumbel-rao" })
    let one = try #require(DiscreteZoo.all.first { $0.name == "straight-through-gumbel" })
    func variance(_ estimator: DiscreteEstimator, _ replicates: ZooValue) throws -> Double {
      try estimator.moments(
        problem, ZooSettings(["temperature": .number(0.5), "replicates": replicates])
      ).covariance[0][0]
    }
    let (first, third, all) = (
      try variance(rao, .number(1)), try variance(rao, .number(3)),
      try variance(rao, .word("infinity"))
    )
    #expect(abs(first - (try variance(one, .number(1)))) < 1e-12)
    // Var = A + B/M.
    #expect(abs((third - all) - (first - all) / 3) < 1e-12)
  }

  @Test func infiniteVariancesAreRefused() throws {
    let kool = try #require(DiscreteZoo.all.first { $0.name == "without-replacement" })
    for (version, samples) in [("plain", 1.0), ("baseline", 2), ("baseline", 3)] {
      #expect(throws: ZooError.self) {
        try kool.moments(
          Self.problems[2],
          ZooSettings(["samples": .number(samples), "version": .word(version)]))
      }
    }
  }
}
