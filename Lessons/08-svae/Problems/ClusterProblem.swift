import Exact
import LessonKit
import Models
import Networks
import Probability

/// Points on a line that was seen through a linear decoder, a q over clusters, and what a recognition network says.
struct ClusterProblem: Sendable {
  /// p(π, μ, σ²).
  let mixture: LatentMixture
  /// q(π, μ, σ²).
  var globals: MixtureParameters
  /// p(y | x).
  var decoder: LinearDecoder
  /// y_n.
  let observations: [Vector]
  /// ψ_n.
  var potentials: [QuadraticPotential]
  /// Where the sweeps begin.
  let start: [[Double]]

  /// The bound as a program on dual numbers.
  var program: MixtureProgram {
    get throws {
      try MixtureProgram(
        mixture, globals: globals, decoder: decoder, observations: observations,
        potentials: potentials, responsibilities: start)
    }
  }

  /// ψ*_n: log p(y_n | x) without its constant.
  var asked: [QuadraticPotential] { observations.map(decoder.potential(of:)) }

  /// log p(y), everything latent integrated out.
  var logEvidence: QuadratureValue {
    get throws { try mixture.exactLogEvidence(of: observations, through: decoder) }
  }

  /// The same with other potentials.
  func with(_ potentials: [QuadraticPotential]) -> ClusterProblem {
    var other = self
    other.potentials = potentials
    return other
  }

  /// The same with another q(θ).
  func with(natural eta: [Double]) throws -> ClusterProblem {
    var other = self
    other.globals = try MixtureParameters(
      naturalParameters: eta, components: mixture.componentCount)
    return other
  }
}

extension ClusterProblem {
  /// Three points of two numbers, two clusters.
  static func threePoints() throws -> ClusterProblem {
    let component = try NormalInverseWishart(mean: [-0.61], kappa: 0.6, dof: 4, scale: [[1.5]])
    let first = try NormalInverseWishart(mean: [-1.2], kappa: 1.3, dof: 5.7, scale: [[2.97]])
    let second = try NormalInverseWishart(mean: [1.3], kappa: 1.6, dof: 6.4, scale: [[2.28]])
    return ClusterProblem(
      mixture: LatentMixture(
        try MixtureParameters(
          weights: try DirichletLaw(concentration: [1.3, 1.2]), components: [component, component])
      ),
      globals: try MixtureParameters(
        weights: try DirichletLaw(concentration: [3.4, 1.5]), components: [first, second]),
      decoder: try LinearDecoder(
        weights: [[-0.68], [0.16]], bias: [0.11, 0.17], variances: [0.84, 0.38]),
      observations: [[-0.84, 2.64], [-2.22, -1.68], [-0.6, 1.39]].map { Vector($0) },
      potentials: [(1.36, 0.95), (0.44, 0.6), (1.26, 1.03)].map {
        QuadraticPotential(linear: $0, precision: $1)
      }, start: [[0.2, 0.8], [0.41, 0.59], [0.71, 0.29]])
  }

  /// Two or three points, two clusters that are apart, potentials that are not the decoder's.
  static func random(_ cases: inout Cases) throws -> ClusterProblem {
    let mixture = try LatentMixture.random(components: 2, &cases)
    let points = try cases.integer(2...3)
    func component(_ low: Double, _ high: Double) throws -> NormalInverseWishart {
      try NormalInverseWishart(
        mean: [try cases.real(from: low, to: high)], kappa: try cases.real(from: 0.8, to: 3),
        dof: try cases.real(from: 3, to: 7), scale: [[try cases.real(from: 0.8, to: 3)]])
    }
    let components = [try component(-2, -0.6), try component(0.5, 2)]
    return ClusterProblem(
      mixture: mixture,
      globals: try MixtureParameters(
        weights: try DirichletLaw(concentration: try cases.reals(2, from: 0.8, to: 4)),
        components: components),
      decoder: try .random(outputs: 2, &cases),
      observations: try (0..<points).map { _ in Vector(try cases.reals(2, from: -2, to: 2)) },
      potentials: try (0..<points).map { _ in
        QuadraticPotential(
          linear: try cases.real(from: -1, to: 1.5), precision: try cases.real(from: 0.2, to: 1.2))
      },
      start: try (0..<points).map { _ in
        let share = try cases.real(from: 0.2, to: 0.8)
        return [share, 1 - share]
      })
  }
}

extension ClusterProblem: Shown {
  /// The prior, q, the decoder, the data and the potentials.
  var givens: [Given] {
    let prior = mixture.parameters.components[0]
    let factors = globals.components
    return [
      Given(
        "(α₀, l₀, κ₀, ν₀, Λ₀)",
        words: "("
          + ["\(Given("", mixture.parameters.weights.concentration).text)"].joined() + ", "
          + [prior.mean[0], prior.kappa, prior.dof, prior.scale[0][0]].map {
            Format.short($0, digits: 12)
          }.joined(separator: ", ") + ")"),
      Given("α_k", globals.weights.concentration), Given("l_k", factors.map { $0.mean[0] }),
      Given("κ_k", factors.map(\.kappa)), Given("ν_k", factors.map(\.dof)),
      Given("Λ_k", factors.map { $0.scale[0][0] }), Given("w", decoder.weights.array),
      Given("b", decoder.bias.array), Given("c", decoder.variances.array),
      Given("y_n", observations.map(\.array)), Given("h_n", potentials.map { $0.linear[0] }),
      Given("J_n", potentials.map { $0.precision[0, 0] }), Given("start of r_nk", start),
    ]
  }
}
