public import Probability
public import Verification

/// A derivation that is read: its checks, the code that they judge, and the ways to get it wrong.
public struct Derivation<Subject: Sendable, Problem: Sendable>: Inquiry {
  /// The name within the lesson, in lower-case words joined by hyphens.
  public let id: String
  /// The title.
  public let title: String
  let example: @Sendable () throws -> Problem
  let draw: @Sendable (inout Cases) throws -> Problem
  let all: [Check<Subject, Problem>]
  let answer: Subject
  let catalogue: [Mistake<Subject>]
  let shows: @Sendable (Problem) -> [Given]
  /// What is said between the chain and what follows from it; mostly empty.
  public let afterChain: String

  /// A derivation.
  ///
  /// - Parameters:
  ///   - id: the name within the lesson.
  ///   - title: the title.
  ///   - example: the tiny problem whose numbers are shown; if it throws, every check fails.
  ///   - draw: makes a random problem: asymmetric points, two or three bits, nothing quadratic.
  ///   - checks: the checks, in the order in which they are read.
  ///   - answer: what they judge, as the library has it.
  ///   - mistakes: the ways to get it wrong.
  ///   - afterChain: what is said between the chain and what follows from it, where both are long.
  ///   - givens: what is printed of a problem, where that is not all that it says of itself.
  public init(
    id: String, title: String, example: @autoclosure @escaping @Sendable () throws -> Problem,
    draw: @escaping @Sendable (inout Cases) throws -> Problem, checks: [Check<Subject, Problem>],
    answer: Subject, mistakes: [Mistake<Subject>], afterChain: String = "",
    givens: @escaping @Sendable (Problem) -> [Given] = { ($0 as? any Shown)?.givens ?? [] }
  ) {
    self.id = id
    self.title = title
    self.example = example
    self.draw = draw
    all = checks
    self.answer = answer
    catalogue = mistakes
    self.afterChain = afterChain
    shows = givens
  }

  /// Nothing is asked.
  public var assignment: Assignment? { nil }

  /// The example, printed.
  public var givens: [Given] { (try? example()).map(shows) ?? [] }

  /// The checks without their code.
  public var checks: [CheckSummary] {
    all.map { check in
      CheckSummary(
        id: check.id, formula: check.formula, reason: check.reason, bearings: check.claims,
        role: check.role)
    }
  }

  /// The mistakes without their code.
  public var mistakes: [MistakeSummary] {
    catalogue.map { MistakeSummary(name: $0.name, summary: $0.summary, source: $0.source) }
  }

  /// Evaluates checks for the answer or for a mistake.
  public func judge(
    _ culprit: String?, checks wanted: Set<String>?, plan: SearchPlan
  ) -> [CheckReport]? {
    var subject = answer
    if let culprit {
      guard let mistake = catalogue.first(where: { $0.name == culprit }) else { return nil }
      subject = mistake.subject(from: answer)
    }
    let checks = all.filter { wanted?.contains($0.id) ?? true }
    return judge(subject, by: checks, plan: plan)
  }

  private func judge(
    _ subject: Subject, by checks: [Check<Subject, Problem>], plan: SearchPlan
  ) -> [CheckReport] {
    let results = search(
      stream: id,
      findings: checks.map { check in
        { problem in try check.evaluate(subject, problem) }
      }, plan: plan, draw: draw)
    let example = Result { try self.example() }
    return zip(checks, results).map { check, result in
      CheckReport(
        id: check.id, example: Result { try check.evaluate(subject, try example.get()) },
        result: result, changes: (try? example.get()).map { changes(check, $0) } ?? [],
        caseGivens: refusedProblem(result).map { shows($0) + changes(check, $0) } ?? [])
    }
  }

  private func changes(_ check: Check<Subject, Problem>, _ problem: Problem) -> [Given] {
    (try? check.changes(problem)) ?? []
  }

  /// The problem that refuses a check, drawn again.
  private func refusedProblem(_ result: SearchResult) -> Problem? {
    guard !result.holds, let token = result.token else { return nil }
    return try? token.draw(stream: id, draw).0.get()
  }
}
