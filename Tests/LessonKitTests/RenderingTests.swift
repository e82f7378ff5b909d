import JSONText
import LessonKit
import Probability
import Testing
import Verification

@Suite("Lessons on the page")
struct RenderingTests {
  static func page(_ request: RunRequest, width: Int = 80, isColoured: Bool = false) -> [String] {
    TerminalRendering(TerminalStyle(width: width, isColoured: isColoured))
      .lines(Fixture.lesson.run(request))
  }

  @Test("The whole page of a small lesson")
  func golden() {
    #expect(Self.page(RunRequest()).joined(separator: "\n") == Golden.page)
  }

  @Test("The page of a mistake: what refuses it in numbers, what it passes")
  func mistake() {
    #expect(
      Self.page(RunRequest(mistake: "minus-one")).joined(separator: "\n") == Golden.mistake)
  }

  @Test("No line is wider than the page, at any width")
  func widths() {
    for width in [60, 72, 80, 100] {
      for request in [RunRequest(), RunRequest(mistake: "square-root"), RunRequest(only: "less")] {
        for line in Self.page(request, width: width) {
          #expect(line.count <= width, "\(line)")
          #expect(line.last != " ", "\(line)")
        }
      }
    }
  }

  @Test("Colours change no letter")
  func colours() {
    for request in [RunRequest(), RunRequest(mistake: "always-one")] {
      let coloured = Self.page(request, isColoured: true)
      #expect(
        coloured.contains {
          $0.contains("\u{1B}[32m✓\u{1B}[0m") || $0.contains("\u{1B}[31m✗\u{1B}[0m")
        })
      #expect(coloured.map(withoutColours) == Self.page(request))
    }
  }

  @Test("A page is never narrower than 40 columns nor wider than 120")
  func limits() {
    #expect(TerminalStyle(width: 10).width == 40)
    #expect(TerminalStyle(width: 500).width == 120)
  }

  @Test("Sides that differ in the tenth digit are shown to differ")
  func digits() {
    let page = Self.page(RunRequest(mistake: "nearly"))
    // There is no such mistake: a title and a verdict, nothing judged.
    #expect(page.count == 5)
    let half = Half { $0 / 2 * (1 + 1e-10) }
    let exercise = Fixture.exercise(half)
    let lesson = Lesson.of(.exercise(exercise))
    let lines = TerminalRendering(TerminalStyle()).lines(lesson.run(RunRequest(only: "of-two")))
    #expect(lines.contains { $0.contains("1.0000000001 ≠ 1.0000000000") })
  }

  // Catches: a column that is named under two kinds, so that nobody knows which cell is which.
  @Test("What numbers are is said once: for all, by column, or by row where columns mix")
  func kinds() {
    func kinds(_ rows: [[Table.Cell]]) -> String {
      Table(title: "", columns: ["method", "P", "bound"], rows: rows).kinds
    }
    #expect(kinds([["a", "b", .empty]]) == "")
    #expect(kinds([["a", .exact(1), .exact(2)]]) == "All numbers are exact.")
    #expect(kinds([["a", .given(1), .exact(2)]]) == "What is computed is exact.")
    let biased = Table.Cell.figure(0.5, .biased, digits: 6)
    let bound = Table.Cell.number(LowerBound(-1))
    #expect(kinds([["a", biased, bound]]) == "A lower bound: “bound”; biased: “P”.")
    #expect(
      kinds([["sum", .exact(1), .exact(-1)], ["q", biased, bound], ["r", biased, "none"]])
        == "Exact: the row “sum”; biased: the row “r”; elsewhere, a lower bound: “bound”; biased: “P”."
    )
  }

  @Test("A table wider than the page breaks its words, never its numbers")
  func wideTable() {
    let words = String(repeating: "several words ", count: 10)
    let lesson = Lesson.of(
      .table { _ in
        Table(
          title: "Wide", columns: ["what", "how much"],
          rows: [[.text(words), .exact(1234.5)], ["short", .exact(-0.25)], [.empty, "none"]])
      })
    let lines = TerminalRendering(TerminalStyle(width: 60)).lines(lesson.run(RunRequest()))
    #expect(lines.allSatisfy { $0.count <= 60 })
    #expect(lines.contains { $0.hasSuffix("1234.50") })
    #expect(lines.contains { $0.hasSuffix("  -0.25") })
    #expect(lines.contains { $0.hasSuffix("   none") })
  }
}

/// The text without the terminal's colour codes.
func withoutColours(_ line: String) -> String {
  line.replacing(/\u{1B}\[[0-9]*m/, with: "")
}

@Suite("Lessons as JSON")
struct JSONRenderingTests {
  @Test("Every line is a check with the keys that are promised")
  func keys() throws {
    let run = Fixture.lesson.run(RunRequest(judgesMistakes: true, showsPages: false))
    let json = try JSON(parsing: JSONRendering.object([run], seed: 1).text(.pretty))
    #expect(json["holds"] == true)
    #expect(json["seed"] == 1)
    guard case .array(let lessons)? = json["lessons"],
      case .array(let checks)? = lessons[0]["checks"]
    else { throw Missing() }
    #expect(lessons[0]["id"] == "07-halves")
    #expect(lessons[0]["title"] == "Halves")
    #expect(checks.count == 3)
    let less = checks[1]
    #expect(less["id"] == "07-halves/half/less")
    #expect(less["claims"] == ["A-002", "A-003"])
    #expect(less["relation"] == "≤")
    #expect(less["holds"] == true)
    #expect(less["models"] == 200)
    #expect(less["worst"] == 0)
    #expect(less["gapWorst"] == 0)
    #expect(less["allowed"] == .number(256 * .ulpOfOne))
    #expect(less["gapAllowed"] == .number(256 * .ulpOfOne))
    #expect(less["caughtMistakes"] == ["square-root", "minus-one", "always-one"])
    #expect(less["example"] == ["left": [0.75], "right": [1.5]])
    guard case .string(let token)? = less["case"] else { throw Missing() }
    #expect(CaseToken(token) != nil)
  }

  @Test("A mistake is named, its refusals are measured, what is infinite is null")
  func mistake() throws {
    let run = Fixture.lesson.run(RunRequest(mistake: "always-one", showsPages: false))
    let json = JSONRendering.object([run], seed: 1 << 60)
    #expect(json["holds"] == false)
    #expect(json["seed"] == "1152921504606846976")
    guard case .array(let lessons)? = json["lessons"],
      case .array(let checks)? = lessons[0]["checks"]
    else { throw Missing() }
    #expect(lessons[0]["mistake"] == "always-one")
    #expect(checks[0]["holds"] == false)
    #expect(json.text().contains("\"worst\":null"))
  }

  struct Missing: Error {}
}
