import LessonKit
import Verification

extension Command {
  /// All that is behind a line.
  static let why = Command(
    name: "why", usage: "why LESSON/EXERCISE[/CHECK]",
    summary: "everything behind a line: model, numbers, code, tolerance, claims",
    details: """
      Shows what stands behind a check: its model, both sides number by number, the reason, the code \
      that is judged, how near the sides have to be and how near they were, the mistakes that it \
      catches, and the words of the lectures that it establishes. Without a check, all checks of \
      the exercise; a check answers to its number too.

          lessons why 00/bound/below
          lessons why 04/leave-one-out/1
      """,
    options: [.seed, .models], isPaged: true
  ) { (invocation) throws(CommandError) in
    let words = invocation.arguments.words
    guard !words.isEmpty else {
      throw CommandError("why", "which line? as in 00/bound/1").with(
        usage: invocation.command.usage)
    }
    let environment = invocation.environment
    let path = try LessonPath(numbered(words, environment.lessonNames), environment.lessonNames)
    guard case .inquiry(let name)? = try path.resolvedPart() else {
      throw CommandError(
        words.joined(separator: " "),
        "which line of it? lessons list \(path.lessons.first?.id ?? "LESSON") lists them"
      ).with(usage: invocation.command.usage)
    }
    var request = RunRequest(plan: try SearchPlan(invocation.arguments), showsPages: false)
    request.only = name
    request.judgesMistakes = true
    let ledger = try invocation.ledger()
    let rendering = TerminalRendering(environment.page)
    var pages: [[String]] = []
    var holds = true
    for lesson in path.lessons where !lesson.inquiries(named: name).isEmpty {
      let run = lesson.run(request)
      holds = holds && run.holds
      for inquiry in run.inquiries {
        pages += inquiry.checks.map { rendering.why($0, of: inquiry, ledger: ledger) }
      }
    }
    invocation.write(apart(pages))
    return holds ? .held : .failed
  }
}

/// The words with a number at the end of a path replaced by the check that it counts.
private func numbered(_ words: [String], _ names: LessonNames) throws(CommandError) -> [String] {
  guard words.count == 1 else { return words }
  let pieces = words[0].split(separator: "/").map(String.init)
  guard pieces.count == 3, let number = Int(pieces[2]) else { return words }
  let lesson = try names.lesson(pieces[0])
  guard case .one(let name) = Meaning(of: pieces[1], among: lesson.inquiries.map(\.id)),
    let inquiry = lesson.inquiries.first(where: { $0.id == name })
  else { return words }
  guard 1...max(1, inquiry.checks.count) ~= number, !inquiry.checks.isEmpty else {
    throw CommandError(
      quoted(words[0]), "\(lesson.id)/\(inquiry.id) has the lines 1 to \(inquiry.checks.count)")
  }
  return ["\(lesson.id)/\(inquiry.id)/\(inquiry.checks[number - 1].id)"]
}
