import GSL
import Testing

@Suite struct QuadratureTests {
  private func expectCovered(_ found: Estimated, _ exact: Double) {
    #expect((found.value - exact).magnitude <= found.error + 4 * exact.magnitude.ulp)
  }

  @Test("The adaptive rules find known integrals, inside their own error estimates")
  func known() throws {
    let sine = try Quadrature.adaptive(from: 0, to: .pi) { sin($0) }
    expectCovered(sine, 2)
    #expect(sine.error <= 1e-12 * 2)
    // A reversed interval changes the sign.
    expectCovered(try Quadrature.adaptive(from: .pi, to: 0) { sin($0) }, -2)
    // A kink, where a fixed rule fails: ∫|x - 1/3| over [0, 1] = 5/18.
    expectCovered(try Quadrature.adaptive(from: 0, to: 1) { abs($0 - 1.0 / 3) }, 5.0 / 18)
    expectCovered(try Quadrature.singular(from: 0, to: 1) { 1 / sqrt($0) }, 2)
    expectCovered(try Quadrature.singular(from: 0, to: 1) { log($0) }, -1)
    expectCovered(try Quadrature.infinite { exp(-$0 * $0 / 2) }, sqrt(2 * .pi))
    expectCovered(try Quadrature.semiInfinite(from: 2) { exp(-$0) }, exp(-2))
    #expect(try Quadrature.adaptive(from: 1, to: 1) { exp($0) }.value == 0)
  }

  @Test("The normal distribution function is the integral of its density")
  func normalMass() throws {
    for x in [-3.0, -0.5, 0, 1.7] {
      let mass = try Quadrature.semiInfinite(from: x) { exp(-$0 * $0 / 2) / sqrt(2 * .pi) }
      let expected = try SpecialFunctions.normalUpper(x)
      #expect((mass.value - expected).magnitude <= mass.error + 16 * expected.ulp)
    }
  }

  @Test("An error of the integrand comes out as it went in")
  func thrown() throws {
    for place in [1, 2, 100] {
      var calls = 0
      func interrupted(_ x: Double) throws -> Double {
        calls += 1
        if calls == place { throw Interrupted(place: place) }
        return exp(-x * x) + abs(x - 0.3)
      }
      calls = 0
      #expect(throws: Interrupted(place: place)) {
        try Quadrature.adaptive(from: 0, to: 1, interrupted)
      }
      #expect(calls == place)  // never called again after it has failed
      calls = 0
      #expect(throws: Interrupted(place: place)) {
        try Quadrature.singular(from: 0, to: 1, interrupted)
      }
      calls = 0
      #expect(throws: Interrupted(place: place)) {
        try Quadrature.wideTrapezoid(of: interrupted, from: 0, to: 1, points: 200)
      }
    }
    #expect(throws: Interrupted(place: 7)) {
      try Quadrature.infinite { _ in throw Interrupted(place: 7) }
    }
    #expect(throws: Interrupted(place: 8)) {
      try Quadrature.semiInfinite(from: 0) { _ in throw Interrupted(place: 8) }
    }
  }

  @Test("An integral inside an integrand works")
  func nested() throws {
    // ∫₀¹ ∫₀¹ x e^(xy) dy dx = e - 2.
    let found = try Quadrature.adaptive(from: 0, to: 1, relative: 1e-10) { x in
      try Quadrature.adaptive(from: 0, to: 1) { y in x * exp(x * y) }.value
    }
    #expect((found.value - (exp(1) - 2)).magnitude <= found.error + 1e-12)
  }

  @Test("What has no answer is refused in words")
  func refusals() throws {
    #expect(
      refusal { _ = try Quadrature.adaptive(from: -1, to: 1) { 1 / ($0 * 0) } }
        == "adaptive(at 0.0): the function returned nan"
        || refusal { _ = try Quadrature.adaptive(from: -1, to: 1) { 1 / ($0 * 0) } }
          .contains("the function returned")
    )
    #expect(
      refusal { _ = try Quadrature.adaptive(from: 0, to: .infinity) { $0 } }
        == "adaptive(from: 0.0, to: inf): expected a finite interval")
    #expect(
      refusal { _ = try Quadrature.adaptive(from: 0, to: 1, relative: 1e-20) { $0 } }
        .contains("relative: 1e-20"))
    #expect(
      refusal { _ = try Quadrature.adaptive(from: 0, to: 1, limit: 0) { $0 } }.contains("limit"))
    #expect(refusal { _ = try Quadrature.semiInfinite(from: .nan) { $0 } }.contains("finite"))
    let spent = refusal { _ = try Quadrature.adaptive(from: 0, to: 1, limit: 3) { 1 / sqrt($0) } }
    #expect(spent.contains("no convergence within the budget") && spent.contains("reached"))
    // 1/x over (0, 1] diverges.
    let wild = refusal { _ = try Quadrature.singular(from: 0, to: 1) { 1 / $0 } }
    #expect(wild.hasPrefix("singular(") && wild.contains("reached"))
    #expect(
      refusal { _ = try Quadrature.wideTrapezoid(of: { $0 }, from: 0, to: 1, points: 1) }
        .contains("at least 2 points"))
  }

  @Test("The wide trapezoid grid is exact to rounding for smooth densities, as its theory says")
  func trapezoid() throws {
    // h = 0.25, the density e^(-x²/2): error 2 e^(-2π²/h²) = 1e-137, tails beyond 12: 1e-32.
    let mass = try Quadrature.wideTrapezoid(
      of: { exp(-$0 * $0 / 2) }, from: -12, to: 12, points: 97)
    #expect((mass - sqrt(2 * .pi)).magnitude <= 16 * .ulpOfOne * mass)
    // E log(1 + e^X), where 64 Hermite nodes stop short of 1e-12: against the adaptive rule.
    let softplusDensity = { (x: Double) in softplus(x) * exp(-x * x / 2) / sqrt(2 * .pi) }
    let grid = try Quadrature.wideTrapezoid(of: softplusDensity, from: -13, to: 13, points: 261)
    let adaptive = try Quadrature.adaptive(from: -13, to: 13, softplusDensity)
    #expect((grid - adaptive.value).magnitude <= adaptive.error + 16 * .ulpOfOne)
    // A straight line is integrated exactly only with the ends halved.
    #expect(try Quadrature.wideTrapezoid(of: { 2 * $0 + 1 }, from: 0, to: 1, points: 2) == 2)
  }
}

@Suite struct FixedRuleTests {
  @Test(
    "Gauss–Legendre is exact for polynomials of degree 2n - 1",
    arguments: [1, 2, 3, 7, 20, 33, 64, 100, 257])
  func legendre(_ count: Int) throws {
    let rule = try FixedRule.gaussLegendre(count: count, from: 1, to: 3)
    #expect(rule.nodes.count == count)
    #expect(zip(rule.nodes, rule.nodes.dropFirst()).allSatisfy { $0 < $1 })
    #expect(rule.nodes.allSatisfy { $0 > 1 && $0 < 3 } && rule.weights.allSatisfy { $0 > 0 })
    for degree in [0, 1, count, 2 * count - 1] {
      // ∫ (x - 2 + 1)^d over [1, 3] = 2^(d + 1)/(d + 1); a node's rounding is magnified d times.
      let exact = pow(2, Double(degree + 1)) / Double(degree + 1)
      let found = rule.sum { pow($0 - 1, Double(degree)) }
      #expect((found - exact).magnitude <= 8 * Double(degree + 8) * .ulpOfOne * exact)
    }
  }

  @Test(
    "Gauss–Hermite has the moments of the standard normal distribution",
    arguments: [1, 2, 3, 8, 21, 64, 200, 500])
  func hermite(_ count: Int) throws {
    let rule = try FixedRule.gaussHermite(count: count)
    #expect(rule.nodes.count == count)
    #expect(zip(rule.nodes, rule.nodes.dropFirst()).allSatisfy { $0 < $1 })
    #expect(zip(rule.nodes, rule.nodes.reversed()).allSatisfy { ($0 + $1).magnitude <= 4 * $0.ulp })
    #expect(rule.weights.allSatisfy { $0 >= 0 })
    // E X^2k = 1·3·5···(2k - 1); odd moments vanish. √2 forgotten, or the mass √π, shows at once.
    var moment = 1.0
    for k in 0..<min(count, 12) {
      let found = rule.sum { pow($0, Double(2 * k)) }
      let slack = 16 * Double(2 * k + count) * .ulpOfOne
      #expect((found - moment).magnitude <= slack * moment)
      moment *= Double(2 * k + 1)
    }
  }

  @Test("A short rule misses the moment after its last, and the sum passes errors on")
  func limits() throws {
    // Two nodes ±1: E X⁴ comes out as 1, not 3. Exactness beyond 2n - 1 would be a mistake.
    #expect(try FixedRule.gaussHermite(count: 2).sum { $0 * $0 * $0 * $0 } == 1)
    let rule = try FixedRule.gaussLegendre(count: 3)
    #expect(throws: Interrupted(place: 3)) {
      try rule.sum { (_: Double) throws(Interrupted) -> Double in throw Interrupted(place: 3) }
    }
    #expect(refusal { _ = try FixedRule.gaussHermite(count: 0) }.contains("count: 0"))
    #expect(refusal { _ = try FixedRule.gaussHermite(count: 501) }.contains("1 to 500"))
    #expect(
      refusal { _ = try FixedRule.gaussLegendre(count: 2, from: 0, to: .nan) }.contains("nan"))
  }
}
