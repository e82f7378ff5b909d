import Curriculum
import Probability
import Synchronization
import Testing
import Verification

@testable import LessonKit
@testable import LessonRunner

/// A lesson with everything that a reader meets, and machines that only write down what happened.
enum ReaderFixture {
  static let course = Course(
    lessons: [
      lesson,
      Lesson(
        id: "06-more", title: "More", summary: "", frame: Frame(needs: [], gives: [], minutes: 1),
        sections: [Section("only", "Only", .prose("Nothing yet."))],
        practice: Practice(questions: [], suggestions: [], homework: "")),
    ], claims: ClaimsText.json, errata: ErrataText.json, glossary: GlossaryText.markdown,
    bibliography: BibliographyText.markdown)

  static let lesson = Lesson(
    id: "05-quarters", title: "Quarters", summary: "what a quarter is",
    frame: Frame(needs: ["halves"], gives: ["quarter a number"], minutes: 3),
    sections: [
      Section(
        "hook", "A surprise", introduces: [Symbol("q(x)", "a quarter of x")],
        .prose("A quarter is half of a half."), .experiment("quarter")),
      Section("chain", "Step by step", .prose("One after the other."), .exercise(exercise)),
      Section(
        "long", "A long one", .prose((1...60).map { "Line \($0)." }.joined(separator: "\n\n"))),
    ],
    practice: Practice(
      questions: [
        .init("What is a quarter of 8?", answer: "2: half of it is 4."),
        .init("And of 4?", answer: "1."),
      ],
      suggestions: [], homework: "quarter"),
    experiments: [experiment],
    listings: ["quarter": Listing(file: "Quarter.swift", text: "x / 4")])

  static let experiment = Experiment(
    id: "quarter", title: "Quartering", prompt: "Move x.", givens: [Given("y", 4)],
    controls: [
      .init("x", "x", from: 0, to: 8, by: 1, at: 4),
      .init("q", "q(z)", states: ["a", "b"], by: 0.25, at: [0.5, 0.5]),
      .init("how", "how", of: ["down", "up"]),
    ],
    marks: [("whole", ["x": [8]])]
  ) { settings in
    .init(
      [("quarter", ExactValue(settings["x"] / 4)), ("q(a)", ExactValue(settings.list("q")[0]))],
      [.table { _ in Table(title: "Quarters", columns: ["of", "is"], rows: [["1", "0.25"]]) }],
      remark: settings.choice("how") == 1 ? "Upwards." : "")
  }

  struct Quarter: Sendable { var of: @Sendable (Double) -> Double }

  static let exercise = Exercise<Quarter, Double>(
    id: "quarter", title: "A quarter of it", task: "Write `quarter`.", hints: ["a", "b", "c"],
    example: 3, draw: { Double(try $0.integer(3...9)) },
    checks: [
      Check("first", "x = 2 h(x)", because: "two halves", claims: ["A-001"], as: .step) {
        .equal($1, 4 * $0.of($1))
      },
      Check("second", "2 h(x) = 4 q(x)", because: "four quarters", as: .step) {
        .equal(4 * $0.of($1), $1)
      },
      Check("third", "4 q(x) = 8 e(x)", because: "eight eighths", as: .step) {
        .equal([$1, $1], [$1, $1 + 0 * $0.of($1)])
      },
    ],
    answer: Quarter { $0 / 4 },
    mistakes: [Mistake("a-third", "divides by three", source: "E-001", \.of) { $0 / 3 }])
}

/// Files in memory that keep what is written.
final class MemoryFiles: FileAccess {
  private let files: Mutex<[String: String]>
  /// Whether nothing may be written.
  private let isReadOnly: Bool

  init(_ files: [String: String] = [:], isReadOnly: Bool = false) {
    self.files = Mutex(files)
    self.isReadOnly = isReadOnly
  }

  subscript(path: String) -> String? { files.withLock { $0[path] } }

  func read(_ path: String, limit: Int) throws(CommandError) -> [UInt8] {
    guard let text = self[path] else { throw CommandError(path, "no such file") }
    return Array(text.utf8)
  }
  func exists(_ path: String) -> Bool { self[path] != nil }
  var currentFolder: String { "/" }
  func entries(of folder: String) -> [String]? { nil }
  func makeFolder(_ path: String) throws(CommandError) {
    if isReadOnly { throw CommandError(path, "this folder cannot be made") }
  }
  func write(_ text: String, to path: String) throws(CommandError) {
    if isReadOnly { throw CommandError(path, "cannot be written") }
    files.withLock { $0[path] = text }
  }
}

/// A screen on which keys are pressed that were written down before; nobody types after them.
final class ScriptedScreen: Screen {
  let size: ScreenSize
  private let state: Mutex<(keys: [Key], frames: [[String]], isOpen: Bool)>

  init(_ keys: [Key], columns: Int = 80, rows: Int = 24) {
    size = ScreenSize(columns: columns, rows: rows)
    state = Mutex((keys, [], false))
  }

  /// Keys that are letters.
  convenience init(_ letters: String, columns: Int = 80, rows: Int = 24) {
    self.init(letters.map { .character($0) }, columns: columns, rows: rows)
  }

  var frames: [[String]] { state.withLock { $0.frames } }
  var last: String { (frames.last ?? []).joined(separator: "\n") }
  var isOpen: Bool { state.withLock { $0.isOpen } }

  func open() -> Bool {
    state.withLock { $0.isOpen = true }
    return true
  }
  func close() { state.withLock { $0.isOpen = false } }
  func show(_ lines: [String]) { state.withLock { $0.frames.append(lines) } }
  func key() -> Key {
    state.withLock { $0.keys.isEmpty ? .gone : $0.keys.removeFirst() }
  }
}

/// Runs a command of the reader on a screen.
func perform(
  _ words: String..., on screen: ScriptedScreen?, files: any FileAccess = Files(contents: [:]),
  columns: Int? = 80, course: Course = ReaderFixture.course
) -> Answer {
  perform(words, on: screen, files: files, columns: columns, course: course)
}

/// The same for words in a list.
func perform(
  _ words: [String], on screen: ScriptedScreen?, files: any FileAccess = Files(contents: [:]),
  columns: Int? = 80, course: Course = ReaderFixture.course
) -> Answer {
  var collected = Collected()
  var environment = CommandEnvironment(
    columns: columns, variables: ["NO_COLOR": "1", "XDG_STATE_HOME": "/state"], course: course,
    files: files)
  environment.screen = screen
  let status = run(arguments: words, environment: environment, output: &collected)
  return Answer(
    status: status, output: collected.output, complaints: collected.complaints,
    pager: collected.pager)
}
