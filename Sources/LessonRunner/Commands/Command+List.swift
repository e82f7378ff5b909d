import JSONText
import LessonKit

extension Command {
  /// The lessons.
  static let list = Command(
    name: "list", usage: "list [LESSON[/EXERCISE]...]",
    summary: "the lessons, and what each has",
    details: """
      Lists the lessons with their titles, and how many exercises, checks and mistakes each has; \
      or the exercises and derivations of a lesson; or the checks and mistakes of one of them.

          lessons list 04
          lessons list 04/leave-one-out
      """,
    options: [.json], isPaged: true
  ) { (invocation) throws(CommandError) in
    let names = invocation.environment.lessonNames
    let path = try LessonPath(invocation.arguments.words, names)
    let part = try path.resolvedPart()
    let rendering = TerminalRendering(invocation.environment.page)
    if invocation.arguments.has(.json) {
      let lessons = path.lessons.isEmpty ? names.lessons : path.lessons
      invocation.output.write(JSONRendering.list(lessons).text(.pretty) + "\n")
    } else if let part {
      let inquiries = path.lessons.flatMap { $0.inquiries(of: part) }
      invocation.write(apart(inquiries.map { rendering.contents($0) }))
    } else if path.lessons.isEmpty {
      invocation.write(rendering.list(names.lessons))
    } else {
      invocation.write(apart(path.lessons.map { rendering.contents($0) }))
    }
    return .held
  }
}

extension Lesson {
  /// The exercises and derivations that a part belongs to.
  func inquiries(of part: LessonPart) -> [any Inquiry] {
    switch part {
    case .inquiry(let name): inquiries(named: name)
    case .mistake(let name): inquiries.filter { $0.mistakes.contains { $0.name == name } }
    }
  }
}
