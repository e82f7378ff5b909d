import Networks
import Testing
import _Differentiation

/// The checker itself must refuse: these are the derivatives that people get wrong.
@Suite struct DerivativeCheckTests {
  private let point = [0.3, -0.8, 1.9]
  private func function(_ x: [Double]) -> Double { x[0] * x[1] + x[2] * x[2] * x[2] }
  private var gradient: [Double] { [-0.8, 0.3, 3 * 1.9 * 1.9] }

  @Test func acceptsTheGradient() {
    #expect(complaints(aboutGradient: gradient, of: function, at: point).isEmpty)
  }

  @Test(arguments: [
    [0.8, -0.3, -10.83],  // wrong sign
    [0.3, -0.8, 10.83],  // operands exchanged
    [-0.8, 0.3, 3.61],  // a factor dropped
    [-0.8, 0.3, 10.83 * (1 + 1e-6)],  // off by a millionth
    [-0.8, 0.3, .nan],
    [-0.8, 0.3],  // one missing
  ])
  func refusesOthers(_ wrong: [Double]) {
    #expect(!complaints(aboutGradient: wrong, of: function, at: point).isEmpty)
  }

  @Test func saysWhere() {
    let found = complaints(aboutGradient: [-0.8, 0.5, 10.83], of: function, at: point)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("coordinate 1: expected 0.3") == true)
  }

  @Test func refusesAKink() {
    // At 0 the differences of |x| agree on 0, at a step nearby they cannot judge.
    let found = complaints(
      aboutGradient: [1], of: { ($0[0] - 0x1p-14).magnitude }, at: [0])
    #expect(!found.isEmpty)
  }

  @Test func refusesARegisteredDerivativeThatIsWrong() {
    let found = complaints(at: Vector([0.4, -1.2])) { probed(wronglyDifferentiatedSquare($0)) }
    #expect(found.count == 2)
  }
}

/// x² with the derivative x: the factor 2 forgotten, as happens.
func wronglyDifferentiatedSquare(_ vector: Vector) -> Vector { vector * vector }

@derivative(of: wronglyDifferentiatedSquare)
func wrongDerivative(
  _ vector: Vector
) -> (value: Vector, pullback: (Vector) -> Vector) {
  (wronglyDifferentiatedSquare(vector), { $0 * vector })
}
