import Probability
import Testing
import Verification

@Suite("Search and shrinking")
struct SearchTests {
  /// Problems are lists of whole numbers; the check says that they stay below a threshold.
  private func run(_ threshold: Int, plan: SearchPlan = SearchPlan()) -> SearchResult {
    let small: @Sendable ([Int]) throws -> Finding = { numbers in
      .equalCounts(numbers.filter { $0 >= threshold }.count, 0)
    }
    let results = search(stream: "numbers", findings: [small], plan: plan) { cases in
      var numbers: [Int] = []
      for _ in 0..<(try cases.integer(1...6)) { numbers.append(try cases.choose(below: 1000)) }
      return numbers
    }
    return results[0]
  }

  @Test("A check that holds is held over all problems")
  func holds() {
    let result = run(1000)
    #expect(result.holds)
    #expect(result.problems == 200)
    // Catches: of problems that are as good as each other, another than the first.
    #expect(result.token == .drawn(seed: 1, index: 0))
  }

  @Test("A counterexample is shrunk to one number, the smallest that fails")
  func shrinks() throws {
    let result = run(700)
    #expect(!result.holds)
    #expect(result.token == .trail([0, 700]))
  }

  @Test("The token replays the case, and only that")
  func replays() throws {
    let token = try #require(run(700).token)
    let again = run(700, plan: SearchPlan(only: token))
    #expect(!again.holds)
    #expect(again.problems == 1)
    #expect(run(701, plan: SearchPlan(only: token)).holds)
  }

  @Test("One seed, one sequence of problems; another seed, another")
  func seeds() {
    func worst(_ seed: UInt64) -> CaseToken? {
      run(700, plan: SearchPlan(seed: seed, stopsAtRefusal: true)).token
    }
    #expect(worst(1) == worst(1))
    #expect(
      Set((1...8 as ClosedRange<UInt64>).map { "\(String(describing: worst($0)))" }).count > 1)
  }

  @Test("A side that throws is a failure with its words")
  func throwing() {
    struct Broken: Error, CustomStringConvertible { let description = "out of luck" }
    let broken: @Sendable (Int) throws -> Finding = { _ in throw Broken() }
    let results = search(stream: "s", findings: [broken], plan: SearchPlan(problems: 3)) { cases in
      try cases.integer(1...3)
    }
    #expect(!results[0].holds)
    #expect(results[0].failure == "out of luck")
  }

  @Test("A check with no problems is not held")
  func none() {
    #expect(!run(1000, plan: SearchPlan(problems: 0)).holds)
  }
}
