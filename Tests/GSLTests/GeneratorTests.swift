import Testing

@testable import GSL

@Suite struct GeneratorTests {
  @Test("Seed and stream decide every draw; changing either changes the draws")
  func reproducible() throws {
    func draws(_ seed: UInt64, _ stream: UInt64 = 0) throws -> [Double] {
      var generator = try Generator(seed: seed, stream: stream)
      return (0..<20).map { _ in generator.uniform() }
    }
    #expect(try draws(1) == draws(1))
    // 2^32 catches a seed cut to 32 bits, (1, 2) and (2, 1) a mixture that only adds.
    let pairs: [(UInt64, UInt64)] = [
      (0, 0), (1, 0), (0, 1), (1, 2), (2, 1), (1 << 32, 0), (0, 1 << 32), (4357, 0),
      (.max, 0), (.max, .max),
    ]
    let firsts = try pairs.map { try draws($0.0, $0.1)[0] }
    #expect(Set(firsts).count == pairs.count)
  }

  // Catches: a seed that folds to zero, which is the twister's word for its own default.
  @Test("A seed whose upper half folds to zero takes the lower half, made odd")
  func foldsToZero() {
    #expect(Generator.seed32(1, 0x8bcc_7be6_dd1c_8120) == 0x1234_5679)
  }

  @Test("The bits are the Mersenne twister's, in the stated order")
  func published() throws {
    // A stream is fixed for good: printed numbers of lessons rest on it. Catches a change of the
    // mixing, of the generator, or of the order of the two halves.
    var first = try Generator(seed: 1)
    var second = try Generator(seed: 1)
    let bits = first.bits()
    #expect(second.uniform() == (Double(bits >> 12) + 0.5) * 0x1p-52)
  }

  @Test("uniform lies strictly inside (0, 1) and has its mean and variance")
  func uniform() throws {
    var generator = try Generator(seed: 11)
    try expectMoments(mean: 0.5, variance: 1 / 12, fourthCentral: 1 / 80) { generator.uniform() }
    for _ in 0..<1000 {
      let u = generator.uniform()
      #expect(u > 0 && u < 1)
    }
  }

  /// Draws 20 000 and requires mean and variance within 5 standard errors: for a fresh seed a
  /// correct generator fails with probability below 2 · 6e-7, plus what is left of non-normality.
  private func expectMoments(
    mean: Double, variance: Double, fourthCentral: Double, _ draw: () throws -> Double
  ) throws {
    let n = 20_000
    let draws = try (0..<n).map { _ in try draw() }
    let meanSeen = draws.reduce(0, +) / Double(n)
    let varianceSeen = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n)
    let meanError = sqrt(variance / Double(n))
    let varianceError = sqrt((fourthCentral - variance * variance) / Double(n))
    #expect((meanSeen - mean).magnitude <= 5 * meanError)
    #expect((varianceSeen - variance).magnitude <= 5 * varianceError)
  }

  @Test("Normal, exponential, gamma and Poisson draws have their moments")
  func continuous() throws {
    var generator = try Generator(seed: 12)
    try expectMoments(mean: 0, variance: 1, fourthCentral: 3) { generator.standardNormal() }
    var one = [0.0]
    try expectMoments(mean: 0, variance: 1, fourthCentral: 3) {
      generator.standardNormals(into: &one)
      return one[0]
    }
    try expectMoments(mean: 1, variance: 1, fourthCentral: 9) { generator.exponential() }
    // Gamma: fourth central moment 3a(a + 2)s⁴. Shapes on both sides of 1; the scale is no rate.
    for (a, s) in [(2.5, 2.0), (0.5, 0.25)] {
      try expectMoments(
        mean: a * s, variance: a * s * s, fourthCentral: 3 * a * (a + 2) * s * s * s * s
      ) { try generator.gamma(shape: a, scale: s) }
    }
    // Poisson: fourth central moment λ + 3λ²; GSL changes its method at 10.
    for rate in [0.3, 30] {
      try expectMoments(mean: rate, variance: rate, fourthCentral: rate + 3 * rate * rate) {
        Double(try generator.poisson(rate: rate))
      }
    }
    #expect(try generator.poisson(rate: 0) == 0)
  }

  /// Requires counts of 30 000 draws to fit `probabilities`, at a false-alarm rate of 1e-6 for a
  /// fresh seed (chi-squared).
  private func expectFit(_ probabilities: [Double], _ draw: () throws -> Int) throws {
    var counts = [Int](repeating: 0, count: probabilities.count)
    let n = 30_000
    for _ in 0..<n {
      let cell = try draw()
      try #require(counts.indices.contains(cell))
      counts[cell] += 1
    }
    var statistic = 0.0
    for (count, probability) in zip(counts, probabilities) {
      let expected = Double(n) * probability
      if probability == 0 {
        #expect(count == 0)
      } else {
        statistic += (Double(count) - expected) * (Double(count) - expected) / expected
      }
    }
    let degrees = Double(probabilities.filter { $0 > 0 }.count - 1)
    #expect(try SpecialFunctions.chiSquaredUpper(statistic, degrees: degrees) > 1e-6)
  }

  @Test("uniform(below:) is in range and fits, for small bounds and for three quarters of 2^63")
  func uniformBelow() throws {
    var generator = try Generator(seed: 13)
    #expect(try generator.uniform(below: 1) == 0)
    try expectFit([Double](repeating: 1 / 7, count: 7)) { try generator.uniform(below: 7) }
    // 64 bits modulo 3u favour the low thirds 3 : 3 : 2, and multiplication without rejection
    // favours the residues modulo 3 in the same way (u = 2^61): one test for each.
    let u = 1 << 61
    let thirds = [Double](repeating: 1 / 3, count: 3)
    try expectFit(thirds) { try generator.uniform(below: 3 * u) / u }
    try expectFit(thirds) { try generator.uniform(below: 3 * u) % 3 }
    #expect(try generator.uniform(below: .max) >= 0)
    #expect(
      refusal { _ = try generator.uniform(below: 0) }
        == "uniform(below: 0): expected a bound above 0")
    #expect(refusal { _ = try generator.uniform(below: -3) }.contains("below: -3"))
  }

  @Test("categorical and bernoulli fit, never draw the impossible, and refuse nonsense")
  func discrete() throws {
    var generator = try Generator(seed: 14)
    try expectFit([0, 0.2, 0.5, 0, 0.3, 0]) {
      try generator.categorical([0, 0.2, 0.5, 0, 0.3, 0])
    }
    try expectFit([0.25, 0.75]) { try generator.categorical(weights: [3, 9]) }
    try expectFit([0.7, 0.3]) { try generator.bernoulli(0.3) ? 1 : 0 }
    for _ in 0..<100 {
      #expect(try !generator.bernoulli(0))
      #expect(try generator.bernoulli(1))
    }
    #expect(
      refusal { _ = try generator.categorical([0.5, 0.4]) }
        == "categorical(2 probabilities): the probabilities add up to 0.9, not 1")
    #expect(
      refusal { _ = try generator.categorical([0.5, .nan]) }
        == "categorical(entry 1 of 2): expected a finite number of at least 0, found nan")
    #expect(refusal { _ = try generator.categorical([]) }.contains("add up to 0.0, not 1"))
    #expect(refusal { _ = try generator.categorical([1.5, -0.5]) }.contains("entry 1 of 2"))
    #expect(refusal { _ = try generator.categorical(weights: [0, 0]) }.contains("add up to 0.0"))
  }

  @Test("Parameters outside the domain are refused by name")
  func refusals() throws {
    var generator = try Generator(seed: 15)
    let domain = "argument outside the domain"
    #expect(refusal { _ = try generator.bernoulli(1.1) } == "bernoulli(1.1): \(domain)")
    #expect(refusal { _ = try generator.bernoulli(.nan) } == "bernoulli(nan): \(domain)")
    #expect(
      refusal { _ = try generator.gamma(shape: 0, scale: 1) }
        == "gamma(shape: 0.0, scale: 1.0): \(domain)")
    #expect(refusal { _ = try generator.gamma(shape: 1, scale: -1) }.contains(domain))
    #expect(refusal { _ = try generator.poisson(rate: -1) } == "poisson(rate: -1.0): \(domain)")
    #expect(refusal { _ = try generator.poisson(rate: 1e300) }.contains(domain))
  }
}
