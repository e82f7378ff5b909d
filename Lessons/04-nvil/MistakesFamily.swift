import Approximate
import JSONText
import LessonKit
import Probability

extension EstimatorFamily {
  /// The library's estimators with a mistake of lesson 04 in the place of those that it concerns.
  ///
  /// - Parameters:
  ///   - name: the mistake.
  ///   - prior: P(z_d = 1) under the model; some mistakes look at it.
  /// - Throws: `UnknownMistake` where no estimator has a mistake of that name.
  public init(mistake name: String, prior: [Double]) throws(UnknownMistake) {
    if let mistake = Page.scoreFunctionMistakes.first(where: { $0.name == name }) {
      let program = EstimatorFamily.scoreFunction(
        mistake.subject(from: LibraryScoreFunction()), prior: prior)
      replacements = [
        .scoreFunction: program, .constantBaseline: program, .optimalConstantBaseline: program,
      ]
      return
    }
    if let mistake = Page.runningBaselineMistakes.first(where: { $0.name == name }) {
      // A memory that holds the constant, of which a step keeps nine tenths.
      replacements = [
        .constantBaseline: EstimatorFamily.running(mistake.subject(from: LibraryRunningMean()))
      ]
      return
    }
    if let mistake = Page.leaveOneOutMistakes.first(where: { $0.name == name }) {
      replacements = [
        .leaveOneOut: EstimatorFamily.leaveOneOut(mistake.subject(from: LibraryLeaveOneOut()))
      ]
      return
    }
    throw UnknownMistake(name: name, known: EstimatorFamily.mistakeNames)
  }

  /// The mistakes that can stand in an estimator's place, in the order of the exercises.
  public static let mistakeNames: [String] =
    Page.scoreFunctionMistakes.map(\.name) + Page.runningBaselineMistakes.map(\.name)
    + Page.leaveOneOutMistakes.map(\.name)

  private static func scoreFunction(
    _ form: any ScoreFunctionForm, prior: [Double]
  ) -> @Sendable ([Double]) -> Program {
    { baselines in
      { bound, samples, choices in
        let problem = ScoreFunctionProblem(
          model: bound.model, prior: prior, q: bound.q, baselines: baselines)
        return try form.estimate(problem, samples: samples, &choices)
      }
    }
  }

  private static func running(
    _ form: any RunningBaselineForm
  ) -> @Sendable ([Double]) -> Program {
    { baselines in
      { bound, samples, choices in
        let draws = try bound.draws(samples, &choices)
        let signals = draws.map(bound.signal)
        let step = form.step(memory: baselines.first, decay: 0.9, signals: signals)
        return bound.averagedScore(of: draws) { s, _ in signals[s] - step.baseline }
      }
    }
  }

  private static func leaveOneOut(
    _ form: any LeaveOneOutForm
  ) -> @Sendable ([Double]) -> Program {
    { _ in
      { bound, samples, choices in
        let draws = try bound.draws(samples, &choices)
        let signals = draws.map(bound.signal)
        let baselines = form.baselines(signals)
        return bound.averagedScore(of: draws) { s, _ in signals[s] - baselines[s] }
      }
    }
  }
}

/// No mistake of that name can stand in an estimator's place.
public struct UnknownMistake: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was asked for.
  public let name: String
  /// What there is.
  public let known: [String]

  /// One line with the nearest names.
  public var description: String {
    let owner = Page.lesson.inquiries.first { $0.mistakes.contains { $0.name == name } }
    if let owner {
      return "the mistake \(excerpt(of: name)) belongs to exercise \(owner.id), where no estimator "
        + "of a case occurs"
    }
    let near = nearest(3, to: name, among: known)
    guard near.isEmpty else {
      return "no estimator has the mistake \(excerpt(of: name)); nearest: "
        + near.joined(separator: ", ")
    }
    return "the mistake \(excerpt(of: name)) is not known; lessons mistakes 04-nvil lists them"
  }
}
