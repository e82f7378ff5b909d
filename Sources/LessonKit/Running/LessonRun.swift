import Verification

/// A lesson that has been run: everything that its renderings need, computed once.
public struct LessonRun: Sendable {
  /// What is read, in order, with its numbers.
  public enum Part: Sendable {
    /// A heading.
    case heading(String)
    /// Paragraphs.
    case prose(String)
    /// An exercise with the verdicts on its lines.
    case exercise(ExerciseRun)
    /// A table.
    case table(Table)
    /// A picture.
    case picture(Picture)
    /// A table or a picture that could not be computed, and why.
    case failure(String)
  }

  /// The lesson.
  public let lesson: Lesson
  /// What was asked for.
  public let request: RunRequest
  /// Its parts.
  public let parts: [Part]

  /// The exercises that were run.
  public var exercises: [ExerciseRun] {
    parts.compactMap { part in
      guard case .exercise(let run) = part else { return nil }
      return run
    }
  }

  /// All checks, in order.
  public var checks: [CheckRun] { exercises.flatMap(\.checks) }

  /// Whether every check held and every table and picture could be computed.
  public var holds: Bool {
    checks.allSatisfy(\.holds)
      && !parts.contains { part in
        if case .failure = part { true } else { false }
      }
  }
}

/// An exercise that has been run, for the answer or for a mistake.
public struct ExerciseRun: Sendable {
  /// The exercise.
  public let exercise: any ExerciseProtocol
  /// The mistake judged in place of the answer.
  public let mistake: MistakeSummary?
  /// Its lines with their verdicts.
  public let checks: [CheckRun]
}

/// A line that has been judged.
public struct CheckRun: Sendable {
  /// The name across lessons: "04-nvil/score-function/unbiased".
  public let id: String
  /// The exercise that it belongs to.
  public let exercise: String
  /// The place of the line among those of its exercise, from one.
  public let number: Int
  /// What is known of the line without running it.
  public let line: LineSummary
  /// What was found.
  public let report: LineReport
  /// The names of the mistakes that it catches; nil if that was not asked.
  public let caughtMistakes: [String]?

  /// Whether the line held on every model and on the example.
  public var holds: Bool { report.holds }
}

extension Lesson {
  /// Runs the lesson, or the part of it that is asked for.
  ///
  /// With a mistake only the exercise that has it is run; with `only` there is no page around.
  ///
  /// - Parameters:
  ///   - request: what is asked for.
  ///   - observe: called after each part, for whoever wants to know how long it took.
  /// - Returns: all that renderings need.
  public func run(
    _ request: RunRequest, observe: (LessonRun.Part) -> Void = { _ in }
  ) -> LessonRun {
    let isPart = request.mistake != nil || request.only != nil
    let context = RunContext(seed: request.plan.seed, width: request.width)
    let parts = blocks.flatMap { block -> [LessonRun.Part] in
      var parts: [LessonRun.Part] = []
      if case .exercise(let exercise) = block {
        parts = [run(exercise, request)].compactMap(\.self)
      } else if request.showsPages, !isPart {
        parts = block.page(context)
      }
      parts.forEach(observe)
      return parts
    }
    return LessonRun(lesson: self, request: request, parts: parts)
  }

  private func run(_ exercise: any ExerciseProtocol, _ request: RunRequest) -> LessonRun.Part? {
    let culprit = exercise.mistakes.first { $0.name == request.mistake }
    if request.mistake != nil, culprit == nil { return nil }
    let wanted = wanted(exercise, request)
    if wanted?.isEmpty == true { return nil }
    let reports = exercise.judge(culprit?.name, lines: wanted, plan: request.plan) ?? []
    let caught = request.judgesMistakes ? caughtMistakes(exercise, wanted, request.plan) : nil
    let lines = zip(1..., exercise.lines).filter { wanted?.contains($0.1.id) ?? true }
    let checks = zip(lines, reports).map { line, report in
      CheckRun(
        id: checkID(exercise, line.1.id), exercise: exercise.id, number: line.0, line: line.1,
        report: report, caughtMistakes: caught.map { $0[line.1.id] ?? [] })
    }
    return .exercise(ExerciseRun(exercise: exercise, mistake: culprit, checks: checks))
  }

  /// For each line the mistakes that it refuses; each is judged up to its first refusal.
  private func caughtMistakes(
    _ exercise: any ExerciseProtocol, _ wanted: Set<String>?, _ plan: SearchPlan
  ) -> [String: [String]] {
    let quick = MistakeCatalogue.plan(seed: plan.seed, models: plan.models)
    var caught: [String: [String]] = [:]
    for mistake in exercise.mistakes {
      for report in exercise.judge(mistake.name, lines: wanted, plan: quick) ?? []
      where !report.holds {
        caught[report.id, default: []].append(mistake.name)
      }
    }
    return caught
  }
}

extension Block {
  /// What is read here, computed; nothing for an exercise.
  func page(_ context: RunContext) -> [LessonRun.Part] {
    do {
      switch self {
      case .heading(let text): return [.heading(text)]
      case .prose(let text): return [.prose(text)]
      case .table(let table): return [.table(try table(context))]
      case .picture(let picture): return [.picture(try picture(context))]
      case .computed(let blocks): return try blocks(context).flatMap { $0.page(context) }
      case .exercise: return []
      }
    } catch {
      return [.failure("\(error)")]
    }
  }
}
