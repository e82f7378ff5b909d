import Approximate
import Exact
import Models
import Probability
import Testing

@Suite("The zoo: what its estimators are on average")
struct ZooBiasTests {
  /// An estimator on a problem with S draws.
  struct Trial {
    let problem: DiscreteProblem
    let settings: ZooSettings
    let moments: ZooMoments
    let exact: [Double]

    /// How far rounding can move a mean: that of the run, and that of the exact sum.
    var rounding: Double {
      let size = problem.signals.reduce(1) { max($0, abs($1)) }
      return 8 * moments.errorBound + 64 * Double.ulpOfOne * size
    }

    /// The largest |mean − factor · exact|.
    func distance(from factor: Double = 1) -> Double {
      zip(moments.mean, exact).reduce(0) { max($0, abs($1.0 - factor * $1.1)) }
    }
  }

  /// Every problem that fits, with one, two and three draws where there are few enough outcomes.
  static func trials(_ estimator: DiscreteEstimator) throws -> [Trial] {
    try ZooProblems.all.filter(estimator.fits).flatMap { problem in
      try (1...3).compactMap { samples -> Trial? in
        let least = estimator.exampleSettings(on: problem).samples
        guard samples >= least else { return nil }
        let settings = estimator.exampleSettings(
          on: problem, ["samples": .number(Double(samples))])
        let states = Double(problem.law.count)
        let draws = try estimator.draws?(settings) ?? 1
        guard (0..<draws).reduce(1.0, { count, _ in count * states }) <= 5000,
          estimator.outcomes?(problem, settings) ?? 0 <= 5000,
          estimator.integral == nil || problem.law.parameterCount == 1
        else { return nil }
        let target = ExactDiscreteProblem(problem).gradient(of: try estimator.target(settings))
        guard samples < problem.law.count || !estimator.drawsDifferentStates, let target else {
          return nil
        }
        return Trial(
          problem: problem, settings: settings,
          moments: try estimator.moments(problem, settings), exact: target)
      }
    }
  }

  static let enumerated = DiscreteZoo.all.filter { $0.integral == nil }

  // Catches: a lost factor, a wrong index, a sign, a baseline that looks at its own draw, in any of them.
  @Test(
    "Each has the mean that its page states, at asymmetric points for 1 to 4 bits and S = 1, 2, 3",
    arguments: enumerated.map(\.name))
  func mean(name: String) throws {
    let estimator = try #require(DiscreteZoo.all.first { $0.name == name })
    let trials = try Self.trials(estimator)
    #expect(!trials.isEmpty)
    var isEverBiased = false
    for trial in trials {
      switch estimator.bias {
      case .none: #expect(trial.distance() <= trial.rounding, "\(trial)")
      case .scaled(_, let factor):
        #expect(trial.distance(from: try factor(trial.settings)) <= trial.rounding, "\(trial)")
      case .biased(_, let unless):
        if unless?(trial.problem, trial.settings) == true {
          #expect(trial.distance() <= trial.rounding, "\(trial)")
        } else if trial.distance() > 1e3 * trial.rounding {
          isEverBiased = true
        }
      }
    }
    if case .biased(_, nil) = estimator.bias { #expect(isEverBiased) }
  }

  // Catches: an average over runs that is not one, a covariance that is not symmetric or not positive.
  @Test("A mean of S runs has one S-th of the covariance of one", arguments: enumerated.map(\.name))
  func covariance(name: String) throws {
    let estimator = try #require(DiscreteZoo.all.first { $0.name == name })
    let problem = try #require(ZooProblems.all.first(where: estimator.fits))
    let settings = estimator.exampleSettings(on: problem)
    let one = try estimator.moments(problem, settings)
    for i in one.covariance.indices {
      #expect(one.covariance[i][i] >= 0)
      for j in one.covariance.indices { #expect(one.covariance[i][j] == one.covariance[j][i]) }
    }
    guard estimator.repetition == .averaged, settings.samples == 1 else { return }
    let three = try estimator.moments(
      problem, estimator.exampleSettings(on: problem, ["samples": .number(3)]))
    #expect(three.mean == one.mean)
    #expect(three.covariance.joined().elementsEqual(one.covariance.joined().map { $0 / 3 }))
  }

  // Catches: a list with a name twice, an estimator without a formula.
  @Test("Names are different, and everything has a formula") func list() {
    let names = DiscreteZoo.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count >= 46)
    for estimator in DiscreteZoo.all {
      #expect(!estimator.formula.isEmpty && !estimator.bias.words.isEmpty)
      #expect(estimator.settings.contains { $0.name == "samples" })
    }
  }
}

extension ZooEstimator {
  /// Whether it draws states of which none comes twice.
  var drawsDifferentStates: Bool {
    settings.contains { setting in
      if case .count(_, true) = setting.kind { true } else { false }
    }
  }
}
