import LessonKit

/// Questions in somebody's hands: which one is asked, and whether its answer is shown.
struct Quiz: Equatable {
  let count: Int
  private(set) var question = 0
  private(set) var showsAnswer = false

  init(count: Int) { self.count = count }

  /// Does what a key says; false to leave.
  mutating func press(_ key: Key) -> Bool {
    switch key {
    case .gone, .escape, .character("q"): return false
    case .enter, .character(" "), .right, .character("n"):
      if !showsAnswer {
        showsAnswer = true
      } else if question + 1 < count {
        (question, showsAnswer) = (question + 1, false)
      } else {
        return false
      }
    case .character("b"), .left, .character("p"), .backspace:
      if showsAnswer {
        showsAnswer = false
      } else if question > 0 {
        (question, showsAnswer) = (question - 1, true)
      }
    default: break
    }
    return true
  }
}

/// Asking on a screen.
struct QuizSession {
  private let lesson: Lesson
  private let environment: CommandEnvironment
  private let screen: any Screen
  private var quiz: Quiz

  init(_ lesson: Lesson, _ environment: CommandEnvironment, _ screen: any Screen) {
    self.lesson = lesson
    self.environment = environment
    self.screen = screen
    quiz = Quiz(count: lesson.practice.questions.count)
  }

  /// Asks until nothing is left, or somebody leaves; the screen is open.
  mutating func run() {
    repeat {
      let size = screen.size
      let style = TerminalStyle(width: size.columns, isColoured: environment.isColoured)
      screen.show(frame(style, rows: size.rows))
    } while quiz.press(screen.key())
  }

  private func frame(_ style: TerminalStyle, rows: Int) -> [String] {
    let question = lesson.practice.questions[quiz.question]
    var lines =
      [""] + Wrapping.paragraph(question.text, width: style.measure, first: " ", rest: " ")
    if quiz.showsAnswer {
      lines +=
        [""] + Wrapping.paragraph(question.answer, width: style.measure, first: " ", rest: " ")
    }
    return TerminalRendering(style).screen(
      head: "\(lesson.title)", aside: "question \(quiz.question + 1) of \(quiz.count)",
      lines: lines, top: 0, rows: rows,
      keys: [
        ("enter", quiz.showsAnswer ? "next question" : "the answer"), ("b", "back"), ("q", "leave"),
      ])
  }
}
