import Exact
import GSL
import Models
import Probability
import Testing

@testable import Approximate

@Suite("Variational mixtures") struct VariationalMixtureTests {
  /// A random mixture, up to five observations, and random responsibilities.
  static func problem(_ stream: Int) throws -> VariationalMixture {
    var cases = try Cases(seed: 83, stream: UInt64(stream))
    let mixture = try BayesianMixture.random(&cases)
    let count = try cases.integer(1...5)
    let (points, rows) = try (0..<count).reduce(into: ([[Double]](), [[Double]]())) { all, _ in
      all.0.append(try cases.reals(mixture.prior.dimension, from: -3, to: 3))
      let row = try cases.reals(mixture.componentCount, from: 0.05, to: 1)
      all.1.append(row.map { $0 / row.reduce(0, +) })
    }
    return try VariationalMixture(mixture, points, responsibilities: rows)
  }

  @Test("The bound rises with every half sweep and stays below the evidence", arguments: 0..<30)
  func ascends(stream: Int) throws {
    var fit = try Self.problem(stream)
    let exact = try BayesianMixturePosterior(bySubsets: fit.mixture, fit.observations).logEvidence
    var last = try fit.terms().elbo.value
    for _ in 0..<8 {
      let sweep = try fit.sweep()
      for elbo in [sweep.afterGlobals.elbo.value, sweep.afterLocals.elbo.value] {
        #expect(elbo >= last - 1e-11 && elbo <= exact.value + 1e-10)
        last = elbo
      }
    }
    if fit.mixture.componentCount == 1 { #expect(abs(last - exact.value) < 1e-10) }
  }

  /// The same model as a graph of nodes: π, θ_1 … θ_K, z_1 … z_N.
  static func graph(_ fit: VariationalMixture) throws -> MessageGraph {
    let components = fit.mixture.componentCount
    let pair = MultivariateNormalPair()
    let prior = try DirichletLaw(concentration: fit.mixture.concentration)
    var nodes: [(name: String, belief: NodeBelief)] = [("π", .free(fit.globals.weights))]
    nodes += fit.globals.components.enumerated().map { ("θ_\($0)", .free($1)) }
    nodes += try fit.responsibilities.enumerated().map {
      ("z_\($0)", .free(try CategoricalLaw(meanParameters: $1)))
    }
    var factors = [try LogFactor.prior("p(π)", of: 0, prior)]
    for k in 0..<components {
      factors.append(try .prior("p(θ_\(k))", of: k + 1, fit.mixture.prior))
    }
    for (n, x) in fit.observations.enumerated() {
      let z = components + 1 + n
      factors.append(.choice("p(z_\(n)|π)", z, among: components, weights: 0))
      factors.append(
        .gated(
          "p(x_\(n)|z_\(n), θ)", choice: z, components: Array(1...components),
          statistics: pair.statistics(of: x), logBase: pair.logBase(of: x)))
    }
    return try MessageGraph(nodes: nodes, factors: factors)
  }

  @Test("The mixture as a graph of messages makes the same sweeps", arguments: 0..<12)
  func asGraph(stream: Int) throws {
    var fit = try Self.problem(stream)
    var graph = try Self.graph(fit)
    #expect(abs(try graph.elbo().value - (try fit.terms().elbo.value)) < 1e-9)
    for _ in 0..<3 {
      let sweep = try fit.sweep()
      let before = try graph.elbo().value
      let ledger = try graph.sweep()
      let after = try graph.elbo().value
      #expect(abs(after - sweep.afterLocals.elbo.value) < 1e-8)
      #expect(abs(ledger.map(\.gain).reduce(0, +) - (after - before)) < 1e-9)
      #expect(ledger.allSatisfy { $0.gain > -1e-10 })
    }
    for (n, row) in fit.responsibilities.enumerated() {
      let node = fit.mixture.componentCount + 1 + n
      for (a, b) in zip(graph.meanParameters(of: node), row) { #expect(abs(a - b) < 1e-8) }
      #expect(graph.blanket(of: node) == Array(0...fit.mixture.componentCount))
    }
  }

  @Test("A stochastic step of length one on all data is a coordinate update", arguments: 0..<8)
  func wholeStep(stream: Int) throws {
    var fit = try Self.problem(stream)
    var steps = StochasticMixture(fit.mixture, fit.observations, globals: fit.globals)
    let half = try steps.globals.moved(0.5, towards: steps.globals)
    #expect(half.components.map(\.kappa) == steps.globals.components.map(\.kappa))
    try steps.step(1, batch: Array(fit.observations.indices))
    try fit.updateLocals()
    try fit.updateGlobals()
    for (a, b) in zip(steps.globals.components, fit.globals.components) {
      for (x, y) in zip(a.naturalParameters, b.naturalParameters) {
        #expect(abs(x - y) < 1e-10 * (1 + abs(y)))
      }
    }
  }

  @Test("Posteriors about the data's mean are those by addition", arguments: 0..<12)
  func centred(stream: Int) throws {
    let fit = try Self.problem(stream)
    let weights = fit.responsibilities.map { $0[0] }
    var eta = fit.mixture.prior.naturalParameters
    for (weight, x) in zip(weights, fit.observations) {
      for (index, t) in MultivariateNormalPair().statistics(of: x).enumerated() {
        eta[index] += weight * t
      }
    }
    let found = fit.mixture.prior.posterior(given: fit.observations, weights: weights)
    for (a, b) in zip(found.naturalParameters, eta) { #expect(abs(a - b) < 1e-11 * (1 + abs(b))) }
  }

  @Test("Every subset is as likely") func subsets() throws {
    let means = try exactMeans { choices in
      let chosen = try randomSubset(of: 5, size: 2, &choices)
      return (0..<5).flatMap { i in
        (0..<5).map { chosen.contains(i) && chosen.contains($0) ? 1 : 0 }
      }
    }
    for i in 0..<5 {
      for j in 0..<5 {
        #expect(abs(means[5 * i + j].value - (i == j ? 0.4 : 0.1)) < 1e-15)
      }
    }
  }
}
