import JSONText
import LessonKit

extension Command {
  /// The lessons.
  static let list = Command(
    name: "list", usage: "list", summary: "the lessons, and what each has",
    details:
      "Lists the lessons with their titles, and how many exercises, checks and mistakes each has.",
    options: [.json]
  ) { (invocation) throws(CommandError) in
    try invocation.requireWords(atMost: 0)
    let lessons = invocation.environment.lessonNames.lessons
    if invocation.arguments.has(.json) {
      invocation.output.write(JSONRendering.list(lessons).text(.pretty) + "\n")
    } else {
      invocation.write(TerminalRendering(invocation.environment.page).list(lessons))
    }
    return .held
  }
}
