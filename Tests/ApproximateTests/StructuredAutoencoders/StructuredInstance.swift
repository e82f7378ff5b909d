import Models
import Networks
import Probability

@testable import Approximate

/// A random structured autoencoder with its data, its potentials and its global factor.
struct StructuredInstance<Structure: LatentStructure> {
  let structure: Structure
  let globals: Structure.Globals
  let decoder: LinearDecoder
  let observations: [Vector]
  let potentials: [QuadraticPotential]

  var asked: [QuadraticPotential] { observations.map(decoder.potential(of:)) }

  func bound(
    eta: [Double]? = nil, potentials: [QuadraticPotential]? = nil,
    from start: Structure.Local? = nil
  ) throws -> StructuredBound<Structure> {
    try StructuredBound(
      structure, globals: eta.map { try structure.globals($0) } ?? globals,
      potentials: potentials ?? self.potentials, from: start)
  }

  func elbo(_ bound: StructuredBound<Structure>) throws -> Double {
    let fit = zip(observations, bound.local.states).map {
      decoder.expectedLogLikelihood(of: $0, under: $1)
    }
    return try bound.elbo(expectedLogLikelihoods: fit).value
  }
}

extension StructuredInstance {
  private init(
    _ structure: Structure, _ globals: Structure.Globals, points: Int, _ cases: inout Cases
  ) throws {
    self.structure = structure
    self.globals = globals
    decoder = try .random(outputs: 2, &cases)
    observations = try (0..<points).map { _ in Vector(try cases.reals(2, from: -2, to: 2)) }
    potentials = try (0..<points).map { _ in
      QuadraticPotential(
        linear: try cases.real(from: -1, to: 1.5), precision: try cases.real(from: 0.1, to: 1.2))
    }
  }
}

extension StructuredInstance where Structure == LatentMixture {
  static func mixture(_ stream: Int, components: Int = 2) throws -> Self {
    var cases = try Cases(seed: 81, stream: UInt64(stream))
    let structure = try LatentMixture.random(components: components, &cases)
    return try .init(structure, try structure.randomGlobals(&cases), points: 3, &cases)
  }
}

extension StructuredInstance where Structure == LatentDynamics {
  static func chain(_ stream: Int) throws -> Self {
    var cases = try Cases(seed: 82, stream: UInt64(stream))
    let structure = try LatentDynamics.random(&cases)
    let other = try LatentDynamics.random(&cases)
    return try .init(structure, other.parameters, points: 4, &cases)
  }
}
