import LessonKit

extension Command {
  /// Quick questions.
  static let quiz = Command(
    name: "quiz", usage: "quiz LESSON",
    summary: "quick questions on a lesson, and their answers",
    details: """
      Asks the questions of a lesson; what the page says is enough to answer them. On a terminal the \
      answer appears when you press enter; elsewhere all questions are printed, then all answers.

          lessons quiz 00
      """,
    options: []
  ) { (invocation) throws(CommandError) in
    try invocation.requireWords(atMost: 1)
    let environment = invocation.environment
    let lesson = try environment.lessonNames.lesson(
      try invocation.word(0, missing: "which lesson? 00, 04 …"))
    let questions = lesson.practice.questions
    guard !questions.isEmpty else {
      throw CommandError(lesson.id, "this lesson has no questions yet")
    }
    if let screen = environment.screen, screen.open() {
      var session = QuizSession(lesson, environment, screen)
      session.run()
      screen.close()
      return .held
    }
    let style = environment.page
    let rendering = TerminalRendering(style)
    func numbered(_ texts: [String]) -> [String] {
      zip(1..., texts).flatMap { number, text in
        Wrapping.paragraph(text, width: style.measure, first: "\(number). ", rest: "   ")
      }
    }
    invocation.write(
      [rendering.heading("Questions", aside: lesson.id)] + numbered(questions.map(\.text)) + [""]
        + [rendering.heading("Answers")] + numbered(questions.map(\.answer)))
    return .held
  }
}
