public import Probability
public import Verification

/// An exercise as a student gets it: what to write, hints, models, and the checks that judge it.
///
/// It holds no answer, so it can be handed out with the exact side of the house alone.
public struct Assignment<Subject: Sendable, Model: Sendable>: Sendable {
  /// The name within its lesson, in lower-case words joined by hyphens.
  public let id: String
  /// The title.
  public let title: String
  /// What is to be written.
  public let task: String
  /// Hints, from a nudge to nearly the answer.
  public let hints: [String]
  /// The tiny model whose numbers are shown.
  public let example: Model
  /// Makes a random model; asymmetric points, two or three bits, nothing quadratic.
  public let draw: @Sendable (inout Cases) throws -> Model
  /// The checks.
  public let lines: [Line<Subject, Model>]

  /// An exercise without its answer.
  public init(
    id: String, title: String, task: String, hints: [String], example: Model,
    draw: @escaping @Sendable (inout Cases) throws -> Model, lines: [Line<Subject, Model>]
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

/// An exercise with its answer, the derivation that surrounds it, and its mistakes.
public struct Exercise<Subject: Sendable, Model: Sendable>: ExerciseProtocol {
  let assignment: Assignment<Subject, Model>
  let derivation: [Line<Subject, Model>]
  let answer: Subject
  let catalogue: [Mistake<Subject>]

  /// An assignment together with its answer, further lines and mistakes.
  public init(
    _ assignment: Assignment<Subject, Model>, answer: Subject,
    derivation: [Line<Subject, Model>] = [], mistakes: [Mistake<Subject>]
  ) {
    self.assignment = assignment
    self.answer = answer
    self.derivation = derivation
    catalogue = mistakes
  }

  private var allLines: [Line<Subject, Model>] { derivation + assignment.lines }

  /// The name within the lesson.
  public var id: String { assignment.id }
  /// The title.
  public var title: String { assignment.title }
  /// What a student is asked to write; empty for a derivation that is only read.
  public var task: String { assignment.task }
  /// Hints, from a nudge to nearly the answer.
  public var hints: [String] { assignment.hints }

  /// The lines without their closures.
  public var lines: [LineSummary] {
    let graded = Set(assignment.lines.map(\.id))
    return allLines.map { line in
      LineSummary(
        id: line.id, formula: line.formula, reason: line.reason, claims: line.claims,
        isGraded: graded.contains(line.id))
    }
  }

  /// The mistakes without their code.
  public var mistakes: [MistakeSummary] {
    catalogue.map { MistakeSummary(name: $0.name, summary: $0.summary, source: $0.source) }
  }

  /// Evaluates lines for the answer or for a mistake.
  public func judge(_ culprit: String?, lines wanted: Set<String>?, plan: SearchPlan)
    -> [LineReport]?
  {
    var subject = answer
    if let culprit {
      guard let mistake = catalogue.first(where: { $0.name == culprit }) else { return nil }
      subject = mistake.subject
    }
    return judge(subject, lines: allLines.filter { wanted?.contains($0.id) ?? true }, plan: plan)
  }

  private func judge(_ subject: Subject, lines: [Line<Subject, Model>], plan: SearchPlan)
    -> [LineReport]
  {
    assignment.judge(subject, lines: lines, plan: plan)
  }
}

extension Assignment {
  /// Judges a subject by the graded lines.
  public func judge(_ subject: Subject, plan: SearchPlan = SearchPlan()) -> [LineReport] {
    judge(subject, lines: lines, plan: plan)
  }

  func judge(_ subject: Subject, lines: [Line<Subject, Model>], plan: SearchPlan) -> [LineReport] {
    let laws = lines.map { line in
      Law<Model>(id: line.id) { model in try line.evaluate(subject, model) }
    }
    let results = search(stream: id, laws: laws, plan: plan, draw: draw)
    return zip(lines, results).map { line, result in
      LineReport(id: line.id, example: try? line.evaluate(subject, example), result: result)
    }
  }
}
