import JSONText
import LessonKit
import Verification

extension Command {
  /// The claims of the lectures.
  static let claims = Command(
    name: "claims", usage: "claims [A-063...]",
    summary: "what the lectures state, and the checks that establish it",
    details: """
      Lists every claim of the ledger, or shows single ones: the statement, the lectures that \
      make it, its condition, and the lines that check it with their numbers.

      A claim holds, is conditional or is refuted if at least one line checks it and all of them \
      find what the ledger says; otherwise it is not checked yet.
      """,
    options: [.seed, .models, .json]
  ) { (invocation) throws(CommandError) in
    let ledger = try invocation.ledger()
    let claims = try invocation.entries(of: ledger.claims, "claim", id: \.id)
    let reports = ClaimReport.reports(
      claims, lessons: invocation.environment.lessonNames.lessons,
      plan: try SearchPlan(invocation.arguments))
    let rendering = TerminalRendering(invocation.environment.page)
    if invocation.arguments.has(.json) {
      invocation.output.write(JSONRendering.claims(reports).text(.pretty) + "\n")
    } else if invocation.arguments.words.isEmpty {
      invocation.write(rendering.claims(reports))
    } else {
      invocation.write(apart(reports.map { rendering.claim($0, ledger: ledger) }))
    }
    return reports.allSatisfy(\.holds) ? .held : .failed
  }

  /// The errata of the lectures.
  static let errata = Command(
    name: "errata", usage: "errata [E-052...]",
    summary: "what the lectures print that is not quite so, in numbers",
    details: """
      Lists every erratum with the difference that it makes, or shows single ones: what is \
      printed, under what condition it is true or what is the matter, the corrected form, and \
      both evaluated on a tiny model beside an independent route.
      """,
    options: [.json]
  ) { (invocation) throws(CommandError) in
    let ledger = try invocation.ledger()
    let errata = try invocation.entries(of: ledger.errata, "erratum", id: \.id)
    let reports = ErratumReport.reports(errata, lessons: invocation.environment.lessonNames.lessons)
    let rendering = TerminalRendering(invocation.environment.page)
    if invocation.arguments.has(.json) {
      invocation.output.write(JSONRendering.errata(reports).text(.pretty) + "\n")
    } else if invocation.arguments.words.isEmpty {
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

  /// The entries with the ids typed, or all.
  func entries<Entry>(
    of all: [Entry], _ kind: String, id: (Entry) -> String
  ) throws(CommandError) -> [Entry] {
    guard !arguments.words.isEmpty else { return all }
    var found: [Entry] = []
    for word in arguments.words {
      guard let entry = all.first(where: { id($0) == word.uppercased() }) else {
        throw unknown(
          word, kind, among: all.map(id), listedBy: kind == "claim" ? "claims" : "errata")
      }
      found.append(entry)
    }
    return found
  }
}

/// Pages with a blank line between them.
private func apart(_ pages: [[String]]) -> [String] { Array(pages.joined(separator: [""])) }
