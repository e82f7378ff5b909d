import GSL
import Models
import Networks
import Probability
import Testing

@testable import Approximate

@Suite("Structured autoencoders: the local optimum and what follows it")
struct StructuredBoundTests {
  /// A slope by differences at three steps, extrapolated twice, and how far the last two disagree.
  private func slope(_ f: (Double) throws -> Double) throws -> (value: Double, error: Double) {
    func central(_ h: Double) throws -> Double { (try f(h) - f(-h)) / (2 * h) }
    let h = 0x1p-7
    let (a, b, c) = (try central(h), try central(h / 2), try central(h / 4))
    let (first, second) = ((4 * b - a) / 3, (4 * c - b) / 3)
    let value = (16 * second - first) / 15
    return (value, abs(value - second) + 1e-10)
  }

  private func expectSlope(
    _ value: Double, _ what: String, _ f: (Double) throws -> Double
  ) throws {
    let (slope, error) = try slope(f)
    #expect(abs(value - slope) <= error, "\(what): \(value), differences \(slope) ± \(error)")
    #expect(error < 1e-4 * max(1, abs(slope)), "\(what): the differences say nothing")
  }

  private func expectGradients<Structure>(_ drawn: StructuredInstance<Structure>) throws {
    let bound = try drawn.bound()
    let asked = drawn.asked
    // The natural gradient by η is the ordinary one by expected statistics: F · natural = ∇_η.
    let natural = try bound.naturalGradient(asked: asked)
    let eta = drawn.globals.naturalParameters
    for direction in eta.indices {
      func moved(_ h: Double) -> [Double] {
        var eta = eta
        eta[direction] += 0.1 * h * max(1, abs(eta[direction]))
        return eta
      }
      let scale = 0.1 * max(1, abs(eta[direction]))
      let projected = try slope { h in
        zip(natural, try drawn.structure.globals(moved(h)).meanParameters()).reduce(0) {
          $0 + $1.0 * $1.1
        }
      }
      try expectSlope(projected.value, "η[\(direction)] × \(scale)") { h in
        try drawn.elbo(try drawn.bound(eta: moved(h), from: bound.local))
      }
    }
    let slopes = try bound.potentialGradient(asked: asked)
    for n in drawn.potentials.indices {
      try expectSlope(slopes[n].linear[0], "h[\(n)]") { h in
        var potentials = drawn.potentials
        potentials[n].linear = potentials[n].linear + h
        return try drawn.elbo(try drawn.bound(potentials: potentials, from: bound.local))
      }
      try expectSlope(slopes[n].precision[0, 0], "J[\(n)]") { h in
        var potentials = drawn.potentials
        potentials[n].precision += Matrix([[h]])
        return try drawn.elbo(try drawn.bound(potentials: potentials, from: bound.local))
      }
    }
  }

  // Catches: a local term with another sign, of one factor only, or from the wrong difference.
  @Test("The gradients are slopes of the ELBO as the optimum follows", arguments: 0..<12)
  func gradients(stream: Int) throws {
    try expectGradients(try .mixture(stream, components: 1 + stream % 3))
    try expectGradients(try .chain(stream))
  }

  @Test(
    "The right potentials: no term through the optimum, no gradient for the network",
    arguments: 0..<12)
  func rightPotentials(stream: Int) throws {
    func expectNone<Structure>(_ drawn: StructuredInstance<Structure>) throws {
      let bound = try drawn.bound(potentials: drawn.asked)
      let surrogate = try bound.surrogate().value
      let constants = drawn.observations.reduce(0) { $0 + drawn.decoder.logConstant(of: $1) }
      let elbo = try drawn.elbo(bound)
      #expect(abs(surrogate + constants - elbo) < 1e-12 * (abs(elbo) + abs(constants) + 1))
      #expect(try bound.localTerm(asked: drawn.asked).allSatisfy { $0 == 0 })
    }
    try expectNone(try .mixture(stream))
    try expectNone(try .chain(stream))
  }

  @Test("Sweeps and Newton's steps end where nothing moves, above all factors nearby")
  func localOptimum() throws {
    for stream in 0..<20 {
      let drawn = try StructuredInstance.mixture(stream, components: 3)
      let bound = try drawn.bound()
      let messages = try ComponentMessages(drawn.globals)
      for (n, state) in bound.local.states.enumerated() {
        let again = PointFactors.responsibilities(state, messages)
        for (a, b) in zip(again, bound.local.responsibilities[n]) { #expect(abs(a - b) < 1e-14) }
      }
    }
  }

  @Test("One component: the plain model, the same as a chain of one state with that law")
  func oneComponent() throws {
    for stream in 0..<8 {
      let drawn = try StructuredInstance.mixture(stream, components: 1)
      let bound = try drawn.bound()
      let component = drawn.globals.components[0]
      let precision = component.dof / component.scale[0][0]
      for (potential, state) in zip(drawn.potentials, bound.local.states) {
        let total = potential.precision[0, 0] + precision
        #expect(abs(state.covariance[0, 0] - 1 / total) < 1e-14)
        let mean = (potential.linear[0] + precision * component.mean[0]) / total
        #expect(abs(state.mean[0] - mean) < 1e-14)
      }
    }
  }

  @Test("A chain of two numbers: moments against the dense normal law")
  func denseChain() throws {
    let globals = try MatrixNormalInverseWishart(
      mean: [[0.9, -0.3], [0.2, 0.8]], kappa: [[3, 0.4], [0.4, 2]], dof: 5,
      scale: [[1.2, 0.3], [0.3, 0.9]])
    let dynamics = try LatentDynamics(
      initialMean: [0.5, -0.2], initialCovariance: [[1, 0.2], [0.2, 0.7]], parameters: globals)
    let potentials = [(0.4, 1.0), (-0.5, 0.2), (0.9, 0.6)].map { h, j in
      QuadraticPotential(
        linear: Vector([h, 1 - h]), precision: Matrix([[j, 0.1], [0.1, 0.5]]))
    }
    let local = try dynamics.local(potentials, under: globals)
    let dense = try DenseChain(dynamics, globals, potentials)
    for t in 0..<3 {
      #expect(zip(local.states[t].mean.array, dense.mean(t)).allSatisfy { abs($0 - $1) < 1e-13 })
      let covariance = local.states[t].covariance.array
      #expect(zip(covariance, dense.covariance(t, t)).allSatisfy { abs($0 - $1) < 1e-13 })
    }
    let upper = try local.covariances()
    for (s, t) in [(0, 1), (0, 2), (1, 2)] {
      #expect(
        zip(upper[s][t - s].array, dense.covariance(s, t)).allSatisfy { abs($0 - $1) < 1e-13 })
    }
  }
}

/// The normal law of a short chain of two-number states by one inverse.
private struct DenseChain {
  private let means: [Double]
  private let inverse: [Double]
  private let size: Int

  init(
    _ dynamics: LatentDynamics, _ globals: MatrixNormalInverseWishart,
    _ potentials: [QuadraticPotential]
  ) throws {
    let size = 2 * potentials.count
    var precision = [Double](repeating: 0, count: size * size)
    var linear = [Double](repeating: 0, count: size)
    func add(_ block: [Double], _ s: Int, _ t: Int, _ factor: Double = 1) {
      for i in 0..<2 {
        for j in 0..<2 { precision[(2 * s + i) * size + 2 * t + j] += factor * block[2 * i + j] }
      }
    }
    let initial = try LinearAlgebra.inverse(
      order: 2, Array(dynamics.initialCovariance.joined()))
    add(initial, 0, 0)
    for i in 0..<2 {
      linear[i] += (0..<2).reduce(0) { $0 + initial[2 * i + $1] * dynamics.initialMean[$1] }
    }
    let expected = try globals.meanParameters()
    let (cross, before, after) = (
      Array(expected[0..<4]), expected[4..<8].map { -2 * $0 }, expected[8..<12].map { -2 * $0 }
    )
    let crossed = [cross[0], cross[2], cross[1], cross[3]]
    for t in potentials.indices {
      add(potentials[t].precision.array, t, t)
      for i in 0..<2 { linear[2 * t + i] += potentials[t].linear[i] }
      guard t > 0 else { continue }
      add(after, t, t)
      add(before, t - 1, t - 1)
      add(cross, t, t - 1, -1)
      add(crossed, t - 1, t, -1)
    }
    let inverse = try LinearAlgebra.inverse(order: size, precision)
    (self.size, self.inverse) = (size, inverse)
    means = (0..<size).map { i in
      (0..<linear.count).reduce(0) { $0 + inverse[i * linear.count + $1] * linear[$1] }
    }
  }

  func mean(_ t: Int) -> [Double] { Array(means[(2 * t)..<(2 * t + 2)]) }
  func covariance(_ s: Int, _ t: Int) -> [Double] {
    (0..<2).flatMap { i in (0..<2).map { j in inverse[(2 * s + i) * size + 2 * t + j] } }
  }
}
