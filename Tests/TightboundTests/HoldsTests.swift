import Testing
import Tightbound

/// A stranger's problem: numbers and weights, and how their mean is estimated from two draws.
private struct Lottery: Sendable {
  let prizes: [Double]
  let chances: [Double]
  let prize: Kind

  enum Kind: Sendable { case fixed, doubled }

  static func random(_ cases: inout Cases) throws -> Lottery {
    let count = try cases.integer(2...4)
    return Lottery(
      prizes: try cases.reals(count, from: -3, to: 3), chances: try cases.simplex(count),
      prize: .fixed)
  }

  var mean: Double { zip(prizes, chances).reduce(0) { $0 + $1.0 * $1.1 } }

  /// The mean prize of some draws, divided by as many as the caller says.
  func estimate<Choices: DiscreteChoices>(
    draws: Int, over divisor: Int, _ choices: inout Choices
  ) throws -> [Double] {
    var sum = 0.0
    for _ in 0..<draws { sum += prizes[try choices.choose(chances)] }
    return [sum / Double(divisor)]
  }
}

@Suite("holds: a check on random problems in one call")
struct HoldsTests {
  private func verdict(
    divisor: Int, on count: Int = 200, seed: UInt64 = 1, replaying token: String? = nil
  ) -> Verdict {
    holds("the mean of two draws", on: count, seed: seed, replaying: token) { cases in
      try Lottery.random(&cases)
    } check: { lottery in
      let moments = try exactMoments { try lottery.estimate(draws: 2, over: divisor, &$0) }
      return .equal(
        moments.means, [lottery.mean],
        rounding: .of(size: 3, because: "prizes of up to 3 cancel in their mean"))
    }
  }

  @Test("What is true holds on all problems, and says how near it came")
  func right() {
    let found = verdict(divisor: 2)
    #expect(found.holds && found.problems == 200)
    #expect("\(found)".hasPrefix("✓ the mean of two draws: 200 models, "), "\(found)")
    #expect(!"\(found)".contains("\n"))
  }

  @Test("What is wrong is printed with the smallest problem, both sides, and a token")
  func wrong() throws {
    let found = verdict(divisor: 1)
    #expect(!found.holds)
    let finding = try #require(found.finding)
    // Two draws over one are twice the mean.
    #expect(abs(finding.left[0] - 2 * finding.right[0]) <= 1e-14)
    let lines = "\(found)".split(separator: "\n").map(String.init)
    let token = try #require(found.token)
    #expect(lines[0].hasPrefix("✗ the mean of two draws: refused: the sides are "))
    #expect(lines[1] == "  case \(token), the smallest found after 200 models:")
    #expect(lines[2] == "    Lottery")
    #expect(lines[3].hasPrefix("      prizes: [") && lines[4].hasPrefix("      chances: ["))
    #expect(lines[5] == "      prize: fixed")
    #expect(lines[6].contains(" ≠ "))
    #expect(lines[7].hasPrefix("  the sides differ by up to "))
    #expect(lines[8] == "  again: holds(\"the mean of two draws\", replaying: \"\(token)\") { … }")
    #expect(lines.count == 9)
  }

  @Test("The smallest problem is small, and neither symmetric nor zero")
  func smallest() throws {
    let found = verdict(divisor: 1)
    let text = found.problem.joined(separator: "\n")
    #expect(found.problem.count == 4, "\(text)")
    #expect(found.token == "t00000", "two prizes, all outcomes simplest: \(text)")
    #expect(!text.contains("[0,") && !text.contains("[0.5, 0.5]"), "\(text)")
  }

  @Test("The token replays one case; a drawn one belongs to the name of its check")
  func replay() throws {
    let token = try #require(verdict(divisor: 1).token)
    let again = verdict(divisor: 1, replaying: token)
    #expect(!again.holds && again.problems == 1 && again.token == token)
    #expect(again.finding == verdict(divisor: 1).finding)
    #expect(verdict(divisor: 2, replaying: token).holds)
    #expect(verdict(divisor: 2, replaying: "1-57").problems == 1)
    #expect(
      "\(verdict(divisor: 2, replaying: "tomorrow!"))"
        == "✗ the mean of two draws: tomorrow! is no case: a verdict prints 1-57 or t04")
  }

  @Test("A side that throws is refused by its own words, and its problem is shown")
  func throwing() {
    struct Lost: Error, CustomStringConvertible { let description = "the ticket is lost" }
    let found = holds("a lost ticket", on: 5) {
      try Lottery.random(&$0)
    } check: { _ in
      throw Lost()
    }
    #expect(!found.holds && found.finding == nil)
    #expect(found.reason == "refused: the ticket is lost")
    #expect("\(found)".contains("prizes: ["))
  }

  @Test("A check that cannot fail does not hold")
  func cannotFail() {
    let found = holds("nothing is something", on: 20) {
      try $0.reals(2, from: 1, to: 2)
    } check: {
      _ in
      .equal(0.0, 0.0)
    }
    #expect(!found.holds)
    #expect(
      "\(found)"
        == "✗ nothing is something: shows nothing: it also accepts left sides moved by 1.0e-6 of themselves"
    )
  }

  @Test("Counts that agree need no rounding to be moved by")
  func counts() {
    let found = holds("as many", on: 20) {
      try $0.integer(1...5)
    } check: { count in
      .equalCounts(Array(repeating: 0, count: count).count, count)
    }
    #expect(found.holds, "\(found)")
  }

  @Test("No problems at all are no proof")
  func none() { #expect(!verdict(divisor: 2, on: 0).holds) }

  @Test("A problem that describes itself is shown in its own words; a long one is cut")
  func description() {
    struct Named: Sendable, CustomStringConvertible { let description = "the one and only" }
    let named = holds("named", on: 3) { _ in
      Named()
    } check: { _ in
      .equal(1.0, 2.0)
    }
    #expect(named.problem == ["the one and only"])
    struct Long: Sendable { let table: [[Double]] }
    let long = holds("long", on: 3) { cases in
      var rows: [[Double]] = []
      for _ in 0..<60 { rows.append(try cases.reals(5, from: 0, to: 1)) }
      return Long(table: rows)
    } check: { _ in
      .equal(1.0, 2.0)
    }
    #expect(long.problem.count == 41 && long.problem[1] == "  table: 60 of them")
    #expect(long.problem.last == "… and 22 lines more")
  }
}
