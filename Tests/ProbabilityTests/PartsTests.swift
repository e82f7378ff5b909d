import GSL
import Probability
import Testing

/// The outcomes of a program in parts: the same law as in one go.
@Suite("Laws in parts")
struct PartsTests {
  /// A program whose choices depend on each other, some of them of probability zero.
  private struct Program {
    let seed: UInt64

    func run<Choices: DiscreteChoices>(_ choices: inout Choices) throws -> [Double] {
      var cases = try Cases(seed: seed, stream: 3)
      let tables = [try cases.simplex(4), try cases.simplex(3)]
      let b = try cases.probabilities(3) + [0, 1]
      let first = try choices.choose([0] + tables[0] + [0])
      let bits = try choices.bits(b)
      var values = [Double(first), bits.reduce(0, +), bits[0] * bits[1] - bits[4]]
      for _ in 0..<(first % 3 + 1) {
        let state = try choices.choose(bits[1] == 1 ? tables[1] : [0.5, 0, 0.5])
        values[state] += 0.25 * values[0] - Double(try choices.choose(below: 3))
        if try choices.flip(bits[2] == 0 ? 0.3 : 1) { values[1] *= 1.5 }
      }
      return values
    }
  }

  private func agree(_ one: ExactMoments, _ other: ExactMoments) -> Bool {
    let means = zip(one.means, other.means).allSatisfy {
      abs($0.value - $1.value) <= $0.roundingBound + $1.roundingBound
    }
    let covariances = zip(one.covariances, other.covariances).allSatisfy {
      abs($0.value - $1.value) <= 4 * ($0.roundingBound + $1.roundingBound)
    }
    return means && covariances && one.outcomes == other.outcomes
      && one.coverage.depth == other.coverage.depth && one.smallest == other.smallest
      && one.largest == other.largest
  }

  // Catches: a part visited twice or not at all, outcomes of probability zero counted in, sums of
  // parts added about the wrong mean.
  @Test("random programs have one law, in parts and in one go", arguments: [1, 2] as [UInt64])
  func parts(seed: UInt64) throws {
    let program = Program(seed: seed)
    let whole = try exactMoments { try program.run(&$0) }
    #expect(whole.outcomes > 1 << 13)
    let one = try exactMoments(threads: 1, inParts: { $1 = try program.run(&$0) })
    #expect(agree(whole, one))
    // To the last bit whatever the number of threads.
    let three = try exactMoments(threads: 3, inParts: { $1 = try program.run(&$0) })
    #expect(three == one)
  }

  // Catches: a cap that each part has for itself, an error of a later part told instead of the first.
  @Test("the cap and the errors are those of one go")
  func refusals() throws {
    func refusal(
      _ limits: ChoiceLimits,
      _ program: @escaping @Sendable (inout Exhaustive) throws -> [Double]
    ) -> [String] {
      let runs: [() throws -> ExactMoments] = [
        { try exactMoments(limits: limits, of: program) },
        { try exactMoments(limits: limits, threads: 2, inParts: { $1 = try program(&$0) }) },
      ]
      return runs.map { run in
        do {
          _ = try run()
          return "nothing"
        } catch { return "\(error)" }
      }
    }
    let half = [Double](repeating: 0.5, count: 8)
    let capped = refusal(ChoiceLimits(outcomes: 60_000)) { choices in
      try choices.bits(half) + choices.bits(half)
    }
    #expect(capped[0] == capped[1])
    #expect(capped[0] == "needs at least 60001 outcomes, the cap is 60000")
    let infinite = refusal(ChoiceLimits()) { choices in
      let (one, other) = (try choices.bits(half), try choices.bits(half))
      return [1, one[0] == 1 && other[7] == 1 ? log(one[6] - 1) : 0]
    }
    #expect(infinite[0] == infinite[1] && infinite[0] != "nothing")
    let lost = refusal(ChoiceLimits()) { choices in
      for _ in 0..<13 { _ = try choices.choose([0.5, 0.5 - 9e-10]) }
      return [Double(try choices.choose([0.5, 0.5 - 9e-10]))]
    }
    #expect(lost[0] == lost[1])
    let many = refusal(ChoiceLimits(choices: 20)) { choices in
      _ = try choices.bits(half)
      return try choices.bits(half) + choices.bits(half)
    }
    let words = "one run made more than 20 choices, the cap: does it end?"
    #expect(many == [words, words])
  }

  // Catches: bits as one choice in another order, of another probability, or with another count of
  // choices than flips one by one.
  @Test("bits are flips one after the other, and other bits on replay are caught")
  func bits() throws {
    let b = [0.25, 0, 0.7, 1, 0.4]
    typealias Seen = (bits: [Double], probability: Double)
    var (together, apart): ([Seen], [Seen]) = ([], [])
    let one = try forEachOutcome {
      try $0.bits(b) + $0.bits(b)
    } visit: {
      together.append(($0, $1))
    }
    let other = try forEachOutcome { choices in
      try (b + b).map { try choices.flip($0) ? 1.0 : 0 }
    } visit: {
      apart.append(($0, $1))
    }
    #expect(together.map(\.bits) == apart.map(\.bits) && one.depth == other.depth)
    #expect(
      zip(together, apart).allSatisfy { abs($0.probability - $1.probability) <= 4 * .ulpOfOne })
    var runs = 0
    #expect(throws: ChoiceError.changedItsMind(choice: 0)) {
      try forEachOutcome(
        of: { choices in
          runs += 1
          _ = try choices.bits([runs == 3 ? 0.5 : 0.25, 0.5])
        }, visit: { _, _ in })
    }
    #expect(throws: ChoiceError.notAProbability(1.5)) {
      try forEachOutcome(of: { try $0.bits([0.5, 1.5]) }, visit: { _, _ in })
    }
    let wide = [Double](repeating: 0.5, count: 13)
    #expect(try forEachOutcome(of: { try $0.bits(wide) }, visit: { _, _ in }).outcomes == 1 << 13)
  }
}
