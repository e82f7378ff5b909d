import JSONText
import Probability
import Testing
import Verification

@testable import LessonKit

@Suite("Pages at their edges")
struct PageEdgeTests {
  private let rendering = TerminalRendering(TerminalStyle())

  private func page(_ lesson: Lesson) -> [String] { rendering.lines(lesson.run(RunRequest())) }

  // Catches: fewer digits than the prose was written for; signs and decimals of the wrong number.
  @Test("A number of the prose has four digits, or as many as are asked for")
  func digits() throws {
    let numbers: PageNumbers = [
      "third": { _ in ExactValue(-1.0 / 3) }, "two": { _ in ExactValue(2) },
    ]
    func filled(_ text: String) throws -> String {
      try numbers.fill(text, RunContext(seed: 1, models: 7))
    }
    #expect(try filled("{third}") == "−0.3333")
    #expect(try filled("{third:2}, {third:.1}, {third:+.3}") == "−0.33, −0.3, −0.333")
    #expect(try filled("{two} {two:+} {two:.2} {models} {Z}") == "2 +2 2.00 7 {Z}")
    #expect(throws: (any Error).self) { try filled("{fourth}") }
  }

  // Catches: a trap where a program wrote a mark far to the right, as Python does under a long line.
  @Test("A line that begins beyond the page is folded, and no letter of it is lost")
  func farToTheRight() {
    for blanks in 0...40 {
      let line = String(repeating: " ", count: blanks) + "^ here it is, and some more"
      let lines = Fitting.folded([line], width: 20)
      #expect(lines.allSatisfy { $0.count <= 20 }, "\(lines)")
      let words = lines.joined(separator: " ").split(separator: " ")
      #expect(words == line.split(separator: " "), "\(lines)")
    }
  }

  // Catches: a check that only the example refuses, with the numbers of the models on which it held.
  @Test("In JSON a line that only its example refuses is measured there")
  func exampleOnly() throws {
    let derivation = Derivation<Half, Double>(
      id: "half", title: "", example: 100, draw: { cases in Double(try cases.integer(1...3)) },
      checks: [Check("small", "h(x) = x / 2", because: "") { .equal($0.half($1), $1 / 2) }],
      answer: Half { $0 < 50 ? $0 / 2 : 0 }, mistakes: [])
    let json = JSONRendering.object([Lesson.of(.derivation(derivation)).run(RunRequest())], seed: 1)
    let check = try JSONPlace(json).member("lessons").array()[0].member("checks").array()[0]
    #expect(try !check.member("holds").bool())
    #expect(try check.member("worst").number() > check.member("allowed").number())
  }

  /// A derivation with a model of four lines at least.
  private func derivation(_ id: String, _ answer: Double = 0.5) -> Derivation<Double, Double> {
    let givens = (1...24).map { Given("symbol_\($0)", Double($0)) }
    return Derivation(
      id: id, title: "Half", example: 3, draw: { Double(try $0.integer(3...9)) },
      checks: [
        Check("twice", "2 h = 1", because: "counted", as: .consequence) { half, _ in
          .equal(2 * half, 1.0)
        }
      ], answer: answer, mistakes: [], givens: { _ in givens })
  }

  // Catches: a page that says “as in section 2” in section 2, where the model stands nowhere.
  @Test("A long model is printed where it comes first, and named by its section after that")
  func longModel() {
    let lesson = Lesson(
      id: "00-a", title: "", summary: "", frame: Frame(needs: [], gives: [], minutes: 1),
      sections: [
        Section("words", "Words", .prose("Nothing yet.")),
        Section("first", "First", .derivation(derivation("one"))),
        Section("second", "Second", .derivation(derivation("two"))),
      ], practice: Practice(questions: [], suggestions: [], homework: ""))
    let lines = page(lesson)
    #expect(lines.count { $0.contains("symbol_24 = 24") } == 1)
    #expect(lines.count { $0.contains("as in section 2") } == 1)
    let model = lines.firstIndex { $0.contains("symbol_24") } ?? .max
    #expect(model < lines.firstIndex { $0.contains("as in section") } ?? .min)
  }

  // Catches: a tick in front of a formula that was refused.
  @Test("What follows and is refused has no tick")
  func refusedConsequence() {
    func ticked(_ answer: Double) -> Int {
      page(Lesson.of(.derivation(derivation("one", answer)))).count { $0.contains("✓ 2 h = 1") }
    }
    #expect(ticked(0.5) == 1)
    #expect(ticked(0.4) == 0)
  }

  // Catches: a difference whose right lines stand under the wrong ones, at the end of a listing too.
  @Test(
    "Of two listings the right lines stand above the wrong ones, and what both have stands once")
  func difference() {
    func difference(_ old: String, _ new: String) -> [String] {
      Listing(file: "a", text: old).difference(to: Listing(file: "a", text: new))
        .map { "\($0.mark)\($0.line)" }
    }
    #expect(difference("a\nb\nc", "a\nx\nc") == [" a", "−b", "+x", " c"])
    #expect(difference("a\nb", "a\nx") == [" a", "−b", "+x"])
    #expect(difference("b", "x\ny") == ["−b", "+x", "+y"])
    #expect(difference("a", "a") == [" a"])
    #expect(difference("a\nb", "b") == ["−a", " b"])
  }

  // Catches: a shade that is nothing for what is more than its legend says.
  @Test("From a hundredth of the largest on a cell is shaded")
  func shades() {
    func shades(_ values: [Double]) -> String {
      let panel = Drawing.Panel("", rows: ["r"], columns: values.map { "\($0)" }, values: [values])
      let line = Drawing.grid("", [panel]).lines().first { $0.hasPrefix("r ") } ?? ""
      return String(line.filter { "·░▒▓█".contains($0) })
    }
    #expect(shades([1, 0.05, 0.011]) == "███░░░░░░")
    #expect(shades([1, 0.009, 0]) == "███······")
  }

  // Catches: of several outcomes in one place the last one alone, so that the largest sign is too small.
  @Test("Outcomes in one place are as large as all of them together")
  func gathered() {
    let panel = Drawing.Cloud.Panel("", [.init(1, 1, 0.5), .init(1, 1, 0.25), .init(3, 1, 0.25)])
    #expect(panel.gathered(0.01).map(\.probability) == [0.75, 0.25])
    let picture = Drawing.cloud("", [panel], exact: (1.5, 1), axes: ("x", "y"))
    guard case .cloud(let cloud) = picture.content else { return }
    #expect(cloud.largest == 0.75)
  }

  // Catches: probabilities that add up to less than one after a move away from a certain state.
  @Test("From a certain state what is taken is shared alike by the others")
  func fromCertainty() {
    let experiment = Experiment(
      id: "a", title: "", prompt: "", givens: [],
      controls: [.init("q", "q(z)", states: ["a", "b", "c"], at: [1, 0, 0])]
    ) { _ in .init([]) }
    let moved = experiment.moved(experiment.start, control: 0, by: -4).list("q")
    #expect(zip(moved, [0.8, 0.1, 0.1]).allSatisfy { abs($0 - $1) < 1e-12 })
  }
}
