public import Verification

/// What can be said of a check without running it.
public struct CheckSummary: Sendable, Equatable {
  /// The name within its exercise or derivation.
  public let id: String
  /// The formula.
  public let formula: String
  /// Why it follows.
  public let reason: String
  /// The ledger entries that it bears upon, and how.
  public let bearings: [Bearing]
  /// What it is to the argument.
  public let role: Role

  /// The ledger entries that it bears upon.
  public var claims: [String] { bearings.map(\.claim) }
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

/// What one check found: its numbers on the example and the verdict over random problems.
public struct CheckReport: Sendable {
  /// The check.
  public let id: String
  /// Both sides on the example, or why there are none.
  let outcome: Result<Finding, any Error>
  /// The verdict.
  public let result: SearchResult
  /// What it changes of the example, with the values that it puts there.
  public let changes: [Given]
  /// The problem of the case that refuses it, with its own changes; empty where none does.
  public let caseGivens: [Given]

  init(
    id: String, example: Result<Finding, any Error>, result: SearchResult, changes: [Given],
    caseGivens: [Given]
  ) {
    self.id = id
    outcome = example
    self.result = result
    self.changes = changes
    self.caseGivens = caseGivens
  }

  /// Both sides on the example; nil where it could not be made or the subject failed there.
  public var example: Finding? { try? outcome.get() }

  /// Why a side could not be evaluated, on a random problem or else on the example.
  public var failure: String? {
    result.failure ?? exampleFailure.map { "the example: \($0)" }
  }

  /// Why a side could not be evaluated on the example.
  public var exampleFailure: String? {
    guard case .failure(let error) = outcome else { return nil }
    return "\(error)"
  }

  /// Whether the check held on every problem, the example included.
  public var holds: Bool { result.holds && exampleHolds }

  /// Whether the check holds on the example; not where it could not be evaluated there.
  public var exampleHolds: Bool { example?.violation().holds ?? false }
}

/// A derivation or an exercise, whatever its subject and its problems are.
public protocol Inquiry: Sendable {
  /// The name within its lesson.
  var id: String { get }
  /// The title.
  var title: String { get }
  /// What a student is asked to write; nil for a derivation, which is only read.
  var assignment: Assignment? { get }
  /// The example: its symbols with their values; empty where it cannot be made.
  var givens: [Given] { get }
  /// What is said between the chain and what follows from it; mostly empty.
  var afterChain: String { get }
  /// Its checks, in the order in which they are read.
  var checks: [CheckSummary] { get }
  /// Its mistakes.
  var mistakes: [MistakeSummary] { get }
  /// Evaluates checks for the answer (nil) or the named mistake; nil if there is no such mistake.
  func judge(_ culprit: String?, checks: Set<String>?, plan: SearchPlan) -> [CheckReport]?
  /// What of it may be handed in, by a program in any language; nil where nothing may.
  var handin: HandinSummary? { get }
  /// Judges a program outside by these checks; nil where nothing can be handed in.
  func judge(_ program: any OutsideProgram, plan: HandinPlan) -> [HandinPartReport]?
  /// Its random functions with a task for each, on the example or on the first problem of a seed.
  func drawnTasks(seed: UInt64?) throws -> [DrawnTask]
}

extension Inquiry {
  /// Nothing.
  public var afterChain: String { "" }
  /// Nothing.
  public var handin: HandinSummary? { nil }
  /// Nothing is judged.
  public func judge(_ program: any OutsideProgram, plan: HandinPlan) -> [HandinPartReport]? { nil }
  /// None.
  public func drawnTasks(seed: UInt64?) throws -> [DrawnTask] { [] }
}
