import GSL
import Probability
import Testing

@Suite("Exhaustive choices")
struct ExhaustiveTests {
  @Test("20 fair flips have 2^20 outcomes of total probability 1, visited in flat memory")
  func flips() throws {
    let coverage = try forEachOutcome(
      of: { choices in
        var heads = 0
        for _ in 0..<16 where try choices.flip(0.5) { heads += 1 }
        return heads
      }, visit: { _, _ in })
    #expect(coverage.outcomes == 1 << 16)
    #expect(coverage.totalProbability == 1)
    #expect(coverage.depth == 16)
  }

  @Test("Every outcome is visited once, in order, with the product of its probabilities")
  func order() throws {
    var seen: [([Int], Double)] = []
    try forEachOutcome(
      of: { choices in
        let first = try choices.choose([0.2, 0, 0.5, 0.3])
        // A choice that depends on an earlier one, of another size.
        let second = first == 2 ? try choices.choose(below: 2) : 0
        return [first, second]
      }, visit: { seen.append(($0, $1)) })
    #expect(seen.map(\.0) == [[0, 0], [2, 0], [2, 1], [3, 0]])
    #expect(seen.map(\.1) == [0.2, 0.25, 0.25, 0.3])
  }

  // Catches: a sampler that draws several flips from another stream than one after the other.
  @Test("Flips made together are those made one after the other, sampled or visited")
  func together() throws {
    let probabilities = [0.25, 0, 1, 0.75, 0.5]
    var one = try Sampler(seed: 4)
    var all = try Sampler(seed: 4)
    var bits = [7.0]
    for _ in 0..<20 {
      try all.flip(probabilities, into: &bits)
      #expect(bits == (try probabilities.map { try one.flip($0) ? 1 : 0 }))
    }
    #expect(throws: ChoiceError.notAProbability(1.5)) { try all.flip([0.5, 1.5], into: &bits) }
    let moments = try exactMoments { choices in
      var bits: [Double] = []
      try choices.flip(probabilities, into: &bits)
      return bits
    }
    #expect(moments.mean == probabilities && moments.outcomes == 8)
  }

  @Test("Certain flips are followed, not branched")
  func certain() throws {
    let coverage = try forEachOutcome(
      of: { choices in [try choices.flip(0), try choices.flip(1)] },
      visit: { outcome, probability in
        #expect(outcome == [false, true])
        #expect(probability == 1)
      })
    #expect(coverage.outcomes == 1)
  }

  @Test("A loop with no end is refused by the cap on choices")
  func endless() {
    #expect(throws: ChoiceError.tooManyChoices(cap: 1000)) {
      try forEachOutcome(
        limits: ChoiceLimits(choices: 1000),
        of: { choices in while try !choices.flip(0.5) {} }, visit: { _, _ in })
    }
  }

  @Test("Too many outcomes are refused with the count and the cap")
  func cap() throws {
    let error = try #require(throws: ChoiceError.self) {
      try forEachOutcome(
        limits: ChoiceLimits(outcomes: 100),
        of: { choices in for _ in 0..<10 { _ = try choices.flip(0.5) } }, visit: { _, _ in })
    }
    #expect("\(error)" == "needs at least 101 outcomes, the cap is 100")
  }

  @Test(
    "What is no distribution is refused by name",
    arguments: [
      ([0.5, 0.6], "expected probabilities that sum to 1, found a sum of 1.1"),
      ([1.5, -0.5], "expected a probability between 0 and 1, found 1.5"),
      ([], "expected at least one outcome to choose from, found none"),
      ([Double.nan, 1], "expected a probability between 0 and 1, found nan"),
    ])
  func refusals(probabilities: [Double], words: String) throws {
    let error = try #require(throws: ChoiceError.self) {
      try forEachOutcome(of: { choices in try choices.choose(probabilities) }, visit: { _, _ in })
    }
    #expect("\(error)" == words)
  }

  @Test("A program with randomness of its own is caught when it is replayed")
  func hidden() throws {
    var calls = 0
    let error = try #require(throws: ChoiceError.self) {
      try forEachOutcome(
        of: { choices in
          calls += 1
          _ = try choices.choose(below: calls % 2 == 0 ? 3 : 2)
          _ = try choices.flip(0.5)
        }, visit: { _, _ in })
    }
    #expect(error == .changedItsMind(choice: 0))
  }

  @Test("A program that stops asking when replayed is caught too")
  func stopsAsking() throws {
    var calls = 0
    let error = try #require(throws: ChoiceError.self) {
      try forEachOutcome(
        of: { choices in
          calls += 1
          if calls == 1 { _ = try choices.flip(0.5) }
        }, visit: { _, _ in })
    }
    #expect(error == .changedItsMind(choice: 0))
  }
}

@Suite("Exact moments")
struct ExactMomentsTests {
  @Test("A biased coin twice: mean, covariance, range and count")
  func coin() throws {
    let moments = try exactMoments { choices in
      let z = try choices.bits([0.3, 0.3])
      return [z[0] + z[1], 10 * z[0]]
    }
    #expect(abs(moments.mean[0] - 0.6) <= 8 * Double.ulpOfOne)
    #expect(abs(moments.covariance[0][0] - 0.42) <= 8 * Double.ulpOfOne)
    #expect(abs(moments.covariance[0][1] - 2.1) <= 32 * Double.ulpOfOne)
    #expect(moments.covariance[0][1] == moments.covariance[1][0])
    #expect(moments.outcomes == 4)
    #expect(moments.smallest == [0, 0])
    #expect(moments.largest == [2, 10])
  }

  @Test("A variance far below the mean keeps its digits, where E[g²] − E[g]² would lose them all")
  func cancellation() throws {
    let moments = try exactMoments { choices in [1e9 + (try choices.flip(0.5) ? 1e-3 : 0)] }
    let naive = 0.5 * 1e9 * 1e9 + 0.5 * (1e9 + 1e-3) * (1e9 + 1e-3) - 1e9 * 1e9 - 1e6
    // The step of 1e-3 itself is rounded to a multiple of 2^-23 next to 1e9.
    let step = (1e9 + 1e-3) - 1e9
    #expect(abs(moments.variances[0] - step * step / 4) <= 1e-6 * step * step)
    #expect(abs(naive - step * step / 4) > step * step)
  }

  @Test("An outcome of tiny probability that comes first costs the variance no digits")
  func tinyFirst() throws {
    let tiny = 1e-12
    let moments = try exactMoments { choices in
      [[7.0, -1, 2][try choices.choose([tiny, 0.4, 0.6 - tiny])]]
    }
    let mean = 7 * tiny - 0.4 + 2 * (0.6 - tiny)
    let exact =
      tiny * (7 - mean) * (7 - mean) + 0.4 * (1 + mean) * (1 + mean)
      + (0.6 - tiny) * (2 - mean) * (2 - mean)
    #expect(abs(moments.variances[0] - exact) <= 64 * Double.ulpOfOne * exact)
  }

  @Test("The average of n draws has a variance of 1/n, exactly")
  func average() throws {
    func law(_ draws: Int) throws -> ExactMoments {
      try exactMoments { choices in
        var sum = 0.0
        for _ in 0..<draws { sum += Double(try choices.choose([0.2, 0.5, 0.3])) }
        return [sum / Double(draws)]
      }
    }
    let one = try law(1)
    for draws in [2, 4, 8] {
      let many = try law(draws)
      #expect(many.outcomes == Int(pow(3, Double(draws))))
      #expect(abs(many.mean[0] - one.mean[0]) <= many.meanBound[0] + one.meanBound[0])
      #expect(
        abs(many.variances[0] * Double(draws) - one.variances[0])
          <= 64 * Double.ulpOfOne * Double(draws))
    }
  }

  @Test("Outcomes of different lengths and values that are no numbers are refused")
  func refusals() throws {
    #expect(throws: ChoiceError.changedItsLength(was: 1, now: 2)) {
      try exactMoments { choices in try choices.flip(0.5) ? [1, 2] : [1] }
    }
    #expect(throws: ChoiceError.self) {
      try exactMoments { choices in [log(try choices.flip(0.5) ? 1 : 0)] }
    }
  }

  @Test("The same program, sampled, lands within six standard errors of its exact mean")
  func sampled() throws {
    struct Program {
      func run<Choices: DiscreteChoices>(_ choices: inout Choices) throws -> [Double] {
        let bits = try choices.bits([0.2, 0.7])
        return [exp(bits[0] - 2 * bits[1]), bits[1]]
      }
    }
    let exact = try exactMoments { try Program().run(&$0) }
    let sampled = try sampledMoments(draws: 20_000, seed: 7) { try Program().run(&$0) }
    for component in exact.mean.indices {
      // Six standard errors: a false alarm in 5e8.
      let distance = abs(sampled.mean[component] - exact.mean[component])
      #expect(distance <= 6 * sampled.standardErrors[component])
      #expect(
        abs(sampled.covariance[component][component] / exact.variances[component] - 1) < 0.1)
    }
    let again = try sampledMoments(draws: 20_000, seed: 7) { try Program().run(&$0) }
    #expect(again == sampled)
  }
}
