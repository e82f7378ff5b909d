public import Probability
public import Verification

/// What a student is asked to write.
public struct Assignment: Sendable, Equatable {
  /// The task.
  public let task: String
  /// Hints, from a nudge to nearly the answer.
  public let hints: [String]

  /// A task with its hints.
  public init(task: String, hints: [String]) {
    self.task = task
    self.hints = hints
  }
}

/// A derivation of which a part is written by whoever reads it.
///
/// The same checks judge the answer, which must pass, every mistake, which must be caught, and
/// whatever a student hands in.
public struct Exercise<Subject: Sendable, Problem: Sendable>: Inquiry {
  let derivation: Derivation<Subject, Problem>
  let work: Assignment
  let offer: Handin<Subject>?

  /// An exercise: a derivation with a task.
  ///
  /// - Parameters:
  ///   - id: the name within the lesson.
  ///   - title: the title.
  ///   - task: what is to be written.
  ///   - hints: from a nudge to nearly the answer.
  ///   - example: the tiny problem whose numbers are shown; if it throws, every check fails.
  ///   - draw: makes a random problem: asymmetric points, two or three bits, nothing quadratic.
  ///   - checks: the checks, in the order in which they are read.
  ///   - answer: the library's answer.
  ///   - mistakes: the ways to get it wrong.
  ///   - handin: what of it may be handed in, by a program in any language.
  ///   - afterChain: what is said between the chain and what follows from it, where both are long.
  ///   - givens: what is printed of a problem, where that is not all that it says of itself.
  public init(
    id: String, title: String, task: String, hints: [String],
    example: @autoclosure @escaping @Sendable () throws -> Problem,
    draw: @escaping @Sendable (inout Cases) throws -> Problem, checks: [Check<Subject, Problem>],
    answer: Subject, mistakes: [Mistake<Subject>], handin: Handin<Subject>? = nil,
    afterChain: String = "",
    givens: @escaping @Sendable (Problem) -> [Given] = { ($0 as? any Shown)?.givens ?? [] }
  ) {
    derivation = Derivation(
      id: id, title: title, example: try example(), draw: draw, checks: checks, answer: answer,
      mistakes: mistakes, afterChain: afterChain, givens: givens)
    work = Assignment(task: task, hints: hints)
    offer = handin
  }

  /// The name within the lesson.
  public var id: String { derivation.id }
  /// The title.
  public var title: String { derivation.title }
  /// What is asked.
  public var assignment: Assignment? { work }
  /// What may be handed in.
  public var handin: HandinSummary? { offer?.summary }
  /// What is said between the chain and what follows from it.
  public var afterChain: String { derivation.afterChain }
  /// The example, printed.
  public var givens: [Given] { derivation.givens }
  /// The checks without their code.
  public var checks: [CheckSummary] { derivation.checks }
  /// The mistakes without their code.
  public var mistakes: [MistakeSummary] { derivation.mistakes }

  /// Evaluates checks for the answer or for a mistake.
  public func judge(
    _ culprit: String?, checks wanted: Set<String>?, plan: SearchPlan
  ) -> [CheckReport]? {
    derivation.judge(culprit, checks: wanted, plan: plan)
  }
}
