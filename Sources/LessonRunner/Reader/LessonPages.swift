import LessonKit
import Verification

/// The pages of a lesson: its sections, and what stands behind them.
struct LessonPages {
  let lesson: Lesson
  private var run: [Int: LessonRun] = [:]

  /// The name of the page behind the sections.
  static let end = "afterwards"

  init(_ lesson: Lesson) { self.lesson = lesson }

  /// The names of the pages.
  var ids: [String] { lesson.sections.map(\.id) + [LessonPages.end] }

  /// The titles of the pages.
  var titles: [String] { lesson.sections.map(\.title) + ["Try yourself, and read on"] }

  /// The section of a page; nil behind the last one.
  func section(_ index: Int) -> Section? {
    index < lesson.sections.count ? lesson.sections[index] : nil
  }

  /// The derivations and exercises of a page.
  func inquiries(_ index: Int) -> [any Inquiry] {
    (section(index)?.blocks ?? []).compactMap { block in
      guard case .inquiry(let inquiry) = block else { return nil }
      return inquiry
    }
  }

  /// The experiments that a page invites to, or all of the lesson where it has none.
  func experiments(_ index: Int) -> [Experiment] {
    let names = (section(index)?.blocks ?? []).compactMap { block -> String? in
      guard case .experiment(let name) = block else { return nil }
      return name
    }
    return names.isEmpty ? lesson.experiments : lesson.experiments.filter { names.contains($0.id) }
  }

  /// A page, evaluated when it is looked at for the first time.
  mutating func page(_ index: Int, _ style: TerminalStyle) -> ReaderPage {
    let rendering = TerminalRendering(style)
    let run = self.run(index, width: style.width)
    guard section(index) != nil, let section = run.sections.first else {
      return ReaderPage([Fitting.folded(rendering.end(run), width: style.width)])
    }
    let pieces = rendering.pieces(section, run)
    return ReaderPage(index == 0 ? [rendering.opening(lesson)] + pieces : pieces)
  }

  /// The section of a page, run; all checks of the lesson for none of them behind the last one.
  private mutating func run(_ index: Int, width: Int) -> LessonRun {
    if let known = run[index], known.request.width == width { return known }
    var request = RunRequest(plan: SearchPlan(problems: LessonPages.problems), width: width)
    request.sections = section(index).map { [$0.id] } ?? []
    let fresh = lesson.run(request)
    run[index] = fresh
    return fresh
  }

  /// As many models as `run` takes, so that both say the same.
  private static let problems = 200
}
