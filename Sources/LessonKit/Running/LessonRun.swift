import Verification

/// A lesson that has been run: everything that its renderings need, computed once.
public struct LessonRun: Sendable {
  /// What is read, in order, with its numbers.
  public enum Part: Sendable {
    /// Paragraphs, their numbers filled in.
    case prose(String)
    /// The model of the numbers below.
    case given([Given])
    /// Code of the sources.
    case code(Listing)
    /// An invitation to move something.
    case experiment(Experiment)
    /// A derivation or an exercise with the verdicts on its checks.
    case inquiry(InquiryRun)
    /// A table.
    case table(Table)
    /// A picture.
    case picture(Picture)
    /// Something that could not be computed, and why.
    case failure(String)
  }

  /// A section with its parts.
  public struct SectionRun: Sendable {
    /// The section.
    public let section: Section
    /// Its place among the sections of its lesson, from one.
    public let number: Int
    /// Its parts.
    public let parts: [Part]
  }

  /// An erratum of the lectures with its numbers, or why there are none.
  public struct ErratumRun: Sendable {
    /// The erratum.
    public let erratum: ErratumCase
    /// Its numbers.
    public let numbers: Result<ErratumCase.Comparison, any Error>
  }

  /// The lesson.
  public let lesson: Lesson
  /// What was asked for.
  public let request: RunRequest
  /// Its sections, those left out of which nothing was asked for.
  public let sections: [SectionRun]
  /// The errata that it shows; none where a part of it was asked for.
  public let errata: [ErratumRun]

  /// Whether only a part of the lesson was asked for, and so there is no page around it.
  public var isPart: Bool { request.isPart }

  /// All parts, in order.
  public var parts: [Part] { sections.flatMap(\.parts) }

  /// The derivations and exercises that were run.
  public var inquiries: [InquiryRun] {
    parts.compactMap { part in
      guard case .inquiry(let run) = part else { return nil }
      return run
    }
  }

  /// The section that has shown a model before a derivation or an exercise does; nil if none has.
  func section(showing model: [Given], before inquiry: String) -> Int? {
    for section in sections {
      for part in section.parts {
        switch part {
        case .given(let givens) where givens == model: return section.number
        case .inquiry(let run) where run.inquiry.id == inquiry: return nil
        case .inquiry(let run) where run.inquiry.givens.filter({ !$0.isForFoldedLines }) == model:
          return section.number
        default: continue
        }
      }
    }
    return nil
  }

  /// All checks, in order.
  public var checks: [CheckRun] { inquiries.flatMap(\.checks) }

  /// Whether every check held and everything on the page could be computed.
  public var holds: Bool {
    checks.allSatisfy(\.holds) && failures == 0
  }

  /// How many prose, tables, pictures and errata could not be computed.
  public var failures: Int {
    let failed = parts.count { part in
      if case .failure = part { true } else { false }
    }
    return failed + errata.count { (try? $0.numbers.get())?.holds != true }
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
  /// The code that is judged, where the lesson shows it.
  public let listing: Listing?
  /// The code of the mistake.
  public let wrong: Listing?

  /// Its checks of a role.
  public func checks(as role: Role) -> [CheckRun] { checks.filter { $0.check.role == role } }
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
  ///   - observe: called after each part, for whoever wants to know how long it took. Without it
  ///     parts are run side by side; what they find is the same.
  /// - Returns: all that renderings need.
  public func run(
    _ request: RunRequest, observe: ((LessonRun.Part) -> Void)? = nil
  ) -> LessonRun {
    let blocks = blocks(request)
    guard let observe else {
      return run(request, found: blocks.concurrentMap { parts($0, request) })
    }
    let found = blocks.map { block in
      let parts = parts(block, request)
      parts.forEach(observe)
      return parts
    }
    return run(request, found: found)
  }

  /// The sections that are asked for, with their numbers.
  private func asked(_ request: RunRequest) -> [(Int, Section)] {
    Array(zip(1..., sections).filter { request.sections?.contains($0.1.id) ?? true })
  }

  /// What there is to run, in order.
  func blocks(_ request: RunRequest) -> [Block] { asked(request).flatMap(\.1.blocks) }

  /// The lesson, put together from what each of its blocks has become.
  func run(_ request: RunRequest, found: [[LessonRun.Part]]) -> LessonRun {
    var rest = found[...]
    let runs = asked(request).map { number, section in
      let parts = rest.prefix(section.blocks.count).flatMap(\.self)
      rest = rest.dropFirst(section.blocks.count)
      return LessonRun.SectionRun(section: section, number: number, parts: parts)
    }
    let errata = request.showsPages && !request.isPart ? errata : []
    return LessonRun(
      lesson: self, request: request,
      sections: runs.filter { !$0.parts.isEmpty || !request.isPart },
      errata: errata.map { erratum in
        LessonRun.ErratumRun(erratum: erratum, numbers: Result { try erratum.evaluate() })
      })
  }

  /// What a block becomes: nothing where it was not asked for.
  func parts(_ block: Block, _ request: RunRequest) -> [LessonRun.Part] {
    if case .inquiry(let inquiry) = block { return [run(inquiry, request)].compactMap(\.self) }
    guard request.showsPages, !request.isPart else { return [] }
    return page(
      block,
      RunContext(
        seed: request.plan.seed, width: request.width, models: request.plan.problems))
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
    return .inquiry(
      InquiryRun(
        inquiry: inquiry, mistake: culprit, checks: checks, listing: listings[inquiry.id],
        wrong: culprit.flatMap { listings[$0.name] }))
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

extension Lesson {
  /// What is read here, computed; nothing for what is checked.
  func page(_ block: Block, _ context: RunContext) -> [LessonRun.Part] {
    do {
      switch block {
      case .prose(let text): return [.prose(try numbers.fill(text, context))]
      case .given(let givens): return [.given(try givens(context))]
      case .table(let table): return [.table(try table(context))]
      case .picture(let picture): return [.picture(try picture(context))]
      case .code(let name):
        return [listings[name].map { .code($0) } ?? .failure("there is no listing “\(name)”")]
      case .experiment(let name):
        let found = experiments.first { $0.id == name }
        return [found.map { .experiment($0) } ?? .failure("there is no experiment “\(name)”")]
      case .computed(let blocks): return try blocks(context).flatMap { page($0, context) }
      case .inquiry: return []
      }
    } catch {
      return [.failure("\(error)")]
    }
  }
}
