import Curriculum
import JSONText
import Testing

@testable import LessonKit
@testable import LessonRunner

@Suite("Reading on a screen")
struct SessionTests {
  @Test("A section a page, remembered after leaving, marked in the table of contents")
  func resumes() {
    let files = MemoryFiles()
    let screen = ScriptedScreen("nnq")
    let answer = perform("read", "05", on: screen, files: files)
    #expect(answer.status == .held && answer.output == "" && !screen.isOpen)
    #expect(screen.frames.count == 3)
    #expect(screen.frames[0].joined().contains("A quarter is half of a half."))
    #expect(screen.last.contains("Line 1."))
    #expect(screen.last.contains("section 3 of 4"))
    let again = ScriptedScreen("q")
    _ = perform("read", on: again, files: files)
    #expect(again.last.contains("section 3 of 4"))
    let alone = ScriptedScreen("q")
    _ = perform(on: alone, files: files)
    #expect(alone.last.contains("section 3 of 4"))
    let contents = perform("toc", "05", on: nil, files: files).lines
    #expect(contents.count { $0.hasPrefix("✓") } == 3)
    let welcome = call(columns: 80, variables: ["NO_COLOR": "1"], course: ReaderFixture.course)
    #expect(welcome.output.contains("begin: lessons read 05"))
    #expect(perform(on: nil, files: files).output.contains("05-quarters, section 3 of 4: A long"))
  }

  @Test(
    "Every frame fills the screen and nothing is wider than it",
    arguments: [(40, 10), (80, 24), (120, 50), (30, 8)])
  func frames(columns: Int, rows: Int) {
    let screen = ScriptedScreen(
      "  m w?bjjk" + "qqn  ntq" + "nnn sgq", columns: columns, rows: rows)
    _ = perform("read", "05", "--steps", on: screen, columns: columns)
    #expect(screen.frames.count > 10)
    for frame in screen.frames {
      #expect(frame.count == rows)
      for line in frame { #expect(line.count <= max(40, columns), "\(line)") }
    }
  }

  @Test("Steps of a chain appear one by one, and all of them are the section")
  func steps() {
    let screen = ScriptedScreen("   q", rows: 40)
    _ = perform("read", "05/chain", "--steps", on: screen)
    let frames = screen.frames.map { $0.joined(separator: "\n") }
    #expect(frames[0].contains("two halves") && !frames[0].contains("four quarters"))
    #expect(frames[1].contains("four quarters") && !frames[1].contains("eight eighths"))
    #expect(frames[2].contains("eight eighths"))
    let whole = perform("read", "05/chain", on: nil, columns: nil).output
    for line in whole.split(separator: "\n") { #expect(frames[3].contains(line), "\(line)") }
  }

  @Test("Mistakes, reasons and words stand in front of the page")
  func notes() {
    func seen(_ keys: [Key]) -> String {
      let screen = ScriptedScreen(keys, rows: 60)
      _ = perform("read", "05/chain", on: screen)
      return screen.last
    }
    #expect(seen([.character("m")]).contains("divides by three"))
    #expect(seen([.character("w")]).contains("x / 4"))
    #expect(seen([.character("?")]).contains("the next section"))
    let word: [Key] = [.character("g")] + "gap".map { .character($0) } + [.enter]
    #expect(seen(word).contains("logEvidence − elbo"))
    #expect(seen([.character("n"), .character("w")]).contains("nothing that is checked"))
  }

  @Test("Trying again in a section opens the next experiment, and the first one after the last")
  func triesInTurn() throws {
    let lesson = try #require(Course.real.lessons.first { $0.id == "04-nvil" })
    let last = try #require(lesson.sections.last?.id)
    let titles = lesson.experiments.map(\.title)
    try #require(titles.count > 1)
    let rounds = titles.count + 1
    let screen = ScriptedScreen(String(repeating: "tq", count: rounds), rows: 60)
    _ = perform("read", "04/\(last)", on: screen, course: .real)
    let opened = screen.frames.compactMap { frame in
      titles.first { frame.first?.contains($0) == true }
    }
    #expect(opened == titles + titles.prefix(1))
  }

  @Test("Without a terminal the section is printed, the first one if none is named")
  func printed() {
    let first = perform("read", "05", on: nil, columns: nil)
    #expect(first.output.contains("A quarter is half of a half."))
    #expect(!first.output.contains("Line 1."))
    #expect(perform("read", "05/1", on: nil, columns: nil).output == first.output)
    #expect(perform("read", "05/lo", on: nil, columns: nil).output.contains("Line 60."))
    #expect(perform("read", "05/quarter", on: nil, columns: nil).output.contains("Step by step"))
    #expect(perform("read", "05/4", on: nil, columns: nil).output.contains("Try yourself"))
    let none = perform("read", "05/9", on: nil, columns: nil)
    #expect(none.complaints.hasPrefix("lessons: '9': unknown section; there are hook, chain"))
  }

  @Test("Every section of every lesson is printed, and its pieces are its lines")
  func real() throws {
    for lesson in Catalogue.lessons {
      var pages = LessonPages(lesson)
      let style = TerminalStyle(width: 80)
      for index in pages.ids.indices {
        let page = pages.page(index, style)
        #expect(page.lines(.max).count > 1, "\(lesson.id) \(pages.ids[index])")
        for line in page.lines(.max) { #expect(Fitting.width(of: line) <= 80, "\(line)") }
      }
    }
  }
}

@Suite("Why, quiz, try")
struct ReaderCommandTests {
  @Test("Why shows the model, both sides, the code, the tolerance, mistakes and claims")
  func why() {
    let answer = perform("why", "05/quarter/2", on: nil, columns: nil)
    #expect(answer.status == .held)
    for words in [
      "2 h(x) = 4 q(x)", "because four quarters", "Both sides on this model", "Quarter.swift",
      "Tolerance", "1 of 1 mistakes", "a-third: divides by three",
    ] {
      #expect(answer.output.contains(words), "\(words)")
    }
    let first = perform("why", "05/quarter/first", on: nil, columns: nil).output
    #expect(first.contains("A-001"))
    #expect(perform("why", "05/quarter", on: nil).output.contains("eight eighths"))
    #expect(
      perform("why", "05/quarter/9", on: nil).complaints
        == "lessons: '05/quarter/9': 05-quarters/quarter has the lines 1 to 3\n")
    #expect(perform("why", on: nil).complaints.contains("\nUsage: lessons why LESSON/EXERCISE"))
    #expect(perform("why", "05", on: nil).status == .unusable)
  }

  @Test("Questions, then answers; on a screen one at a time")
  func quiz() {
    #expect(
      perform("quiz", "05", on: nil, columns: nil).output == """
        ── Questions ─────────────────────────────────────────────────────── 05-quarters
        1. What is a quarter of 8?
        2. And of 4?

        ── Answers ─────────────────────────────────────────────────────────────────────
        1. 2: half of it is 4.
        2. 1.

        """)
    let screen = ScriptedScreen([.enter, .enter, .enter, .enter])
    #expect(perform("quiz", "05", on: screen).status == .held)
    let shown = screen.frames.map { $0.joined(separator: "\n") }
    #expect(shown.count == 4)
    #expect(!shown[0].contains("half of it is 4") && shown[1].contains("half of it is 4"))
    #expect(shown[2].contains("And of 4?") && !shown[2].contains(" 1."))
    #expect(perform("quiz", "06", on: nil).complaints.contains("no questions yet"))
  }

  @Test("What the arrow keys reach is what --set prints")
  func experiment() {
    let screen = ScriptedScreen([.up, .up, .right, .up, .right, .right, .up])
    #expect(perform("try", "05", on: screen).status == .held)
    let typed = perform("try", "05/quarter", "--set", "x=6 q=.75,.25 how=up", on: nil)
    let numbers = typed.lines.filter { $0.contains("exact") }
    #expect(numbers.count == 2)
    for line in numbers { #expect(screen.last.contains(line), "\(line)") }
    #expect(screen.last.contains("Upwards.") && typed.output.contains("Upwards."))
    let marked = ScriptedScreen([.character("1")])
    _ = perform("try", "05", on: marked)
    let whole = perform("try", "05", "--mark", "who", on: nil)
    #expect(whole.output.contains("quarter  2"))
    #expect(marked.last.contains("quarter  2"))
  }

  @Test("As JSON, and what cannot be set")
  func settings() throws {
    let json = try JSON(parsing: perform("try", "05", "--json", "--set", "x=2", on: nil).output)
    #expect(json["settings"] == ["x": [2], "q": [0.5, 0.5], "how": [0]])
    guard case .array(let readings)? = json["readings"] else { throw JSONMissing() }
    #expect(readings[0] == ["name": "quarter", "value": 0.5, "kind": "exact"])
    for (value, words) in [
      ("x=9", "x is one number from 0 to 8"), ("y=1", "nothing here is called"),
      ("x", "expected NAME=VALUES"), ("q=.5,.6", "add up to one"), ("x=a", "expected a number"),
      ("how=sideways", "expected a number"),
    ] {
      let answer = perform("try", "05", "--set", value, on: nil)
      #expect(answer.status == .unusable && answer.output == "")
      #expect(answer.complaints.contains(words), "\(answer.complaints)")
    }
    #expect(perform("try", "06", on: nil).complaints.contains("nothing to move yet"))
    #expect(
      perform("try", "05/x", on: nil).complaints.contains("unknown experiment of 05-quarters"))
  }

  @Test("Keys keep an experiment within its ends, and bring it back")
  func trial() {
    var trial = Trial(ReaderFixture.experiment)
    for _ in 0..<20 { _ = trial.press(.up, lines: 10, room: 5) }
    #expect(trial.settings["x"] == 8)
    for key in [Key.left, .left, .left, .left] { _ = trial.press(key, lines: 10, room: 5) }
    #expect(trial.control == 0)
    _ = trial.press(.character("r"), lines: 10, room: 5)
    #expect(trial.settings["x"] == 4)
    _ = trial.press(.character("9"), lines: 10, room: 5)
    #expect(trial.settings["x"] == 4)
    let stays = trial.press(.escape, lines: 10, room: 5)
    #expect(!stays)
  }
}
