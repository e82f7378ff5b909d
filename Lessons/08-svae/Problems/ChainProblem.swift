import Exact
import LessonKit
import Models
import Networks
import Probability

/// A sequence of numbers, seen through a linear decoder, whose dynamics are uncertain.
struct ChainProblem: Sendable {
  /// p(a, Q), and where x begins.
  let dynamics: LatentDynamics
  /// q(a, Q).
  let globals: MatrixNormalInverseWishart
  /// p(y | x).
  let decoder: LinearDecoder
  /// y_t.
  let observations: [Vector]
  /// ψ_t.
  let potentials: [QuadraticPotential]

  /// The bound as a program on dual numbers.
  var program: DynamicsProgram {
    get throws {
      try DynamicsProgram(
        dynamics, globals: globals, decoder: decoder, observations: observations,
        potentials: potentials)
    }
  }

  /// ψ*_t.
  var asked: [QuadraticPotential] { observations.map(decoder.potential(of:)) }
}

extension ChainProblem {
  /// Three steps of two numbers.
  static func threeSteps() throws -> ChainProblem {
    ChainProblem(
      dynamics: try LatentDynamics(
        initialMean: [0.2], initialCovariance: [[1.1]],
        parameters: try MatrixNormalInverseWishart(
          mean: [[0.8]], kappa: [[2]], dof: 4, scale: [[0.9]])),
      globals: try MatrixNormalInverseWishart(
        mean: [[0.75]], kappa: [[3.6]], dof: 5, scale: [[0.69]]),
      decoder: try LinearDecoder(
        weights: [[0.63], [-0.34]], bias: [0.32, 0.08], variances: [0.91, 1.07]),
      observations: [[1.17, 0.04], [-1.3, -1.48], [0.81, 1.95]].map { Vector($0) },
      potentials: [(0.68, 0.31), (-0.93, 0.92), (0.26, 0.56)].map {
        QuadraticPotential(linear: $0, precision: $1)
      })
  }

  /// Three or four steps.
  static func random(_ cases: inout Cases) throws -> ChainProblem {
    let steps = try cases.integer(3...4)
    return ChainProblem(
      dynamics: try .random(&cases), globals: try LatentDynamics.random(&cases).parameters,
      decoder: try .random(outputs: 2, &cases),
      observations: try (0..<steps).map { _ in Vector(try cases.reals(2, from: -2, to: 2)) },
      potentials: try (0..<steps).map { _ in
        QuadraticPotential(
          linear: try cases.real(from: -1, to: 1.5), precision: try cases.real(from: 0.2, to: 1.2))
      })
  }
}

extension ChainProblem: Shown {
  /// The prior, q, the decoder, the data and the potentials.
  var givens: [Given] {
    func law(_ law: MatrixNormalInverseWishart) -> [Double] {
      [law.mean[0][0], law.kappa[0][0], law.dof, law.scale[0][0]]
    }
    return [
      Given(
        "mean and variance of x₀", [dynamics.initialMean[0], dynamics.initialCovariance[0][0]]),
      Given("(l₀, κ₀, ν₀, Λ₀)", law(dynamics.parameters)), Given("(l, κ, ν, Λ)", law(globals)),
      Given("w", decoder.weights.array), Given("b", decoder.bias.array),
      Given("c", decoder.variances.array), Given("y_t", observations.map(\.array)),
      Given("h_t", potentials.map { $0.linear[0] }),
      Given("J_t", potentials.map { $0.precision[0, 0] }),
    ]
  }
}
