import Probability
import Testing
import Verification

// What judges everything else, tried next to its limits.

@Suite("Relations measure what they say")
struct RelationLimitTests {
  // Catches: a bound that is not divided by the scale of the sides.
  @Test("≈ takes its bound as it is, whatever the size of the sides")
  func within() {
    #expect(Finding.within(100, 100.5, bound: 0.6).violation().holds)
    #expect(!Finding.within(100, 100.5, bound: 0.4).violation().holds)
    #expect(Finding.within(0.01, 0.015, bound: 0.006).violation().holds)
    #expect(!Finding.within(0.01, 0.015, bound: 0.004).violation().holds)
  }

  // Catches: an order that is read off the coarsest steps.
  @Test("→ reads the order where the steps are smallest")
  func order() {
    // 3h + 40h²: of first order only when h is small.
    let steps = [0.5, 1e-4, 1e-5]
    let values = steps.map { 2 + 3 * $0 + 40 * $0 * $0 }
    let finding = Finding.tends(values, to: 2, steps: steps, order: 1, departure: 0.01)
    #expect(finding.violation().holds)
    #expect(finding.violation().worst < 1e-3)
  }

  // Catches: tolerances a thousand times too wide.
  @Test("A side that is off by 1e-12 of its size is refused where nothing was rounded")
  func tolerance() {
    #expect(!Finding.equal(1 + 1e-12, 1).violation().holds)
    #expect(!Finding.equal(-3.5 * (1 + 1e-12), -3.5).violation().holds)
    #expect(Finding.equal(1 + Double.ulpOfOne, 1).violation().holds)
  }
}

@Suite("Estimators are judged to the last digits that are left")
struct JudgeLimitTests {
  /// Two components from two flips, with a covariance of either sign.
  private func moments(shift: Double = 0, scale: Double = 1, sign: Double = 1) throws
    -> ExactMoments
  {
    try exactMoments { choices in
      let (a, b) = (try choices.flip(0.5) ? 1.0 : -1, try choices.flip(0.5) ? 1.0 : -1)
      return [0.25 + shift + scale * (a + b), sign * a + 0.5 * b * scale]
    }
  }

  // Catches: a mean that may be off by a billionth.
  @Test("A mean that is off by 1e-9 is biased")
  func mean() throws {
    #expect(judgeEstimator(try moments(), target: [0.25, 0]).mean == .unbiased)
    let off = judgeEstimator(try moments(shift: 1e-9), target: [0.25, 0])
    #expect(off.mean != .unbiased)
  }

  // Catches: variances that may be a millionth off.
  @Test("A variance that is off by 1e-9 is refused by name")
  func variance() throws {
    let off = judgeEstimator(
      try moments(scale: 1 + 1e-9), target: [0.25, 0], like: try moments())
    #expect(off.mean == .unbiased)
    #expect(off.spread?.hasPrefix("variance of component 0") == true)
  }

  // Catches: covariances off the diagonal that are not compared.
  @Test("The same variances with another covariance are refused by name")
  func covariance() throws {
    let off = judgeEstimator(
      try moments(sign: -1), target: [0.25, 0], like: try moments())
    #expect(off.spread == "covariance of components 0 and 1: found -0.5, exactly 1.5")
  }

  // Catches: a false-alarm rate that every component spends whole.
  @Test("The rate of false alarms is shared among the components")
  func shared() throws {
    func allowed(_ components: Int) throws -> [Double] {
      let sampled = try sampledMoments(draws: 1000, seed: 3) { choices in
        let flip = try choices.flip(0.5) ? 1.0 : 0
        return [Double](repeating: flip, count: components)
      }
      return try judgeSamples(
        sampled, target: [Double](repeating: 0.5, count: components),
        rates: ErrorRates(falseAlarm: 0.05)
      ).allowed.map { $0 / sampled.standardErrors[0] }
    }
    // z(α/2) and z(α/6) at α = .05.
    #expect(abs(try allowed(1)[0] - 1.959964) < 1e-5)
    for share in try allowed(3) { #expect(abs(share - 2.393980) < 1e-5) }
  }
}

@Suite("Shrinking keeps the kind of the failure")
struct ShrinkLimitTests {
  struct TooSmall: Error {}

  /// Wrong above 700, and no number at all below 3.
  private let finding: @Sendable (Int) throws -> Finding = { number in
    if number < 3 { throw TooSmall() }
    return .equalCounts(number > 700 ? 1 : 0, 0)
  }

  // Catches: a wrong number that shrinks to an error.
  @Test("A search that found a wrong number ends with one, though errors are smaller")
  func sameKind() throws {
    let found = (1...60 as ClosedRange<UInt64>).map { seed in
      search(
        stream: "kinds", findings: [finding], plan: SearchPlan(seed: seed, problems: 1)
      ) { try $0.choose(below: 1000) }[0]
    }
    #expect(found.count { !$0.holds && $0.failure == nil && $0.token == .trail([701]) } >= 5)
    #expect(found.count { $0.failure != nil } <= 3)
  }

  // Catches: shrinking to what is accepted.
  @Test("A wrong number stays a wrong number")
  func wrongNumber() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let result = search(
        stream: "kinds", findings: [finding], plan: SearchPlan(seed: seed)
      ) { try $0.choose(below: 1000) }[0]
      #expect(!result.holds)
      if result.failure == nil {
        #expect(result.token == .trail([701]))
      } else {
        #expect(result.token == .trail([0]))
      }
    }
  }
}
