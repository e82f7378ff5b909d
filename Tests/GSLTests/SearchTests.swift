import GSL
import Testing

@Suite struct ScalarSearchTests {
  @Test("Brent's minimum of a smooth function is as good as rounding allows")
  func minimum() throws {
    // x - log x: minimum 1 at 1, curvature 1; values are flat within √(2ε) of it.
    let found = try ScalarSearch.minimum(from: 0.1, to: 5, guess: 2) { $0 - log($0) }
    #expect((found.point - 1).magnitude <= 4 * sqrt(2 * .ulpOfOne))
    #expect((found.value - 1).magnitude <= 2 * .ulpOfOne)
    #expect(found.bracket.contains(found.point) && found.iterations > 0)
    #expect(
      refusal { _ = try ScalarSearch.minimum(from: 0, to: 1, guess: 0.5) { $0 } }
        .hasSuffix("expected a value at the guess below those at both ends"))
    #expect(
      refusal { _ = try ScalarSearch.minimum(from: 0, to: 1, guess: 2) { $0 } }
        .hasSuffix("expected the guess inside the interval"))
    #expect(
      refusal { _ = try ScalarSearch.minimum(from: -1, to: 2, guess: 0.4, limit: 2) { cosh($0) } }
        .contains("no convergence within the budget"))
  }

  @Test("Brent's root keeps its bracket")
  func root() throws {
    let found = try ScalarSearch.root(from: 0, to: 1) { cos($0) - $0 }
    #expect((found.point - 0.739_085_133_215_160_6).magnitude <= 4e-15)
    #expect(found.bracket.contains(found.point))
    #expect(found.bracket.upperBound - found.bracket.lowerBound <= 2 * 0x1p-50)
    #expect(try ScalarSearch.root(from: -1, to: 1) { $0 }.point == 0)
    #expect(
      refusal { _ = try ScalarSearch.root(from: 1, to: 2) { $0 } }
        == "root(from: 1.0, to: 2.0): expected values of opposite signs at the ends")
    #expect(
      refusal { _ = try ScalarSearch.root(from: 2, to: 1) { $0 } }.contains("lower end first"))
    #expect(
      refusal { _ = try ScalarSearch.root(from: 0, to: 1, limit: 1) { cos($0) - $0 } }
        .contains("no convergence"))
  }

  @Test("What the function throws comes out; NaN is refused with its place")
  func thrown() throws {
    for place in 1...6 {
      var calls = 0
      func interrupted(_ x: Double) throws -> Double {
        calls += 1
        if calls == place { throw Interrupted(place: place) }
        return x * x - 0.5 + x / 7
      }
      calls = 0
      #expect(throws: Interrupted(place: place)) {
        try ScalarSearch.root(from: 0, to: 1, interrupted)
      }
      calls = 0
      #expect(throws: Interrupted(place: place)) {
        try ScalarSearch.minimum(from: -1, to: 1.5, guess: 0.1, interrupted)
      }
    }
    #expect(
      refusal { _ = try ScalarSearch.root(from: -1, to: 1) { log($0) } }
        == "root(at -1.0): the function returned nan")
  }
}

@Suite struct MinimiserTests {
  /// Rosenbrock's valley, with its minimum 0 at (1, 1): steps along a coordinate make no headway.
  private func valley(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
    return (a * a + 100 * b * b, [-2 * a - 400 * x[0] * b, 200 * b])
  }

  @Test("Both minimisers walk through Rosenbrock's valley")
  func rosenbrock() throws {
    let simplex = try Minimiser.simplex(from: [-1.2, 1]) { valley($0).value }
    #expect(simplex.convergence == .withinTolerance)
    // The least curvature at the minimum is 0.4: values below 1e-14 mean |x - 1| below 3e-7.
    #expect(largestDifference(simplex.point, [1, 1]) <= 1e-6)
    let bfgs = try Minimiser.bfgs(from: [-1.2, 1]) { valley($0) }
    #expect(bfgs.convergence == .withinTolerance && bfgs.iterations < 100)
    // Gradient norm ≤ 1e-8 and least curvature 0.39: the point is within 3e-8.
    #expect(largestDifference(bfgs.point, [1, 1]) <= 3e-8)
    #expect(bfgs.value == valley(bfgs.point).value)
  }

  @Test("A minimum at the start needs no iteration; one variable will do")
  func edges() throws {
    let there = try Minimiser.bfgs(from: [1, 1]) { valley($0) }
    #expect(there.iterations == 0 && there.point == [1, 1])
    let single = try Minimiser.bfgs(from: [3]) { (cosh($0[0]), [sinh($0[0])]) }
    #expect(single.point[0].magnitude <= 1e-8)
    let flat = try Minimiser.simplex(from: [3], tolerance: 1e-6) { abs($0[0] - 2) }
    #expect((flat.point[0] - 2).magnitude <= 1e-5)
  }

  @Test("A tolerance below rounding ends without further progress, and says so")
  func noProgress() throws {
    // Values near 1e8 + x² hide x below 1e-4: no line search can reach a gradient of 1e-12.
    let found = try Minimiser.bfgs(from: [1, 2], gradientTolerance: 1e-300) { x in
      (1e8 + x[0] * x[0] + cosh(x[1]), [2 * x[0], sinh(x[1])])
    }
    #expect(found.convergence == .noFurtherProgress || found.point == [0, 0])
  }

  @Test("Mistakes of the caller are refused in words")
  func refusals() throws {
    #expect(
      refusal { _ = try Minimiser.bfgs(from: [-1.2, 1], limit: 3) { valley($0) } }
        .contains("3 iterations; reached"))
    #expect(
      refusal { _ = try Minimiser.simplex(from: [-1.2, 1], limit: 3) { valley($0).value } }
        .contains("no convergence within the budget"))
    #expect(
      refusal { _ = try Minimiser.bfgs(from: [1, 2]) { (($0[0]), [1]) } }
        == "bfgs(at [1.0, 2.0]): expected a gradient of 2 numbers, found 1")
    #expect(refusal { _ = try Minimiser.bfgs(from: [1]) { ($0[0], []) } }.contains("found 0"))
    #expect(
      refusal { _ = try Minimiser.bfgs(from: [1]) { ($0[0], [.nan]) } }
        == "bfgs, gradient[0](at [1.0]): the function returned nan")
    #expect(
      refusal { _ = try Minimiser.simplex(from: [-1]) { log($0[0]) } }
        == "simplex(at [-1.0]): the function returned nan")
    #expect(refusal { _ = try Minimiser.simplex(from: []) { _ in 0 } }.contains("at least one"))
    #expect(refusal { _ = try Minimiser.simplex(from: [1], step: 0) { _ in 0 } }.contains("step"))
    #expect(refusal { _ = try Minimiser.bfgs(from: [.nan]) { ($0[0], [1]) } }.contains("finite"))
  }

  @Test("What the function throws comes out of both", arguments: [1, 2, 3, 5, 9])
  func thrown(place: Int) throws {
    var calls = 0
    func interrupted(_ x: [Double]) throws -> (value: Double, gradient: [Double]) {
      calls += 1
      if calls == place { throw Interrupted(place: place) }
      return valley(x)
    }
    #expect(throws: Interrupted(place: place)) {
      try Minimiser.simplex(from: [-1.2, 1]) { try interrupted($0).value }
    }
    #expect(calls == place)
    calls = 0
    #expect(throws: Interrupted(place: place)) {
      try Minimiser.bfgs(from: [-1.2, 1], interrupted)
    }
    #expect(calls == place)
  }
}
