public import Probability

// The former shape of an exercise, until every lesson has the new one.

/// A check by its former name.
public typealias Line<Subject: Sendable, Problem: Sendable> = Check<Subject, Problem>

/// An exercise without its answer.
public struct Sheet<Subject: Sendable, Model: Sendable>: Sendable {
  /// The name within its lesson.
  public let id: String
  /// The title.
  public let title: String
  /// What is to be written.
  public let task: String
  /// Hints.
  public let hints: [String]
  /// The example.
  public let example: Model
  /// Draws a problem.
  public let draw: @Sendable (inout Cases) throws -> Model
  /// The checks.
  public let lines: [Check<Subject, Model>]

  /// An exercise without its answer.
  public init(
    id: String, title: String, task: String, hints: [String], example: Model,
    draw: @escaping @Sendable (inout Cases) throws -> Model, lines: [Check<Subject, Model>]
  ) {
    self.id = id
    self.title = title
    self.task = task
    self.hints = hints
    self.example = example
    self.draw = draw
    self.lines = lines
  }
}

extension Exercise {
  /// A sheet with its answer.
  public init(
    _ sheet: Sheet<Subject, Problem>, answer: Subject, derivation: [Check<Subject, Problem>] = [],
    mistakes: [Mistake<Subject>]
  ) {
    self.derivation = Derivation(
      id: sheet.id, title: sheet.title, example: sheet.example, draw: sheet.draw,
      checks: derivation + sheet.lines, answer: answer, mistakes: mistakes)
    work = sheet.task.isEmpty ? nil : Assignment(task: sheet.task, hints: sheet.hints)
  }
}
