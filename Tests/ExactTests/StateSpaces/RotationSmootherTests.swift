import GSL
import Kernels
import Probability
import Testing

@testable import Exact
@testable import Models

/// The kernel's answers are held to the definition's bit for bit.
///
/// It makes the same rotations in the same order, and rounds alike. A product fused with a sum, or a sum in another order, is
/// noticed by that; so is a row or a column left out.
@Suite("Linear dynamical systems: the messages' kernel against their definition")
struct RotationSmootherTests {
  static func expectSame(
    _ sequence: LinearDynamicalSequence, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      RotationSmoother(StateSpacePosterior.rotationProblem(sequence)) != nil, comment,
      sourceLocation: sourceLocation)
    #expect(
      StateSpacePosterior.byRotations(of: sequence) == StateSpacePosterior(of: sequence), comment,
      sourceLocation: sourceLocation)
  }

  @Test("every shape from 1 to 9 states and outputs, rows that fill a register or not")
  func shapes() throws {
    for states in 1...9 {
      for outputs in 1...9 {
        var cases = try Cases(seed: 31, stream: UInt64(16 * states + outputs))
        Self.expectSame(
          try .random(states: states...states, outputs: outputs...outputs, steps: 1...9, &cases),
          "\(states) states, \(outputs) outputs")
      }
    }
    for (states, outputs) in [(13, 5), (16, 1), (17, 20), (30, 10)] {
      var cases = try Cases(seed: 32, stream: UInt64(states))
      Self.expectSame(
        try .random(states: states...states, outputs: outputs...outputs, steps: 4...4, &cases),
        "\(states) states, \(outputs) outputs")
    }
  }

  @Test("covariances that differ by up to 10²⁴, where other routes lose all digits")
  func scales() throws {
    for index in 0..<200 {
      var cases = try Cases(seed: 33, stream: UInt64(index))
      let range = -12...12
      Self.expectSame(
        try FastSmootherTests.scaled(&cases, start: range, noise: range, view: range),
        "system \(index)")
    }
    for hard in [SmootherTests.diffuse, SmootherTests.precise] {
      Self.expectSame(try hard.sequence)
    }
  }

  // Catches: the direction of which everything is known, that has a share in the evidence.
  @Test("a start of which less is unknown than it has numbers") func certainStart() throws {
    for states in 1...4 {
      for rank in 0..<states {
        var cases = try Cases(seed: 34, stream: UInt64(8 * states + rank))
        let sequence = try LinearDynamicalSequence.random(
          states: states...states, outputs: 1...3, steps: 3...3, &cases)
        let system = sequence.system
        let ones = (0..<states).map { i in
          (0..<states).map { $0 == i && i < rank ? 1.5 : 0 }
        }
        Self.expectSame(
          LinearDynamicalSequence(
            system: LinearDynamicalSystem(
              checkedMean: system.initialMean, initialCovariance: ones, dynamics: system.dynamics,
              dynamicsNoise: system.dynamicsNoise, emission: system.emission,
              emissionNoise: system.emissionNoise),
            checkedObservations: sequence.observations), "\(rank) of \(states)")
      }
    }
  }

  /// The parts of a system exchanged by ones with zeros in them.
  static func thinned(
    _ sequence: LinearDynamicalSequence, dynamics: (Int, Int) -> Double,
    noise: (Int, Int) -> Double,
    emission: (Int, Int) -> Double
  ) -> LinearDynamicalSequence {
    let system = sequence.system
    func thinned(_ rows: [[Double]], _ share: (Int, Int) -> Double) -> [[Double]] {
      rows.indices.map { i in rows[i].indices.map { j in share(i, j) * rows[i][j] } }
    }
    return LinearDynamicalSequence(
      system: LinearDynamicalSystem(
        checkedMean: system.initialMean, initialCovariance: system.initialCovariance,
        dynamics: thinned(system.dynamics, dynamics),
        dynamicsNoise: thinned(system.dynamicsNoise, noise),
        emission: thinned(system.emission, emission), emissionNoise: system.emissionNoise),
      checkedObservations: sequence.observations)
  }

  @Test("zeros: no noise, noise of some states only, outputs that see nothing, states that vanish")
  func zeros() throws {
    let one: (Int, Int) -> Double = { _, _ in 1 }
    let none: (Int, Int) -> Double = { _, _ in 0 }
    for index in 0..<20 {
      var cases = try Cases(seed: 34, stream: UInt64(index))
      let plain = try LinearDynamicalSequence.random(
        states: 1...6, outputs: 1...4, steps: 1...6, &cases)
      for sequence in [
        Self.thinned(plain, dynamics: one, noise: none, emission: one),
        Self.thinned(plain, dynamics: one, noise: { $0 > 0 && $1 > 0 ? 1 : 0 }, emission: one),
        Self.thinned(plain, dynamics: one, noise: one, emission: none),
        Self.thinned(plain, dynamics: one, noise: one, emission: { i, _ in i == 0 ? 0 : 1 }),
        Self.thinned(plain, dynamics: none, noise: one, emission: one),
        Self.thinned(plain, dynamics: none, noise: none, emission: one),
        Self.thinned(plain, dynamics: { $1 == 0 ? 0 : 1 }, noise: none, emission: none),
      ] { Self.expectSame(sequence, "system \(index)") }
    }
    var cases = try Cases(seed: 34, stream: 100)
    let system = try LinearDynamicalSystem.random(states: 3, outputs: 2, &cases)
    Self.expectSame(try system.observing([]))
  }

  @Test("a fault in what the kernel is given is noticed in the last digit") func faults() throws {
    var cases = try Cases(seed: 35, stream: 0)
    let sequence = try LinearDynamicalSequence.random(
      states: 4...4, outputs: 2...2, steps: 6...6, &cases)
    let right = StateSpacePosterior.rotationProblem(sequence)
    let want = StateSpacePosterior(of: sequence)
    #expect(RotationSmoother(right)?.means == want.means)
    let places: [WritableKeyPath<SmootherProblem, [Double]>] = [
      \.mean, \.spread, \.dynamics, \.emission, \.factor, \.observed,
    ]
    for place in places {
      var wrong = right
      // Not less: a rounding or two of one number may leave no trace in any answer.
      wrong[keyPath: place][0] *= 1 + 16 * Double.ulpOfOne
      let smoothed = try #require(RotationSmoother(wrong))
      #expect(smoothed.means != want.means)
    }
  }

  @Test("numbers near the ends of the doubles, and past them") func range() throws {
    func sequence(unit: Double, growth: Double) throws -> LinearDynamicalSequence {
      try LinearDynamicalSystem(
        initialMean: [unit, 0], initialCovariance: [[unit * unit, 0], [0, 3 * unit * unit]],
        dynamics: [[growth, 0.5], [0.25, growth]], dynamicsNoise: [[unit * unit, 0], [0, 0]],
        emission: [[1, 0.5]], emissionNoise: [[unit * unit]]
      ).observing([[unit], [0], [2 * unit]])
    }
    for unit in [0x1p-500, 0x1p-300, 1, 0x1p300, 0x1p500] {
      let plain = try sequence(unit: unit, growth: 0.5)
      Self.expectSame(plain)
      #expect(StateSpacePosterior.byRotations(of: plain).isFinite)
      let growing = try sequence(unit: unit, growth: 1e200)
      #expect(!StateSpacePosterior(of: growing).isFinite)
      #expect(!StateSpacePosterior.byRotations(of: growing).isFinite)
    }
  }
}

@Suite("Rotations") struct RotationTests {
  @Test("the length of a pair, for any two doubles; squares as they are would leave the doubles")
  func lengths() throws {
    var lost = 0
    for index in 0..<4000 {
      var cases = try Cases(seed: 36, stream: UInt64(index))
      func draw() throws -> Double {
        Double(
          sign: .plus, exponent: try cases.integer(-1070...1021),
          significand: 1 + Double(try cases.integer(0...1023)) / 1024)
      }
      let large = try draw()
      let near =
        Double(sign: .plus, exponent: try cases.integer(-30...0), significand: large) * 0.75
      let pairs: [(Double, Double)] = [
        (large, near), (near, -large), (large, try draw()), (0, large),
      ]
      for (a, b) in pairs {
        let want = hypot(a, b)
        // Each is within one unit in the last place, and the smallest doubles have one place.
        #expect((hypotenuse(a, b) - want).magnitude <= 2 * want.ulp)
        let plain = (a * a + b * b).squareRoot()
        if !((plain - want).magnitude <= 2 * want.ulp) { lost += 1 }
      }
    }
    #expect(lost > 1000)
    #expect(hypotenuse(.infinity, 1) == .infinity)
    #expect(hypotenuse(.nan, 1).isNaN)
  }

  @Test("a triangle keeps every sum of squares, and its columns come back to their places")
  func triangle() throws {
    for index in 0..<100 {
      var cases = try Cases(seed: 37, stream: UInt64(index))
      let (count, width) = (try cases.integer(1...7), try cases.integer(1...6))
      let columns = try cases.integer(0...width)
      var rows = Rows(zeros: count, width: width)
      for i in 0..<count {
        for j in 0..<width { rows[i, j] = Double(try cases.integer(-9...9)) }
      }
      let triangle = Triangle(turning: rows, columns: columns)
      for j in 0..<min(columns, count) {
        for i in (j + 1)..<max(j + 1, count) { #expect(triangle.rows[i, j] == 0) }
      }
      let restored = triangle.restored(count)
      for j in 0..<width {
        for k in 0..<width {
          let (before, after) = (0..<count).reduce((0.0, 0.0)) {
            ($0.0 + rows[$1, j] * rows[$1, k], $0.1 + restored[$1, j] * restored[$1, k])
          }
          // 7 · 6 rotations at most, of squares that add up to 7 · 81.
          #expect((before - after).magnitude <= 8 * 42 * 567 * Double.ulpOfOne)
        }
      }
    }
  }
}
