import Curriculum
import Probability
import Verification

@testable import LessonKit
@testable import LessonRunner

/// A course of two tiny lessons, and the command run on it without a machine.
enum Fixture {
  static let course = Course(
    lessons: [
      lesson("03-halves", mistakes: [("minus-one", { $0 - 1 }), ("shared", { _ in 0 })]),
      lesson("04-whole-halves", mistakes: [("shared", { _ in 0 })]),
    ], claims: ClaimsText.json, errata: ErrataText.json)

  struct Half: Sendable { var of: @Sendable (Double) -> Double }

  private static func lesson(
    _ id: String, mistakes: [(String, @Sendable (Double) -> Double)]
  ) -> Lesson {
    let exercise = Exercise<Half, Double>(
      id: "half", title: "Half of it", task: "Write `half`.", hints: ["a", "b", "c"], example: 3,
      draw: { cases in Double(try cases.integer(3...9)) },
      checks: [
        Check("twice", "2 h(x) = x", because: "two halves make a whole", claims: ["A-001"]) {
          .equal(2 * $0.of($1), $1)
        },
        Check("of-two", "h(2) = 1", because: "counted on fingers") { half, _ in
          .equal(half.of(2), 1.0)
        },
      ],
      answer: Half { $0 / 2 },
      mistakes: mistakes.map { Mistake($0.0, "is wrong", \.of, $0.1) })
    return Lesson(
      id: id, title: "Halves", summary: "what half is",
      frame: Frame(needs: [], gives: [], minutes: 1),
      sections: [Section("half", "Half", .prose("Half is not whole."), .exercise(exercise))],
      practice: Practice(questions: [], suggestions: [], homework: "half"))
  }
}

extension Course {
  /// The course that the command is built with.
  static let real = Course(
    lessons: Catalogue.lessons, claims: ClaimsText.json, errata: ErrataText.json,
    glossary: GlossaryText.markdown, bibliography: BibliographyText.markdown,
    lessonOfEstimators: Catalogue.lessonOfEstimators,
    estimatorMistakes: Catalogue.estimatorMistakes)
}

/// Output that stays in memory.
struct Collected: CommandOutput, Equatable {
  var output = ""
  var complaints = ""
  var pager: String?
  mutating func write(_ text: String) { output += text }
  mutating func complain(_ text: String) { complaints += text }
  mutating func page(through command: String) { pager = command }
}

/// Files in memory.
struct Files: FileAccess {
  let contents: [String: String]
  func read(_ path: String, limit: Int) throws(CommandError) -> [UInt8] {
    guard let text = contents[path] else { throw CommandError(path, "no such file") }
    return Array(text.utf8)
  }
  func exists(_ path: String) -> Bool { contents[path] != nil }
  var currentFolder: String { "/" }
  func entries(of folder: String) -> [String]? { nil }
  func makeFolder(_ path: String) throws(CommandError) {}
  func write(_ text: String, to path: String) throws(CommandError) {}
}

/// What a call answers.
struct Answer {
  let status: ExitStatus
  let output: String
  let complaints: String
  var pager: String?
  var lines: [Substring] { output.split(separator: "\n", omittingEmptySubsequences: false) }
}

/// Runs the command on the fixture course.
func call(
  _ arguments: String..., columns: Int? = nil, variables: [String: String] = [:],
  course: Course = Fixture.course
) -> Answer {
  var collected = Collected()
  let environment = CommandEnvironment(
    columns: columns, variables: variables, course: course, files: Files(contents: [:]))
  let status = run(arguments: arguments, environment: environment, output: &collected)
  return Answer(
    status: status, output: collected.output, complaints: collected.complaints,
    pager: collected.pager)
}

/// Runs a command on a file of this text.
func call(
  _ command: String, on text: String, _ options: [String], course: Course = Fixture.course,
  show: (@Sendable (String) -> Void)? = nil
) -> (status: ExitStatus, written: Collected) {
  var written = Collected()
  let status = run(
    arguments: [command, "model.json"] + options,
    environment: CommandEnvironment(
      columns: nil, variables: [:], course: course, files: Files(contents: ["model.json": text]),
      showProgress: show),
    output: &written)
  return (status, written)
}
