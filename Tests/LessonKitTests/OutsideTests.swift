import JSONText
import Probability
import Synchronization
import Testing
import Verification

@testable import LessonKit

/// A program outside whose functions are closures: value by value, and outcome by outcome.
private struct Told: OutsideProgram {
  var answer: @Sendable (JSON) -> JSON = { _ in .null }
  var outcomes: @Sendable (JSON) -> [OutsideOutcome] = { _ in [] }

  func value(of part: String, given: JSON) throws(OutsideFault) -> JSON { answer(given) }
  func law(of part: String, given: JSON) throws(OutsideFault) -> [OutsideOutcome] {
    outcomes(given)
  }
}

@Suite("Functions that are handed in")
struct OutsideTests {
  private struct Parts: Sendable {
    var half: @Sendable (Double) -> Double
  }

  /// Half of a number, of which the example is 1.5 and the others are drawn.
  private static let exercise = Exercise<Parts, Double>(
    id: "half", title: "", task: "Write `half`.", hints: [], example: 1.5,
    draw: { cases in Double(try cases.integer(3...9)) },
    checks: [
      Check("twice", "2 h(x) = x", because: "two halves make a whole") {
        .equal($0.half($1) * 2, $1)
      }
    ], answer: Parts { $0 / 2 }, mistakes: [],
    handin: Handin(
      stars: 1, debrief: "",
      HandinPart(
        "half", "Half of x.", given: [.number("x", "x")], returns: .number("x/2"), \.half
      ) { program, right in
        { x in program.number(["x": .number(x)]) { right(x) } }
      }))

  private static func x(_ given: JSON) -> Double {
    if case .number(let x)? = given["x"] { x } else { .nan }
  }

  private static func judged(_ answer: @escaping @Sendable (JSON) -> JSON) throws
    -> HandinPartReport
  {
    try #require(exercise.judge(Told(answer: answer), plan: HandinPlan(problems: 5))?.first)
  }

  // Catches: a verdict that shows the numbers of the last problem, where the first one is the lesson's own.
  @Test("A refusal shows the first problem that it refuses, the example before all others")
  func firstProblem() throws {
    let report = try Self.judged { .number(Self.x($0) / 3) }
    guard case .wrong(let refusal) = report.verdict else {
      Issue.record("\(report.verdict)")
      return
    }
    #expect(refusal.givens == [Given("x", 1.5)])
    #expect(refusal.sides?.left == [1])
  }

  // Catches: one question that is asked twice, while a program remembers its answers to the others.
  @Test("Each of the first questions is asked again, not one of them alone")
  func askedAgain() throws {
    #expect(try Self.judged { .number(Self.x($0) / 2) }.isRight)
    let calls = Mutex([Double: Int]())
    let forgetful = try Self.judged { given in
      let x = Self.x(given)
      let count = calls.withLock { calls in
        calls[x, default: 0] += 1
        return calls[x] ?? 0
      }
      return .number(x / 2 + (x > 3.5 && count > 1 ? 1 : 0))
    }
    guard case .failed(let words) = forgetful.verdict else {
      Issue.record("\(forgetful.verdict)")
      return
    }
    #expect(words.contains("given the same twice, it answered differently"))
  }

  /// What is remembered of a coin on 0 and 2 scaled by what is given, under laws of a program.
  private func difference(_ law: @escaping @Sendable (Double) -> [(Double, Double)]) throws
    -> OutsideDifference?
  {
    let told = Told(outcomes: { given in
      law(Self.x(given)).map { OutsideOutcome(probability: $0.0, result: .number($0.1)) }
    })
    let part = OutsidePart("draw", of: told)
    for x in [1.0, 2, 3] {
      _ = try forEachOutcome { choices in
        try part.draw(["x": .number(x)], &choices) { [x * (try $0.flip(0.5) ? 2 : 0)] }
      } visit: { _, _ in
      }
    }
    #expect(part.fault == nil)
    return part.difference
  }

  // Catches: half of the points for a function whose spread is wrong first, and whose mean is wrong later.
  @Test("A wrong mean counts for more than a wrong spread, whichever is seen first")
  func worse() throws {
    #expect(try difference { x in [(0.5, 0), (0.5, 2 * x)] } == nil)
    let spread = try difference { x in [(0.5, 0.5 * x), (0.5, 1.5 * x)] }
    #expect(spread?.isBesidesTheMean == true && spread?.given == ["x": 1])
    let both = try difference { x in x < 2 ? [(0.5, 0.5), (0.5, 1.5)] : [(0.5, 0), (0.5, 3 * x)] }
    #expect(both?.isBesidesTheMean == false && both?.given == ["x": 2])
  }

  // Catches: a component without spread, whose rounding is measured by itself and looks like another law.
  @Test("A component that is constant but for rounding is the same, whichever way it is rounded")
  func constant() {
    func law(_ second: (Double) -> Double) -> WholeLaw {
      var law = WholeLaw()
      for outcome in [0.0, 1, 2, 3] { law.add([outcome, second(outcome)], 0.25) }
      return law
    }
    let (one, other) = (law { $0 > 1 ? 0.3 : 0.1 + 0.2 }, law { $0 > 2 ? 0.1 + 0.2 : 0.3 })
    #expect(one.difference(from: other, isSingle: false) == nil)
    #expect(other.difference(from: one, isSingle: false) == nil)
    #expect(law { $0 > 1 ? 0.31 : 0.29 }.difference(from: one, isSingle: false) != nil)
  }
}
