import JSONText
import LessonKit
import Verification

extension Command {
  /// The claims of the lectures.
  static let claims = Command(
    name: "claims", usage: "claims [A-063 | LESSON...]",
    summary: "what the lectures state, and the checks that establish it",
    details: """
      Lists every claim of the ledger or of a lesson, or shows single ones: the statement, the \
      lectures that make it, its condition, and the lines that check it with their numbers. A \
      claim answers to its number too; a number with two digits and a zero in front is a lesson.

          lessons claims 63 a64
          lessons claims 04

      A claim holds, is conditional or is refuted if at least one line checks it and all of them \
      find what the ledger says; otherwise it is not checked yet.
      """,
    options: [.seed, .models, .json], isPaged: true
  ) { (invocation) throws(CommandError) in
    let ledger = try invocation.ledger()
    let (claims, isList) = try LedgerNames(
      entries: ledger.claims, kind: "claim", list: "claims", id: \.id, lesson: \.lesson
    ).find(invocation.arguments.words)
    let reports = ClaimReport.reports(
      claims, lessons: invocation.environment.lessonNames.lessons,
      plan: try SearchPlan(invocation.arguments))
    let rendering = TerminalRendering(invocation.environment.page)
    if invocation.arguments.has(.json) {
      invocation.output.write(JSONRendering.claims(reports).text(.pretty) + "\n")
    } else if isList {
      invocation.write(rendering.claims(reports))
    } else {
      invocation.write(apart(reports.map { rendering.claim($0, ledger: ledger) }))
    }
    return reports.allSatisfy(\.holds) ? .held : .failed
  }

  /// The errata of the lectures.
  static let errata = Command(
    name: "errata", usage: "errata [E-052 | LESSON...]",
    summary: "what the lectures print that is not quite so, in numbers",
    details: """
      Lists every erratum, or those of a lesson, with the difference that it makes, or shows \
      single ones: what is printed, under what condition it is true or what is the matter, the \
      corrected form, and both evaluated on a tiny model beside an independent route.

          lessons errata 52 e50
          lessons errata 04
      """,
    options: [.json], isPaged: true
  ) { (invocation) throws(CommandError) in
    let ledger = try invocation.ledger()
    let (errata, isList) = try LedgerNames(
      entries: ledger.errata, kind: "erratum", list: "errata", id: \.id, lesson: \.lesson
    ).find(invocation.arguments.words)
    let reports = ErratumReport.reports(errata, lessons: invocation.environment.lessonNames.lessons)
    let rendering = TerminalRendering(invocation.environment.page)
    if invocation.arguments.has(.json) {
      invocation.output.write(JSONRendering.errata(reports).text(.pretty) + "\n")
    } else if isList {
      invocation.write(rendering.errata(reports))
    } else {
      invocation.write(apart(reports.map { rendering.erratum($0, ledger: ledger) }))
    }
    return reports.allSatisfy(\.holds) ? .held : .failed
  }
}

extension Course {
  /// What the lectures state.
  func ledger() throws(CommandError) -> Ledger {
    do {
      return try Ledger(claims: claims, errata: errata)
    } catch {
      throw CommandError("ledger", error.description)
    }
  }
}

extension Invocation {
  /// The ledger of the course.
  func ledger() throws(CommandError) -> Ledger { try environment.course.ledger() }
}

/// Pages with a blank line between them.
func apart(_ pages: [[String]]) -> [String] { Array(pages.joined(separator: [""])) }
