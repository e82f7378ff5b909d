import GSL
import Probability
import Testing

// Caps, bounds and parts, next to where they begin.

@Suite("Choices at their caps")
struct ChoiceEdgeTests {
  private func flips(_ count: Int, _ limits: ChoiceLimits) throws -> Int {
    try exactMoments(limits: limits) { choices in
      var sum = 0.0
      for _ in 0..<count { sum += try choices.flip(0.5) ? 1 : 0 }
      return [sum]
    }.outcomes
  }

  // Catches: a cap that refuses what it allows, or allows one more.
  @Test("As many outcomes and choices as the cap says, and no more")
  func caps() throws {
    #expect(try flips(3, ChoiceLimits(outcomes: 8)) == 8)
    #expect(throws: ChoiceError.tooManyOutcomes(atLeast: 8, cap: 7)) {
      try flips(3, ChoiceLimits(outcomes: 7))
    }
    #expect(try flips(3, ChoiceLimits(choices: 3)) == 8)
    #expect(throws: ChoiceError.tooManyChoices(cap: 2)) { try flips(3, ChoiceLimits(choices: 2)) }
  }

  // Catches: parts that together have more outcomes than the cap, and sizes lost between parts.
  @Test("A law in parts has the caps and the moments of the whole")
  func parts() throws {
    @Sendable func program(_ choices: inout Exhaustive, _ values: inout [Double]) throws {
      var sum = 0.0
      for place in 0..<13 { sum += try choices.flip(0.3) ? Double(place) - 20 : 1 }
      values = [sum, sum * sum]
    }
    let whole = try exactMoments { choices in
      var values: [Double] = []
      try program(&choices, &values)
      return values
    }
    let parts = try exactMoments(threads: 2, inParts: program)
    #expect(parts.outcomes == 8192)
    for i in 0...1 {
      #expect(parts.smallest[i] == whole.smallest[i] && parts.largest[i] == whole.largest[i])
      #expect(abs(parts.magnitude[i] - whole.magnitude[i]) <= 1e-12 * whole.magnitude[i])
      for j in 0...1 {
        let size = whole.magnitude[i] * whole.magnitude[j]
        #expect(abs(parts.covariance[i][j] - whole.covariance[i][j]) <= 1e-12 * size)
      }
    }
    #expect(throws: ChoiceError.self) {
      try exactMoments(limits: ChoiceLimits(outcomes: 8191), threads: 2, inParts: program)
    }
    #expect(
      try exactMoments(limits: ChoiceLimits(outcomes: 8192), threads: 2, inParts: program).outcomes
        == 8192)
  }

  // Catches: the failure of whichever part happens to be last.
  @Test("Of several failures the first in order is told, whatever the threads", arguments: 1...5)
  func failures(_: Int) {
    #expect(throws: ChoiceError.notFinite(component: 0, value: .infinity)) {
      try exactMoments(threads: 4) { choices, values in
        var number = 0
        for _ in 0..<13 { number = 2 * number + (try choices.flip(0.5) ? 1 : 0) }
        values = [number == 3000 ? .infinity : number > 3000 ? .nan : 1]
      }
    }
  }

  // Catches: what each choice may be off, allowed once for all of them.
  @Test("Fifty choices, each of them 9e-10 off, may be off fifty times as much together")
  func deep() throws {
    let coverage = try forEachOutcome(
      of: { choices in for _ in 0..<50 { _ = try choices.choose([1 + 9e-10]) } },
      visit: { _, _ in })
    #expect(coverage.depth == 50 && coverage.totalProbability > 1 + 4e-8)
  }

  // Catches: outcomes of another vector of bits, because it is as long.
  @Test("Two vectors of as many bits are told apart, on their first visit and on later ones")
  func vectors() throws {
    let moments = try exactMoments { choices in
      let first = try choices.bits([0.25, 0.5])
      let second = try choices.bits(first[0] == 1 ? [0.75, 0.125] : [0.125, 0.75])
      return first + second
    }
    #expect(moments.mean == [0.25, 0.5, 0.28125, 0.59375])
  }

  // Catches: a count beyond 32 bits that traps.
  @Test("More outcomes than 32 bits count are refused")
  func wide() {
    #expect(throws: ChoiceError.self) {
      try exactMoments { choices in [Double(try choices.choose(below: 1 << 40))] }
    }
  }

  // Catches: a replayed trail that chooses what has probability zero.
  @Test("A replayed outcome of probability zero becomes the next that is possible")
  func replayed() throws {
    var cases = try Cases(replaying: [1])
    #expect(try cases.choose([0.5, 0, 0, 0.5]) == 3)
  }

  // Catches: a value of probability zero that is not looked at.
  @Test("No outcome may have a value that is no number, whatever its probability")
  func impossible() {
    #expect(throws: ChoiceError.self) {
      try exactMoments(values: [[1], [.nan]], probabilities: [1, 0], depth: 1)
    }
  }

  // Catches: one draw with a covariance.
  @Test("Samples have a spread from two draws on")
  func draws() {
    #expect(throws: ChoiceError.tooFewDraws(found: 1, needed: 2)) {
      try sampledMoments(draws: 1, seed: 1) { [$0.uniform()] }
    }
  }

  // Catches: cuts outside of the unit interval.
  @Test("Cuts outside of the unit interval cut nothing")
  func cuts() throws {
    let moments = try exactMomentsWithUniforms { choices in
      [try choices.uniform(cutAt: [-0.5, 0, 1, 2], degree: 2)]
    }
    #expect(moments.outcomes == 3)
    #expect(abs(moments.mean[0] - 0.5) <= 1e-15)
  }
}

@Suite("Bounds follow what was done")
struct BoundEdgeTests {
  private func near(_ bound: Double, _ expected: Double) -> Bool {
    bound >= expected * (1 - 1e-3) && bound <= expected * 1000 + 1e-300
  }

  // Catches: bounds a million times too wide.
  @Test("Means, variances and covariances: a few roundings of their size")
  func moments() throws {
    func program(_ choices: inout Exhaustive) throws -> [Double] {
      var sum = 0.0
      for _ in 0..<6 { sum += try choices.flip(0.3) ? 1 : -1 }
      return [sum]
    }
    let unit = Double.ulpOfOne
    let mean = try exactMeans(of: program)[0]
    let variance = try exactVariances(around: [mean.value], of: program)[0]
    // Catches: a variance of what is no number, or of other numbers than were asked for.
    for value in [Double.infinity, .nan] {
      #expect(throws: ChoiceError.self) {
        try exactVariances(around: [0]) { try $0.flip(0.5) ? [value] : [1] }
      }
    }
    #expect(throws: ChoiceError.changedItsLength(was: 1, now: 2)) {
      try exactVariances(around: [0]) { try $0.flip(0.5) ? [1, 2] : [1] }
    }
    let both = try exactMoments(of: program)
    #expect(abs(mean.value + 2.4) <= mean.roundingBound)
    #expect(mean.roundingBound <= 1000 * unit * 2.4)
    #expect(abs(variance.value - 5.04) <= variance.roundingBound)
    #expect(variance.roundingBound <= 1000 * unit * 5.04)
    #expect(abs(both.covariances[0].value - 5.04) <= both.covariances[0].roundingBound)
    #expect(both.covariances[0].roundingBound <= 1000 * unit * (5.04 + 2.4 * 2.4))
  }

  // Catches: a bound that forgets a factor, or a case near zero.
  @Test("Arithmetic: the worst case is inside the bound, and near it")
  func arithmetic() {
    let a = ExactValue(0.5, roundingBound: 0.1)
    let zero = ExactValue(0, roundingBound: 0.1)
    #expect(near((a * a).roundingBound, 0.6 * 0.6 - 0.25))
    #expect(near((zero * zero).roundingBound, 0.01))
    #expect((zero * zero).roundingBound >= 0.01)
    #expect((a * 3).roundingBound >= 0.3 && (3 * a).roundingBound >= 0.3)
    #expect((1 / zero).roundingBound == .infinity)
    #expect((1 / ExactValue(0.05, roundingBound: 0.1)).roundingBound == .infinity)
    #expect((1 / a).roundingBound >= 1 / 0.4 - 1 / 0.5)
    #expect(a.logarithm.roundingBound >= log(0.5) - log(0.4))
    #expect(zero.logarithm.roundingBound == .infinity)
    #expect(a.squareRoot.roundingBound >= sqrt(0.5) - sqrt(0.4))
    #expect(a.exponential.roundingBound >= exp(0.6) - exp(0.5))
  }

  // Catches: a quadrature whose bound is zero or has no rounding.
  @Test("Cells of normal noise: E z² is off by no more than the bound, which is not zero")
  func cells() throws {
    let square = try quadratureMean(curvature: 2, cells: 64) { noise in
      let z = try noise.standardNormal()
      return z * z
    }
    #expect(abs(square.value - 1) > 1e-4 && abs(square.value - 1) <= square.errorBound)
    let line = try quadratureMean(curvature: 0, cells: 64) { 3 + (try $0.uniform()) }
    #expect(line.errorBound > 0 && line.errorBound < 1e-12)
  }

  // Catches: a mean over noise that settles at three digits, and a change that is not counted.
  @Test("A sharp function of noise is refined until it has settled")
  func settled() throws {
    let moments = try noiseMoments { noise in
      let z = try noise.standardNormal()
      return [exp(-200 * z * z)]
    }
    #expect(abs(moments.mean[0] - 1 / sqrt(401.0)) <= 1e-12)
    #expect(moments.means[0].errorBound >= abs(moments.mean[0] - 1 / sqrt(401.0)))
    // A kink converges slowly: three digits come soon, and are not taken for settled.
    let kink = try noiseMoments { [abs(try $0.standardNormal())] }
    #expect(abs(kink.mean[0] - sqrt(2 / Double.pi)) <= 1e-7)
    let jump = try noiseMoments { [try $0.standardNormal() > 0.1 ? 1.0 : 0] }
    #expect(jump.means[0].errorBound > 1e-9)
  }

  // Catches: rules that are taken for equal when three digits of them are.
  @Test(
    "Moments of sharp functions of noise are refined until ten digits stay",
    arguments: [5, 20, 60, 200, 600])
  func tenDigits(sharpness: Double) throws {
    let settled = try settledMoments { noise in
      let z = try noise.standardNormal()
      return [exp(-sharpness * z * z)]
    }
    #expect(settled.errorBound <= 1e-9)
    #expect(abs(settled.moments.mean[0] - 1 / sqrt(1 + 2 * sharpness)) <= 1e-9)
  }

  // Catches: moments of noise whose variance is infinite.
  @Test("Moments that do not settle are refused")
  func unsettled() {
    #expect(throws: ChoiceError.self) {
      try settledMoments { noise in [1 / (try noise.uniform())] }
    }
  }

  // Catches: moments beyond the doubles that agree with each other, being infinite.
  @Test("Moments that leave the doubles are refused")
  func overflow() {
    #expect(throws: ChoiceError.self) { try settledMoments { [1e200 * (try $0.standardNormal())] } }
  }

  // Catches: a program that is zero but for rounding, refined until no rule is fine enough.
  @Test("What is zero but for rounding has settled at once")
  func zero() throws {
    let settled = try settledMoments { noise in
      let z = try noise.standardNormal()
      return [1e-3 * ((1 + z) - z - 1)]
    }
    #expect(abs(settled.moments.mean[0]) <= 1e-17 && settled.moments.outcomes < 1000)
  }

  // Catches: a cap that is reported as moments that do not agree.
  @Test("A cap below the second rule is told as a cap")
  func capped() {
    #expect(throws: ChoiceError.tooManyOutcomes(atLeast: 101, cap: 100)) {
      try settledMoments(limits: ChoiceLimits(outcomes: 100)) { [try $0.standardNormal()] }
    }
  }

  // Catches: points of no weight that are visited.
  @Test("At the nodes of noise an impossible choice is passed over")
  func impossible() throws {
    let settled = try settledMoments { choices in
      [[1, Double.nan, 2][try choices.choose([0.5, 0, 0.5])]]
    }
    #expect(settled.moments.mean == [1.5] && settled.moments.outcomes == 2)
  }

  // Catches: a five that is rounded down.
  @Test("A final five is rounded away from zero")
  func half() {
    #expect(ExactValue(1, roundingBound: 0.25).label.contains("0.25"))
    #expect(QuadratureValue(1, errorBound: 0.0125).label.contains("0.013"))
  }
}
