import Approximate
import Models
import Probability

/// The library's estimators by their names, with the settings that they are shown with.
enum Zoo {
  /// The estimator for states of this name.
  static func estimator(_ name: String) throws -> DiscreteEstimator {
    guard let found = estimators[name] else {
      throw ZooError.outOfScope("no estimator is called \"\(name)\"")
    }
    return found
  }

  private static let estimators = Dictionary(
    DiscreteZoo.all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// One run of it.
  static func run(
    _ name: String, on problem: DiscreteProblem, with changed: [String: ZooValue] = [:],
    _ choices: inout CutUniforms
  ) throws -> [Double] {
    let estimator = try estimator(name)
    let settings = estimator.exampleSettings(on: problem, changed)
    let program = try estimator.program(problem, settings)
    return try program.estimate(problem, &choices)
  }

  /// c, read off the first outcome of an estimator g = (f − c) s: c = f − g·s/|s|².
  static func subtracted(by name: String, on problem: DiscreteProblem) -> Double {
    var found: [Double] = []
    _ = try? exactMomentsWithUniforms { choices in
      let estimate = try run(name, on: problem, &choices)
      if found.isEmpty { found = estimate }
      return estimate
    }
    let score = problem.law.scores[0]
    let along = zip(found, score).reduce(0) { $0 + $1.0 * $1.1 }
    return found.isEmpty
      ? .nan : problem.signals[0] - along / score.reduce(0) { $0 + $1 * $1 }
  }

  /// Its mean and covariance on a problem, every outcome run.
  static func moments(
    _ name: String, on problem: DiscreteProblem, _ changed: [String: ZooValue] = [:]
  ) throws -> ZooMoments {
    let estimator = try estimator(name)
    return try estimator.moments(problem, estimator.exampleSettings(on: problem, changed))
  }

  /// The variance of all components together.
  static func variance(
    of name: String, on problem: DiscreteProblem, _ changed: [String: ZooValue] = [:]
  ) throws -> Double {
    let covariance = try moments(name, on: problem, changed).covariance
    return covariance.indices.reduce(0) { $0 + covariance[$1][$1] }
  }
}
