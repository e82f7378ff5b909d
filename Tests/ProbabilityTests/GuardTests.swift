import GSL
import Probability
import Testing

// Guards are tried at both sides of their limits: far beyond them any limit would do.

@Suite("Exhaustive interpretation refuses at its limits, and not before")
struct ExhaustiveGuardTests {
  private func outcomes(_ probabilities: [Double]) throws -> Int {
    try exactMoments { choices in [Double(try choices.choose(probabilities))] }.outcomes
  }

  // Catches: a sum of probabilities that may be a thousandth off.
  @Test("Probabilities may be 5e-10 off one in sum, and not 2e-9")
  func sums() throws {
    #expect(try outcomes([0.5, 0.5 + 5e-10]) == 2)
    #expect(try outcomes([0.5, 0.5 - 5e-10]) == 2)
    #expect(throws: ChoiceError.self) { try outcomes([0.5, 0.5 + 2e-9]) }
    #expect(throws: ChoiceError.self) { try outcomes([0.5, 0.5 - 2e-9]) }
  }

  // Catches: an interpreter that skips the last outcome, and one that visits what is impossible.
  @Test("Every outcome of positive probability is visited, the last included, no other")
  func visited() throws {
    var seen: [Int] = []
    try forEachOutcome(
      of: { choices in try choices.choose([0, 0.25, 0, 0.5, 0.25, 0]) },
      visit: { outcome, _ in seen.append(outcome) })
    #expect(seen == [1, 3, 4])
  }

  // Catches: a guard on lost probability so wide that it never speaks.
  @Test(
    "A program that gives other probabilities when it is replayed loses probability, and is refused"
  )
  func lost() throws {
    var runs = 0
    let error = try #require(throws: ChoiceError.self) {
      try forEachOutcome(
        of: { choices in
          runs += 1
          return try choices.choose(runs == 1 ? [0.5, 0.5] : [0.9, 0.1])
        }, visit: { _, _ in })
    }
    #expect(error == .lostProbability(total: 0.6))
    var flips = 0
    #expect(throws: ChoiceError.self) {
      try forEachOutcome(
        of: { choices in
          flips += 1
          return try choices.flip(flips == 1 ? 0.5 : 0.5 + 1e-8)
        }, visit: { _, _ in })
    }
  }
}

@Suite("What a trail of a case may hold")
struct ReplayGuardTests {
  // Catches: an index that equals the count.
  @Test("Replayed outcomes that do not fit become the nearest that does")
  func clamps() throws {
    for (outcome, place) in [(9, 2), (3, 2), (2, 2), (0, 0), (-4, 0)] {
      var cases = try Cases(replaying: [outcome])
      #expect(try cases.choose(below: 3) == place)
      var weighted = try Cases(replaying: [outcome])
      #expect(try weighted.choose([0.2, 0.3, 0.5]) == place)
    }
    var certain = try Cases(replaying: [7])
    #expect(try certain.choose([0.5, 0.5, 0]) == 1)
  }
}

@Suite("Numbers and their bounds")
struct BoundWidthTests {
  // Catches: a bound a million times too wide, behind which anything would be unbiased.
  @Test("The rounding bound of a mean holds, and is no more than a thousand times what is lost")
  func means() throws {
    // 2^12 outcomes of weights that no double holds; the exact mean is a sum of twelve tenths.
    let moments = try exactMoments { choices in
      var sum = 0.0
      for _ in 0..<12 { sum += try choices.flip(0.1) ? 1 : 0 }
      return [sum, 1e-3 * sum]
    }
    for (component, size) in [(0, 1.0), (1, 1e-3)] {
      let off = abs(moments.mean[component] - 1.2 * size)
      let bound = moments.meanBound[component]
      #expect(off <= bound)
      #expect(bound <= 1000 * Double.ulpOfOne * 1.2 * size)
    }
  }

  // Catches: a sample covariance that divides by n.
  @Test("Two draws: the covariance by hand")
  func twoDraws() throws {
    var values = [[1.0, 10], [4, 6]][...]
    let moments = try sampledMoments(draws: 2, seed: 1) { _ in values.removeFirst() }
    #expect(moments.mean == [2.5, 8])
    // (1.5² + 1.5²) / (2 − 1), and −(1.5 · 2 + 1.5 · 2) / (2 − 1).
    #expect(abs(moments.covariance[0][0] - 4.5) <= 8 * Double.ulpOfOne)
    #expect(abs(moments.covariance[0][1] + 6) <= 8 * Double.ulpOfOne)
    #expect(abs(moments.standardErrors[0] - 1.5) <= 8 * Double.ulpOfOne)
  }

  // Catches: a quadrature bound that is half of what it must be. For a parabola it is attained.
  @Test("E u² on cells of 1/n: the error is the bound, 1/(12 n²)", arguments: [4, 10, 50])
  func cells(count: Int) throws {
    let value = try quadratureMean(curvature: 2, cells: count) { noise in
      let u = try noise.uniform()
      return u * u
    }
    let off = abs(value.value - 1.0 / 3)
    #expect(abs(off - 1 / (12 * Double(count * count))) < 1e-14)
    #expect(off <= value.errorBound)
    #expect(value.errorBound < off * (1 + 1e-9))
  }

  // Catches: 0 log 0 that is not a number.
  @Test("What q excludes costs nothing, whatever p says of it")
  func excluded() {
    #expect(crossEntropy(of: [1, 0], from: [1, 0]) == 0)
    #expect(crossEntropy(of: [0.5, 0.5, 0], from: [0.25, 0.25, 0.5]) == 2 * log(2.0))
    #expect(crossEntropy(of: [0.5, 0.5], from: [1, 0]) == .infinity)
  }
}

@Suite("Noise of which no rule can be made")
struct NoiseRuleGuardTests {
  private func refusal<Law: NoiseLaw>(_ law: Law) throws -> ChoiceError {
    try #require(throws: ChoiceError.self) {
      try settledMoments { choices in
        _ = try choices.draw(law)
        return [1]
      }
    }
  }

  // Catches: a grid with more points than there are integers.
  @Test("A relaxed bit may be as cold as 0.001, and no colder")
  func temperatures() throws {
    let least = RelaxedBitNoise.leastTemperature
    #expect(try RelaxedBitNoise(logit: 0.3, temperature: least).rule(level: 0).points.count > 1)
    for temperature in [least * 0.999, 1e-300, 0, -1, .nan] {
      let error = try refusal(RelaxedBitNoise(logit: 0.3, temperature: temperature))
      #expect(
        "\(error)"
          == "a relaxed bit has a rule for temperatures of at least 0.001, found \(temperature)")
    }
  }

  // Catches: an arrival behind the last, and a wait without end.
  @Test("First arrivals leave somebody who comes next, and everybody comes")
  func arrivals() throws {
    for count in [-1, 2, 3] {
      #expect(
        try refusal(FirstArrivalsNoise(rates: [0.5, 0.25], count: count))
          == .noRule("expected fewer first arrivals than 2 states, found \(count)"))
      var sampler = try Sampler(seed: 1)
      #expect(throws: ChoiceError.self) {
        try FirstArrivalsNoise(rates: [0.5, 0.25], count: count).sample(&sampler)
      }
    }
    for rates in [[1, 0, 0], [0.5, .infinity, 1], [.nan, 1, 1]] {
      #expect(
        try refusal(FirstArrivalsNoise(rates: rates, count: 1))
          == .noRule("first arrivals have a rule for rates above zero, found \(rates)"))
    }
  }
}
