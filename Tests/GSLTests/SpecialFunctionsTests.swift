import GSL
import Testing

private typealias Special = SpecialFunctions

/// Published values: DLMF chapters 5, 7, 8 and 10, and Abramowitz and Stegun (A&S) chapters 6, 7,
/// 9 and 26, by section or table.
@Suite struct SpecialFunctionsTests {
  private let euler = 0.577_215_664_901_532_9  // DLMF 5.2.3

  @Test("The gamma family has its published values, inside its own error estimates")
  func published() throws {
    let halfLogPi = log(Double.pi) / 2
    #expect(try Special.logGamma(0.5).covers(halfLogPi))  // DLMF 5.4.6
    #expect(try Special.gamma(0.5).covers(sqrt(.pi)))
    #expect(try Special.gamma(6).covers(120))
    #expect(try Special.gamma(1.0 / 3).covers(2.678_938_534_707_747_6, digits: 16))  // A&S 6.1.13
    #expect(try Special.digamma(1).covers(-euler))  // DLMF 5.4.12
    #expect(try Special.digamma(0.5).covers(-euler - 2 * log(2)))  // DLMF 5.4.13
    #expect(try Special.trigamma(1).covers(.pi * .pi / 6))  // A&S 6.4.2
    #expect(try Special.trigamma(0.5).covers(.pi * .pi / 2))  // A&S 6.4.4
    #expect(try Special.polygamma(order: 3, 1).covers(.pi * .pi * .pi * .pi / 15))  // 3! ζ(4)
    #expect(try Special.logFactorial(10).covers(log(3_628_800)))
    #expect(try Special.logFactorial(0).value == 0)
    #expect(try Special.logChoose(50, 3).covers(log(19_600)))
    #expect(try Special.logBeta(2, 3).covers(-log(12)))
    #expect(try Special.besselI0Scaled(1).covers(0.465_759_607_7, digits: 10))  // A&S table 9.8
    #expect(try Special.besselI1Scaled(1).covers(0.207_910_415_3, digits: 10))
    // GSL's own answer, x/2, lacks the factor e^-x and claims an error of 0.
    #expect(try Special.besselI1Scaled(1e-10).covers(5e-11 * exp(-1e-10)))
    #expect(try Special.besselI1Scaled(1e-8).covers(5e-9 * exp(-1e-8)))
  }

  @Test("The gamma family holds its recurrences and reflections on random arguments")
  func identities() throws {
    var generator = try Generator(seed: 21)
    for _ in 0..<200 {
      let x = 0.01 + 30 * generator.uniform()
      let (low, high) = try (Special.logGamma(x), Special.logGamma(x + 1))
      // log Γ(x + 1) = log Γ(x) + log x (DLMF 5.5.1). x + 1 is rounded, and that moves log Γ by ψ.
      let moved = (x + 1).ulp * (try Special.digamma(x + 1).value.magnitude)
      #expect(
        (high.value - low.value - log(x)).magnitude
          <= high.error + low.error + moved + log(x).ulp + high.value.ulp)
      let (psi, psiNext) = try (Special.digamma(x), Special.digamma(x + 1))
      let slope = (x + 1).ulp * (try Special.trigamma(x + 1).value)
      #expect(
        (psiNext.value - psi.value - 1 / x).magnitude
          <= psi.error + psiNext.error + slope + 2 * (1 / x).ulp)
      let (tri, triNext) = try (Special.trigamma(x), Special.trigamma(x + 1))
      let curve = (x + 1).ulp * (try Special.polygamma(order: 2, x + 1).value.magnitude)
      #expect(
        (triNext.value - tri.value + 1 / (x * x)).magnitude
          <= tri.error + triNext.error + curve + 4 * (1 / (x * x)).ulp)
      // Γ_2(a) = π 2^(2 - 2a) Γ(2a - 1), by duplication: the multivariate one beside a plain one.
      let a = 0.75 + x
      let multivariate = try Special.logMultivariateGamma(dimension: 2, a)
      let plain = try Special.logGamma(2 * a - 1)
      let expected = log(Double.pi) + (2 - 2 * a) * log(2) + plain.value
      let rounding = 8 * (abs(plain.value) + 2 * a) * .ulpOfOne
      #expect(
        (multivariate.value - expected).magnitude <= multivariate.error + plain.error + rounding)
      // B(a, b) from three gammas.
      let beta = try Special.logBeta(x, 2)
      #expect(beta.covers(-log(x) - log(x + 1), digits: 14))
    }
    #expect(
      try Special.logMultivariateGamma(dimension: 1, 2.5).covers(Special.logGamma(2.5).value))
    // Reflection Γ(x) Γ(1 - x) = π / sin πx (DLMF 5.5.3), on dyadic x so that 1 - x is exact.
    for x in [0.25, 0.375, -1.625] {
      let (a, b) = try (Special.gamma(x), Special.gamma(1 - x))
      let slack = a.error * b.value.magnitude + b.error * a.value.magnitude
      let expected = Double.pi / sin(.pi * x)
      #expect((a.value * b.value - expected).magnitude <= slack + 8 * expected.magnitude.ulp)
    }
  }

  @Test("The normal distribution has its published values and its far tails")
  func normal() throws {
    #expect(try Special.erf(0.5).covers(0.520_499_877_8, digits: 10))  // A&S table 7.1
    #expect(try Special.erfc(1).covers(0.157_299_207_050_285_13, digits: 16))
    #expect((try Special.normalLower(1) - 0.841_344_746_068_543).magnitude < 1e-15)  // A&S 26.1
    #expect((try Special.normalUpper(2) - 0.022_750_131_948_179).magnitude < 1e-15)
    #expect((try Special.normalLowerQuantile(0.975) - 1.959_963_984_540_054).magnitude < 1e-14)
    #expect(try Special.normalUpper(-.infinity) == 1)
    #expect(try Special.normalUpper(.infinity) == 0)
    #expect(try Special.normalLower(.infinity) == 1)
    #expect(try Special.erf(-.infinity).value == -1)
    // P alone cannot see beyond 8: 1 - P(9) is 0, Q(9) is not.
    #expect(1 - (try Special.normalLower(9)) == 0)
    #expect(try Special.normalUpper(9) > 1e-19)
    for x in [-30.0, -6, -1.5, -0.3, 0, 0.4, 1, 2.5, 8, 20] {
      let (p, q) = try (Special.normalLower(x), Special.normalUpper(x))
      #expect((p + q - 1).magnitude <= 4 * .ulpOfOne)
      // The logarithms agree with the plain ones; Q's own few roundings are relative.
      let logQ = try Special.logNormalUpper(x)
      let slack = logQ.error + 64 * .ulpOfOne
      #expect((logQ.value - (x < -1 ? log1p(-p) : log(q))).magnitude <= slack)
      #expect(try Special.logNormalLower(-x) == logQ)
    }
    // Q(x) lies between φ(x) x/(1 + x²) and φ(x)/x (A&S 7.1.13), where Q itself is 0.
    for x in [40.0, 100, 1e4] {
      let density = -x * x / 2 - log(2 * .pi) / 2
      let logQ = try Special.logNormalUpper(x)
      let slack = logQ.error + density.magnitude.ulp
      #expect(logQ.value >= density + log(x / (1 + x * x)) - slack)
      #expect(logQ.value <= density - log(x) + slack)
    }
    for p in [1e-300, 1e-10, 0.02425, 0.3, 0.9] {
      let x = try Special.normalLowerQuantile(p)
      #expect(try Special.normalUpperQuantile(p) == -x)
      // A relative error of 16ε in x moves P relatively by |x| φ/P, at most x² + 1 in the tail.
      let allowed = p * 16 * .ulpOfOne * (x * x + 4)
      #expect((try Special.normalLower(x) - p).magnitude <= allowed)
    }
  }

  @Test("Chi-squared, beta and incomplete gamma agree with each other and add up to one")
  func distributions() throws {
    // A&S table 26.8: 5 % beyond 3.84146 with one degree of freedom, 11.0705 with five.
    #expect((try Special.chiSquaredUpper(3.841_46, degrees: 1) - 0.05).magnitude < 1e-6)
    #expect((try Special.chiSquaredUpperQuantile(0.05, degrees: 5) - 11.0705).magnitude < 5e-5)
    #expect((try Special.betaLower(0.3, 1, 4) - (1 - pow(0.7, 4))).magnitude < 1e-15)
    for (a, x) in [(0.5, 0.2), (2.5, 3.0), (40, 35), (3, 60)] {
      let (p, q) = try (Special.incompleteGammaLower(a, x), Special.incompleteGammaUpper(a, x))
      #expect((p.value + q.value - 1).magnitude <= p.error + q.error + .ulpOfOne)
      let lower = try Special.chiSquaredLower(2 * x, degrees: 2 * a)
      let upper = try Special.chiSquaredUpper(2 * x, degrees: 2 * a)
      #expect((lower - p.value).magnitude <= p.error + 64 * lower.ulp)
      #expect((upper - q.value).magnitude <= q.error + 64 * upper.ulp)
      let (left, right) = try (Special.betaLower(0.4, a, x), Special.betaUpper(0.4, a, x))
      #expect((left + right - 1).magnitude <= 64 * .ulpOfOne)
    }
    #expect(try Special.chiSquaredUpper(.infinity, degrees: 2) == 0)
    #expect(try Special.chiSquaredLower(.infinity, degrees: 2) == 1)
  }

  @Test("Poisson log-probabilities add up to one, and rate 0 allows a count of 0 alone")
  func poisson() throws {
    for rate in [0.1, 4.5] {
      let total = try (0..<60).map { exp(try Special.logPoisson(count: $0, rate: rate).value) }
      #expect((CompensatedSum(total).value - 1).magnitude <= 60 * 16 * .ulpOfOne)
    }
    #expect(try Special.logPoisson(count: 2, rate: 3).covers(log(4.5) - 3, digits: 15))
    #expect(try Special.logPoisson(count: 0, rate: 0).value == 0)
    // At its rate a large count has log p = −½ log 2πk − 1/12k + …, where k log λ, λ and log k! cancel.
    let nearMode = try Special.logPoisson(count: 1_000_000_000, rate: 1e9)
    #expect(nearMode.covers(-0.5 * log(2e9 * .pi) - 1 / 12e9, digits: 15))
    // Both formulas, where they meet: half the count away from the rate.
    for rate in [500.0, 1500] {
      let (below, above) = (
        try Special.logPoisson(count: 1000, rate: rate.nextDown),
        try Special.logPoisson(count: 1000, rate: rate.nextUp)
      )
      #expect(abs(below.value - above.value) <= below.error + above.error + 4 * rate.ulp)
    }
    #expect(refusal { _ = try Special.logPoisson(count: 1, rate: 0) }.contains("domain"))
    #expect(refusal { _ = try Special.logPoisson(count: -1, rate: 1) }.contains("count: -1"))
  }

  @Test("What has no answer is an error of a type, in words, and the process lives on")
  func refusals() throws {
    let domain = "argument outside the domain"
    #expect(refusal { _ = try Special.logGamma(0) } == "logGamma(0.0): \(domain)")
    #expect(refusal { _ = try Special.logGamma(-2) } == "logGamma(-2.0): \(domain)")
    #expect(refusal { _ = try Special.gamma(-1) } == "gamma(-1.0): \(domain)")
    #expect(
      refusal { _ = try Special.gamma(172) } == "gamma(172.0): result too large for a Double")
    #expect(refusal { _ = try Special.logBeta(-1, 2) } == "logBeta(-1.0, 2.0): \(domain)")
    #expect(refusal { _ = try Special.digamma(0) } == "digamma(0.0): \(domain)")
    #expect(
      refusal { _ = try Special.logMultivariateGamma(dimension: 3, 1) }
        == "logMultivariateGamma(dimension: 3, 1.0): \(domain)")
    #expect(refusal { _ = try Special.logFactorial(-1) } == "logFactorial(-1): \(domain)")
    #expect(refusal { _ = try Special.logChoose(3, 4) } == "logChoose(3, 4): \(domain)")
    #expect(refusal { _ = try Special.normalLowerQuantile(0) }.contains(domain))
    #expect(refusal { _ = try Special.normalUpperQuantile(1) }.contains(domain))
    #expect(refusal { _ = try Special.chiSquaredUpper(-1, degrees: 2) }.contains(domain))
    #expect(refusal { _ = try Special.besselI1Scaled(-1) }.contains(domain))
    #expect(refusal { _ = try Special.polygamma(order: -1, 1) }.contains(domain))
    #expect(try Special.erfc(60).value == 0)  // too small for a Double: 0, with an error
    #expect(try Special.erfc(60).error > 0)
    let tail = try Special.incompleteGammaUpper(2, 1e5)
    #expect(tail.value == 0 && tail.error > 0)  // GSL says 0 ± 0
  }

  @Test(
    "NaN is refused everywhere",
    arguments: [
      { _ = try Special.logGamma($0) }, { _ = try Special.gamma($0) },
      { _ = try Special.digamma($0) }, { _ = try Special.trigamma($0) },
      { _ = try Special.polygamma(order: 1, $0) }, { _ = try Special.logBeta($0, 1) },
      { _ = try Special.logMultivariateGamma(dimension: 2, $0) }, { _ = try Special.erf($0) },
      { _ = try Special.erfc($0) }, { _ = try Special.logErfc($0) },
      { _ = try Special.normalLower($0) }, { _ = try Special.normalUpper($0) },
      { _ = try Special.logNormalLower($0) }, { _ = try Special.logNormalUpper($0) },
      { _ = try Special.normalLowerQuantile($0) }, { _ = try Special.normalUpperQuantile($0) },
      { _ = try Special.chiSquaredLower($0, degrees: 1) },
      { _ = try Special.chiSquaredUpper(1, degrees: $0) },
      { _ = try Special.chiSquaredUpperQuantile($0, degrees: 1) },
      { _ = try Special.betaLower($0, 1, 1) }, { _ = try Special.betaUpper(0.5, $0, 1) },
      { _ = try Special.incompleteGammaLower($0, 1) },
      { _ = try Special.incompleteGammaUpper(1, $0) },
      { _ = try Special.logPoisson(count: 1, rate: $0) },
      { _ = try Special.besselI0Scaled($0) },
    ] as [@Sendable (Double) throws -> Void])
  func notANumber(_ function: @Sendable (Double) throws -> Void) {
    #expect(refusal { try function(.nan) }.hasSuffix("argument outside the domain"))
  }
}
