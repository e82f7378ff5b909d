/// A kind of problem that the zoo is shown on, one for each list of estimators.
public protocol ZooShown: Sendable {
  /// All estimators for it.
  static var estimators: [ZooEstimator<Self>] { get }
  /// The problems of the table, none of them symmetric, as symmetry hides faults.
  static var examples: [ZooExample<Self>] { get }
  /// Those of a page, so many that every name has a place to be shown.
  static var pageExamples: [ZooExample<Self>] { get }

  /// The law of z, among those that an estimator may be for.
  var scope: ZooScope { get }
  /// Whether f is log p − log q.
  var isLogJoint: Bool { get }
  /// Whether so many draws can stand in one formula.
  func allows(samples: Int, outOf states: Bool) -> Bool
  /// A value to show a setting with.
  func shown(_ setting: ZooSetting) -> ZooValue
}

extension ZooEstimator where Problem: ZooShown {
  /// Whether it works on a problem.
  public func fits(_ problem: Problem) -> Bool {
    // It is shown with two draws where one formula holds all of them.
    let least = repetition == .together ? 2 : 1
    let hasRoom = settings.allSatisfy { setting in
      guard case .count(let own, let isBelowStates) = setting.kind, setting.name == "samples"
      else { return true }
      return problem.allows(
        samples: repetition == .together || isBelowStates ? max(own, least) : 1,
        outOf: isBelowStates)
    }
    return scope.contains(problem.scope) && hasRoom
      && (needs == .anything || (needs == .logJoint) == problem.isLogJoint)
  }

  /// Settings to show it with: as few samples as it works with, and what is not symmetric.
  public func exampleSettings(
    on problem: Problem, _ changed: [String: ZooValue] = [:]
  ) -> ZooSettings {
    var values: [String: ZooValue] = [:]
    for setting in settings {
      let least = setting.name == "samples" ? problem.shown(setting) : setting.standard
      values[setting.name] = least ?? problem.shown(setting)
    }
    return ZooSettings(values.merging(changed) { $1 })
  }

  /// The settings of its example; two draws where one formula holds all of them, as many of these say
  /// nothing of one.
  public func shownSettings(on problem: Problem) -> ZooSettings {
    let settings = exampleSettings(on: problem)
    guard repetition == .together, settings.samples < 2 else { return settings }
    return exampleSettings(on: problem, ["samples": .number(2)])
  }
}
