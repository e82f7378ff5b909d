import Probability
import Testing
import Verification

// What the judges do at the edges of their numbers.

@Suite("Findings at their edges")
struct FindingEdgeTests {
  // Catches: bounds of the sides that count a thousand times.
  @Test("A bound that a side carries is allowed four times, and not eight times")
  func carried() {
    let side = ExactValue(1, roundingBound: 1e-3)
    #expect(Finding.equal(1.003, side).violation().holds)
    #expect(!Finding.equal(1.008, side).violation().holds)
  }

  // Catches: counts that are compared up to rounding.
  @Test("Counts are equal or not, however large")
  func counts() {
    #expect(Finding.equalCounts(1 << 50, 1 << 50).violation().holds)
    #expect(!Finding.equalCounts(1 << 50, 1 << 50 + 1).violation().holds)
  }

  // Catches: a bound of infinity that allows everything, an infinite number that makes all others small.
  @Test("What is infinite allows nothing beside it")
  func infinite() {
    #expect(!Finding.equal(2.0, ExactValue(1, roundingBound: .infinity)).violation().holds)
    #expect(!Finding.equal([Double.infinity, 1], [Double.infinity, 1.001]).violation().holds)
    #expect(Finding.equal([Double.infinity, 1], [Double.infinity, 1]).violation().holds)
  }

  // Catches: sides of different lengths that are compared as far as the shorter one goes.
  @Test("An inequality has as many numbers on either side")
  func lengths() {
    #expect(!Finding.atLeast([3.0, 5, -9], [1.0, 2], gap: [2.0, 3]).violation().holds)
    #expect(!Finding.atMost([1.0, 2], [3.0, 5, -9], gap: [2.0, 3]).violation().holds)
    #expect(Finding.atMost([1.0, 2], [3.0, 5], gap: [2.0, 3]).violation().holds)
  }

  // Catches: a stated gap that is not compared, or compared a million times too loosely.
  @Test("The gap of an inequality is judged as strictly as an equality")
  func gap() {
    #expect(Finding.atLeast(2.0, 1.0, gap: 1.0).violation().holds)
    #expect(!Finding.atLeast(2.0, 1.0, gap: 1 + 1e-10).violation().holds)
    #expect(!Finding.atMost(1.0, 2.0, gap: 1 - 1e-10).violation().holds)
  }

  // Catches: a side of zero that --perturb leaves where it is.
  @Test("A side of zero is moved by the other side's size")
  func zero() {
    let finding = Finding.equal([0.0, 1.0], [0.0, 1.0])
    #expect(finding.violation().holds)
    #expect(
      !Finding.equal(0.0, 0.0, rounding: .of(size: 1, because: "one")).violation(
        perturbedBy: 1e-6
      ).holds)
  }

  // Catches: a violation that counts as none where nothing is allowed.
  @Test("Where nothing is allowed any violation is without measure")
  func severity() {
    let violation = Finding.equalCounts(3, 2).violation()
    #expect(violation.severity == .infinity)
    #expect(Finding.equalCounts(2, 2).violation().severity == 0)
  }
}

@Suite("Sides as text")
struct SidesEdgeTests {
  // Catches: sides that differ by a thousandth and are printed alike.
  @Test("Sides that hold and differ are printed with their difference")
  func sides() {
    let text = SidesText(Finding.within(1, 1.0005, bound: 0.01), holds: true)
    #expect(text.left == "1.0000" && text.right == "1.0005")
  }
}

@Suite("Judges at their edges")
struct JudgeEdgeTests {
  private func judged(
    _ values: [[Double]], target: [Double], range: ClosedRange<Double>? = nil
  ) throws -> SampleJudgement {
    var left = values[...]
    let found = try sampledMoments(draws: values.count, seed: 1) { _ in left.removeFirst() }
    return try judgeSamples(
      found, target: target, rates: ErrorRates(falseAlarm: 0.05, miss: 0.01),
      range: range.map { ([$0.lowerBound], [$0.upperBound]) })
  }

  // Catches: a mean that is no number and is not off.
  @Test("A target that is no number is missed")
  func notANumber() throws {
    #expect(!(try judged([[0], [1]], target: [.nan])).holds)
  }

  // Catches: a mean of no number, or beside no number, that is called unbiased.
  @Test("Nothing is unbiased for a target that is no number")
  func noTarget() throws {
    let moments = try exactMoments { [try $0.flip(0.5) ? 1.0 : -1] }
    #expect(judgeEstimator(moments, target: [.nan]).mean != .unbiased)
  }

  // Catches: Hoeffding's bound with another constant, or for one side only.
  @Test("Hoeffding: √(log(2/α) / 2n) of the range")
  func hoeffding() throws {
    let values = (0..<50).map { [Double($0 % 2)] }
    let allowed = try judged(values, target: [0.5], range: 0...1).allowed[0]
    // 2/α = 40, and 2n = 100: √.0368887945…
    #expect(abs(allowed * allowed - 0.036_888_794_541_14) < 1e-12)
  }

  // Catches: a promise of power that is forgotten, so that half of the biases of this size are missed.
  @Test("What would be seen lies beyond what is allowed by the share of misses: √(log(1/β) / 2n)")
  func visible() throws {
    let judgement = try judged((0..<50).map { [Double($0 % 2)] }, target: [0.5], range: 0...1)
    // 1/β = 100: √.0460517018…
    let further = judgement.smallestVisible[0] - judgement.allowed[0]
    #expect(abs(further * further - 0.046_051_701_859_88) < 1e-12)
  }

  // Catches: an estimate that is called rescaled though its direction is wrong.
  @Test("A bias along another direction is a bias, and an estimate of zero is no factor")
  func directions() throws {
    let moments = try exactMoments { choices in
      let sign = try choices.flip(0.5) ? 1.0 : -1
      return [1 + sign, 2.2 + sign]
    }
    if case .biased = judgeEstimator(moments, target: [1, 2]).mean {
    } else {
      Issue.record("\(judgeEstimator(moments, target: [1, 2]).mean)")
    }
    // Twice the target, but for a part in a million of one component.
    let nearly = try exactMoments { choices in
      let sign = try choices.flip(0.5) ? 1.0 : -1
      return [2 + sign, 4 + 4e-6 + sign]
    }
    if case .biased = judgeEstimator(nearly, target: [1, 2]).mean {
    } else {
      Issue.record("\(judgeEstimator(nearly, target: [1, 2]).mean)")
    }
    let zero = try exactMoments { choices in [try choices.flip(0.5) ? 1.0 : -1] }
    #expect(judgeEstimator(zero, target: [1]).mean == .biased(by: [-1]))
  }

  // Catches: an estimator that makes fewer choices than it was asked for.
  @Test("Fewer outcomes are as wrong as more")
  func outcomes() throws {
    let two = try exactMoments { choices in [try choices.flip(0.5) ? 1.0 : -1] }
    let four = try exactMoments { choices in
      let (a, b) = (try choices.flip(0.5), try choices.flip(0.5))
      return [a == b ? 1.0 : -1]
    }
    #expect(judgeEstimator(two, target: [0], like: four).outcomes != nil)
    #expect(judgeEstimator(four, target: [0], like: two).outcomes != nil)
    #expect(judgeEstimator(two, target: [0], like: two).holds)
  }

  // Catches: an alarm that moves on with the draws, and draws above their range.
  @Test("The first alarm stays, and a draw outside of the range is refused")
  func sequential() throws {
    var judge = SequentialJudge(target: [0.9], basis: .range(from: 0, to: 1))
    for _ in 0..<400 { try judge.add([0.1]) }
    let first = try #require(judge.alarm?.count)
    #expect(first < 400)
    for _ in 0..<100 { try judge.add([0.1]) }
    #expect(judge.alarm?.count == first)
    #expect(throws: DrawRefusal.self) { try judge.add([1.01]) }
    #expect(throws: DrawRefusal.self) { try judge.add([-0.01]) }
  }

  // Catches: a draw that is no number, after which no interval is one.
  @Test("A draw that is not finite is refused, with a range and without", arguments: 0...1)
  func finite(index: Int) throws {
    let basis = [SequentialJudge.Basis.range(from: 0, to: 1), .asymptotic][index]
    var judge = SequentialJudge(target: [0.5], basis: basis)
    for number in [Double.nan, .infinity, -.infinity] {
      #expect(throws: DrawRefusal.self) { try judge.add([number]) }
    }
    #expect(judge.count == 0)
  }

  // Catches: an asymptotic sequence that speaks before its limit.
  @Test("The asymptotic sequence says nothing of ninety-nine draws")
  func start() throws {
    var judge = SequentialJudge(target: [0], basis: .asymptotic)
    for draw in 0..<99 { try judge.add([5 + Double(draw % 2)]) }
    #expect(judge.holds && judge.intervals[0].halfWidth == .infinity)
    for draw in 0..<20 { try judge.add([5 + Double(draw % 2)]) }
    #expect(!judge.holds)
  }

  // Catches: a rate of false alarms that each component spends whole.
  @Test("More components, wider intervals")
  func share() throws {
    func width(_ components: Int) throws -> Double {
      var judge = SequentialJudge(
        target: [Double](repeating: 0.5, count: components), basis: .range(from: 0, to: 1))
      for draw in 0..<100 {
        try judge.add([Double](repeating: Double(draw % 2), count: components))
      }
      return judge.intervals[0].halfWidth
    }
    #expect(try width(10) > 1.1 * (try width(1)))
  }
}

@Suite("Searches and cases at their edges")
struct SearchEdgeTests {
  // Catches: tokens of large outcomes, or that were cut off, or that leave the whole numbers.
  @Test("Tokens are read as they were written, and no others")
  func tokens() {
    for trail in [[], [31], [32], [33], [0, 32, 1023, 1024, 5], [1 << 39]] {
      #expect(CaseToken(CaseToken.trail(trail).description) == .trail(trail))
    }
    let whole = CaseToken.trail([1000]).description
    #expect(CaseToken(String(whole.dropLast())) == nil)
    #expect(CaseToken("t" + String(repeating: "~", count: 20) + "1") == nil)
  }

  // Catches: shrinking that stops long before nothing smaller is refused.
  @Test("Eight numbers, each halved again and again: all end at the smallest that is refused")
  func shrinks() {
    let finding: @Sendable ([Int]) throws -> Finding = { numbers in
      .equalCounts(numbers.allSatisfy { $0 >= 3 } ? 1 : 0, 0)
    }
    let result = search(stream: "eight", findings: [finding], plan: SearchPlan(seed: 1)) { cases in
      try (0..<8).map { _ in try cases.choose(below: 100) }
    }[0]
    #expect(result.token == .trail([3, 3, 3, 3, 3, 3, 3, 3]))
  }

  // Catches: a search of one problem, many times; and one of none that holds.
  @Test("Problems differ, and a search without problems shows nothing")
  func problems() {
    let differ = holds("numbers", on: 20) {
      try $0.choose(below: 1000)
    } check: { number in
      .equalCounts(number == 3 ? 1 : 0, 0)
    }
    #expect(differ.problems == 20)
    var seen: Set<Int> = []
    for index in 0..<20 {
      var cases = try? Cases(seed: 1, stream: UInt64(index))
      if let number = try? cases?.choose(below: 1000) { seen.insert(number) }
    }
    #expect(seen.count > 10)
    let some = holds("some", on: 200) {
      try $0.choose(below: 4)
    } check: { number in
      .equalCounts(number, 0)
    }
    #expect(!some.holds)
    #expect(
      !holds("none", on: 0) {
        try $0.choose(below: 4)
      } check: { _ in
        .equalCounts(0, 0)
      }.holds)
  }

  // Catches: a check that accepts a side that is off by a thousandth of itself.
  @Test("What also accepts a side moved by a thousand tolerances shows nothing")
  func showsNothing() {
    let wide = Rounding.of(terms: 1 << 30, because: "a thousandth of a thousandth")
    let verdict = holds("wide") {
      try $0.real(from: 1, to: 2)
    } check: { number in
      .equal(number, number, rounding: wide)
    }
    #expect(verdict.holds)
    let blind = holds("blind") {
      try $0.real(from: 1, to: 2)
    } check: { _ in
      .equal(0.0, 0.0)
    }
    #expect(!blind.holds)
  }
}
