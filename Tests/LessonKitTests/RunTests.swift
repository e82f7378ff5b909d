import LessonKit
import Probability
import Testing
import Verification

@Suite("A lesson that is run")
struct RunTests {
  @Test("Parts come in order, numbers once, and all of it holds")
  func whole() {
    let run = Fixture.lesson.run(RunRequest())
    #expect(run.parts.count == 7)
    #expect(run.holds)
    #expect(
      run.checks.map(\.id) == [
        "07-halves/half/twice", "07-halves/half/less", "07-halves/half/of-two",
      ])
    #expect(run.checks.map(\.number) == [1, 2, 3])
    #expect(run.checks.allSatisfy { $0.caughtMistakes == nil && $0.report.result.problems == 200 })
  }

  @Test(
    "A check answers to four names",
    arguments: [
      ("less", 1), ("half/less", 1), ("07-halves/half/less", 1), ("half", 3), ("les", 0),
    ])
  func only(name: String, count: Int) {
    let run = Fixture.lesson.run(RunRequest(only: name))
    #expect(run.checks.count == count)
    #expect(run.parts.count == (count > 0 ? 1 : 0))
    #expect(Fixture.lesson.inquiries(named: name).count == (count > 0 ? 1 : 0))
  }

  @Test("Mistakes are seen to be caught by the lines that refuse them")
  func caught() {
    let run = Fixture.lesson.run(RunRequest(judgesMistakes: true))
    #expect(
      run.checks.map(\.caughtMistakes) == [
        ["square-root", "minus-one", "always-one"], ["square-root", "minus-one", "always-one"],
        ["square-root", "always-one"],
      ])
  }

  @Test("With a mistake only its exercise is run, and is refused")
  func mistake() {
    let run = Fixture.lesson.run(RunRequest(mistake: "minus-one"))
    #expect(run.parts.count == 1)
    #expect(run.checks.map(\.holds) == [false, false, true])
    #expect(!run.holds)
    #expect(run.inquiries[0].mistake?.name == "minus-one")
  }

  @Test("A line that only the example refuses is refused")
  func example() {
    let derivation = Derivation<Half, Double>(
      id: "half", title: "", example: 100, draw: { cases in Double(try cases.integer(1...3)) },
      checks: [Check("small", "h(x) = x / 2", because: "") { .equal($0.half($1), $1 / 2) }],
      answer: Half { $0 < 50 ? $0 / 2 : 0 }, mistakes: [])
    let lesson = Lesson.of(.derivation(derivation))
    let run = lesson.run(RunRequest())
    #expect(run.checks[0].report.result.holds)
    #expect(!run.checks[0].holds)
    let page = TerminalRendering(TerminalStyle()).lines(run).joined(separator: "\n")
    #expect(page.contains("the same to the last digit; refused on the example"))
    #expect(page.contains("  0 ≠ 50"))
  }

  // Catches: an exercise that vanishes where its example throws.
  @Test("An example that throws is a refusal of every check, with its reason")
  func throwingExample() throws {
    struct Reason: Error, CustomStringConvertible { let description = "no such number" }
    @Sendable func none() throws -> Double { throw Reason() }
    let derivation = Derivation<Half, Double>(
      id: "half", title: "", example: try none(),
      draw: { cases in Double(try cases.integer(1...3)) }, checks: Fixture.checks,
      answer: Half { $0 / 2 }, mistakes: [])
    let lesson = Lesson.of(.derivation(derivation))
    let run = lesson.run(RunRequest())
    #expect(run.checks.count == 3 && run.checks.allSatisfy { !$0.holds })
    #expect(run.checks[0].report.failure == "the example: no such number")
    let page = TerminalRendering(TerminalStyle()).lines(run).joined(separator: "\n")
    #expect(page.contains("cannot be evaluated on the example: no such number"))
  }

  @Test("A mistake can exchange two parts, or be made of the right part")
  func mistakes() {
    struct Two: Sendable {
      var first: @Sendable (Double) -> Double
      var second: Double
    }
    let answer = Two(first: { $0 / 2 }, second: 3)
    let both = Mistake<Two>("both", "", \.second, 4).and(\.first) { $0 }
    #expect(both.subject(from: answer).first(6) == 6 && both.subject(from: answer).second == 4)
    let made = Mistake<Two>("made", "", \.first, from: { right in { right($0) + 1 } })
    #expect(made.subject(from: answer).first(6) == 4 && made.subject(from: answer).second == 3)
  }

  @Test("A table that cannot be computed is a failure with its reason")
  func failure() {
    struct Reason: Error, CustomStringConvertible { let description = "no such table" }
    let lesson = Lesson.of(.table { _ in throw Reason() })
    let run = lesson.run(RunRequest())
    #expect(!run.holds)
    let lines = TerminalRendering(TerminalStyle()).lines(run)
    #expect(lines.contains("This could not be computed: no such table"))
    #expect(
      lines.suffix(2) == [
        "✗ 00-a: nothing to check, 1 of its tables or pictures failed (200 models a line,",
        "  seed 1)",
      ])
  }

  @Test("Blocks that share a computation are computed once, and shown in order")
  func computed() {
    let lesson = Lesson.of(
      .computed { context in
        let seed = "\(context.seed)"
        return [.prose(seed), .table { _ in Table(title: seed, columns: [], rows: []) }]
      }
    )
    let parts = lesson.run(RunRequest(plan: SearchPlan(seed: 5))).parts
    #expect(parts.count == 2)
    guard case .prose("5") = parts.first, case .table(let table) = parts.last else {
      Issue.record("expected prose and a table")
      return
    }
    #expect(table.title == "5")
  }

  @Test("Moved by one part in a million, every line refuses")
  func perturbed() {
    let plan = SearchPlan(perturbation: 1e-6, stopsAtRefusal: true)
    let run = Fixture.lesson.run(RunRequest(plan: plan))
    #expect(run.checks.allSatisfy { !$0.holds })
  }
}
