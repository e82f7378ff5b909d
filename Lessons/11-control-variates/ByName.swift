import Approximate
import Models
import Probability

/// Estimators as the library has them, by the names under which `lessons zoo` lists them.
enum ByName {
  /// One run of an estimator.
  static func estimate<Choices: RandomChoices>(
    _ name: String, _ settings: [String: ZooValue] = [:], of problem: DiscreteProblem,
    _ choices: inout Choices
  ) throws -> [Double] {
    try program(name, settings, of: problem).estimate(problem, &choices)
  }

  /// The program of one run.
  static func program(
    _ name: String, _ settings: [String: ZooValue] = [:], of problem: DiscreteProblem
  ) throws -> any ZooProgram<DiscreteProblem> {
    try estimator(name).program(problem, ZooSettings(settings))
  }

  /// An estimator.
  static func estimator(_ name: String) throws(ZooError) -> DiscreteEstimator {
    guard let found = estimators[name] else {
      throw .outOfScope("no estimator is called \(name)")
    }
    return found
  }

  private static let estimators = Dictionary(
    DiscreteZoo.all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
