import Verification

/// A lesson that has been run: everything that its renderings need, computed once.
public struct LessonRun: Sendable {
  /// What is read, in order, with its numbers.
  public enum Part: Sendable {
    /// A heading.
    case heading(String)
    /// Paragraphs.
    case prose(String)
    /// A derivation or an exercise with the verdicts on its checks.
    case inquiry(InquiryRun)
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

  /// The derivations and exercises that were run.
  public var inquiries: [InquiryRun] {
    parts.compactMap { part in
      guard case .inquiry(let run) = part else { return nil }
      return run
    }
  }

  /// All checks, in order.
  public var checks: [CheckRun] { inquiries.flatMap(\.checks) }

  /// Whether every check held and every table and picture could be computed.
  public var holds: Bool {
    checks.allSatisfy(\.holds)
      && !parts.contains { part in
        if case .failure = part { true } else { false }
      }
  }
}

/// A derivation or an exercise that has been run, for the answer or for a mistake.
public struct InquiryRun: Sendable {
  /// The derivation or exercise.
  public let inquiry: any Inquiry
  /// The mistake judged in place of the answer.
  public let mistake: MistakeSummary?
  /// Its checks with their verdicts.
  public let checks: [CheckRun]
}

/// A check that has been judged.
public struct CheckRun: Sendable {
  /// The name across lessons: "04-nvil/score-function/unbiased".
  public let id: String
  /// The derivation or exercise that it belongs to.
  public let inquiry: String
  /// Its place in its derivation or exercise, from one.
  public let number: Int
  /// What is known of it without running it.
  public let check: CheckSummary
  /// What was found.
  public let report: CheckReport
  /// The names of the mistakes that it catches; nil if that was not asked.
  public let caughtMistakes: [String]?

  /// Whether it held on every problem and on the example.
  public var holds: Bool { report.holds }
}

extension Lesson {
  /// Runs the lesson, or the part of it that is asked for.
  ///
  /// With a mistake only what has it is run; with `only` there is no page around.
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
      if case .inquiry(let inquiry) = block {
        parts = [run(inquiry, request)].compactMap(\.self)
      } else if request.showsPages, !isPart {
        parts = block.page(context)
      }
      parts.forEach(observe)
      return parts
    }
    return LessonRun(lesson: self, request: request, parts: parts)
  }

  private func run(_ inquiry: any Inquiry, _ request: RunRequest) -> LessonRun.Part? {
    let culprit = inquiry.mistakes.first { $0.name == request.mistake }
    if request.mistake != nil, culprit == nil { return nil }
    let wanted = wanted(inquiry, request)
    if wanted?.isEmpty == true { return nil }
    let reports = inquiry.judge(culprit?.name, checks: wanted, plan: request.plan) ?? []
    let caught = request.judgesMistakes ? caughtMistakes(inquiry, wanted, request.plan) : nil
    let asked = zip(1..., inquiry.checks).filter { wanted?.contains($0.1.id) ?? true }
    let checks = zip(asked, reports).map { check, report in
      CheckRun(
        id: checkID(inquiry, check.1.id), inquiry: inquiry.id, number: check.0, check: check.1,
        report: report, caughtMistakes: caught.map { $0[check.1.id] ?? [] })
    }
    return .inquiry(InquiryRun(inquiry: inquiry, mistake: culprit, checks: checks))
  }

  /// For each check the mistakes that it refuses; each is judged up to its first refusal.
  private func caughtMistakes(
    _ inquiry: any Inquiry, _ wanted: Set<String>?, _ plan: SearchPlan
  ) -> [String: [String]] {
    let quick = MistakeCatalogue.plan(seed: plan.seed, problems: plan.problems)
    var caught: [String: [String]] = [:]
    for mistake in inquiry.mistakes {
      for report in inquiry.judge(mistake.name, checks: wanted, plan: quick) ?? []
      where !report.holds {
        caught[report.id, default: []].append(mistake.name)
      }
    }
    return caught
  }
}

extension Block {
  /// What is read here, computed; nothing for what is checked.
  func page(_ context: RunContext) -> [LessonRun.Part] {
    do {
      switch self {
      case .heading(let text): return [.heading(text)]
      case .prose(let text): return [.prose(text)]
      case .table(let table): return [.table(try table(context))]
      case .picture(let picture): return [.picture(try picture(context))]
      case .computed(let blocks): return try blocks(context).flatMap { $0.page(context) }
      case .inquiry: return []
      }
    } catch {
      return [.failure("\(error)")]
    }
  }
}
