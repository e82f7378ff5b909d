import Approximate
import Models
import Probability

extension Zoo {
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
}
