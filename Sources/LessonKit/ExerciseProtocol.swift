public import Verification

/// What can be said of a line without running it.
public struct LineSummary: Sendable, Equatable {
  /// The name within its exercise.
  public let id: String
  /// The formula.
  public let formula: String
  /// Why the line follows.
  public let reason: String
  /// The ledger entries that it establishes.
  public let claims: [String]
  /// Whether students are judged by it.
  public let isGraded: Bool
}

/// What can be said of a mistake without running it.
public struct MistakeSummary: Sendable, Equatable {
  /// The name within its lesson.
  public let name: String
  /// What is wrong.
  public let summary: String
  /// Where it was seen.
  public let source: String?
}

/// What one line found: its numbers on the example and the verdict over random models.
public struct LineReport: Sendable {
  /// The line.
  public let id: String
  /// Both sides on the example; nil where the subject failed there.
  public let example: Finding?
  /// The verdict.
  public let result: SearchResult

  /// Whether the line held on every model, the example included.
  public var holds: Bool { result.holds && exampleHolds }

  /// Whether the line holds on the example; not where it could not be evaluated there.
  public var exampleHolds: Bool { example?.violation().holds ?? false }
}

/// An exercise whatever its subject and its models are.
public protocol ExerciseProtocol: Sendable {
  /// The name within its lesson.
  var id: String { get }
  /// The title.
  var title: String { get }
  /// What a student is asked to write.
  var task: String { get }
  /// Hints, from a nudge to nearly the answer.
  var hints: [String] { get }
  /// Its lines, the derivation first.
  var lines: [LineSummary] { get }
  /// Its mistakes.
  var mistakes: [MistakeSummary] { get }
  /// Evaluates lines for the answer (nil) or the named mistake; nil if there is no such mistake.
  func judge(_ culprit: String?, lines: Set<String>?, plan: SearchPlan) -> [LineReport]?
}
