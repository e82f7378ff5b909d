import JSONText
import LessonKit
import Probability

/// What somebody's homework is worth; every format is made of this.
struct HomeworkResult: Sendable {
  /// The name of the folder.
  let name: String
  let title: String
  let items: [HomeworkItemResult]

  var points: Double { items.reduce(0) { $0 + $1.points } }
  var outOf: Double { items.reduce(0) { $0 + $1.outOf } }
  var isAllRight: Bool { items.allSatisfy(\.isRight) }

  /// "2", "1.5": points are printed without digits that say nothing.
  static func points(_ value: Double) -> String { Format.short(value, digits: 4) }
}

/// What one exercise is worth.
struct HomeworkItemResult: Sendable {
  /// One function of it.
  struct Part: Sendable {
    let name: String
    let isRight: Bool
    let isWritten: Bool
    let points: Double
    let outOf: Double
    /// The verdict, the first line a sentence.
    let lines: [String]
    /// The mistakes that it behaves like, by name.
    let mistakes: [String]
  }

  let id: String
  let title: String
  let outOf: Double
  let parts: [Part]
  /// What is worth knowing once it is right.
  var debrief = ""
  /// The end of what the program wrote to standard error.
  var complaints = ""
  /// What held it back.
  var cages: [String] = []
  /// Whether this was found earlier, for the same files.
  var isRemembered = false

  var points: Double { parts.reduce(0) { $0 + $1.points } }
  var isRight: Bool { parts.allSatisfy(\.isRight) }
  var isWritten: Bool { parts.contains(where: \.isWritten) }
  /// Whether it ran, and said that nothing is written.
  var isStub: Bool { !isWritten && !cages.isEmpty }
}

extension HomeworkItemResult {
  /// The result of an exercise whose functions were judged.
  init(
    _ item: HomeworkItem, _ reports: [HandinPartReport], complaints: String, cages: [String]
  ) {
    let share = item.points / Double(max(1, reports.count))
    self.init(
      id: item.id, title: item.title, outOf: item.points,
      parts: reports.map { report in
        Part(
          name: report.part.name, isRight: report.isRight, isWritten: report.isWritten,
          points: share * report.share, outOf: share, lines: HandinText(report).lines,
          mistakes: report.mistakes.map(\.name))
      }, debrief: item.debrief, complaints: complaints, cages: cages)
  }

  /// An exercise that could not be judged: one line for all of its functions.
  init(_ item: HomeworkItem, refused reason: String, isWritten: Bool = true) {
    let share = item.points / Double(max(1, item.parts.count))
    self.init(
      id: item.id, title: item.title, outOf: item.points,
      parts: item.parts.map {
        Part(
          name: $0.name, isRight: false, isWritten: isWritten, points: 0, outOf: share,
          lines: [reason], mistakes: [])
      })
  }
}

extension HandinPartReport {
  /// Whether there is something to judge.
  var isWritten: Bool {
    if case .unwritten = verdict { return false }
    return true
  }
}
