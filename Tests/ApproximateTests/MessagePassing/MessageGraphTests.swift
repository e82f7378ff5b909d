import GSL
import Probability
import Testing

@testable import Approximate

@Suite("Variational message passing") struct MessageGraphTests {
  @Test("A Gaussian chain: the means are exact, the variances those given the neighbours")
  func chain() throws {
    // x_0 ~ N(0, 1), x_t ~ N(0.9 x_(t−1), 0.5), y_t ~ N(x_t, 0.25), three steps.
    let y = [0.4, 1.3, -0.2]
    var nodes: [(name: String, belief: NodeBelief)] = (0..<3).map {
      ("x_\($0)", .free(NormalLaw(mean: 0, variance: 1)))
    }
    nodes += y.enumerated().map { ("y_\($0)", .known([$1, $1 * $1])) }
    var factors = [LogFactor.normal("p(x_0)", 0, mean: [], precision: 1)]
    for t in 1..<3 {
      factors.append(.normal("p(x_\(t)|x)", t, mean: [(0.9, t - 1)], precision: 2))
    }
    for t in 0..<3 { factors.append(.normal("p(y_\(t)|x)", 3 + t, mean: [(1, t)], precision: 4)) }
    var graph = try MessageGraph(nodes: nodes, factors: factors)
    for _ in 0..<200 { try graph.sweep() }
    let diagonal = [1 + 2 * 0.81 + 4, 2 + 2 * 0.81 + 4, 2 + 4.0]
    let precision = [
      diagonal[0], -1.8, 0, -1.8, diagonal[1], -1.8, 0, -1.8, diagonal[2],
    ]
    let exact = try LinearAlgebra.solve(order: 3, precision, right: y.map { 4 * $0 })
    for t in 0..<3 {
      let means = graph.meanParameters(of: t)
      #expect(abs(means[0] - exact[t]) < 1e-12)
      #expect(abs(means[1] - means[0] * means[0] - 1 / diagonal[t]) < 1e-12)
    }
    #expect(graph.blanket(of: 0) == [1, 3])
    #expect(graph.blanket(of: 1) == [0, 2, 4])
  }

  @Test("A normal sample with unknown mean and precision keeps its bound rising")
  func precision() throws {
    let x = [1.2, 0.7, 2.1]
    var nodes: [(name: String, belief: NodeBelief)] = [
      ("μ", .free(NormalLaw(mean: 0, variance: 1))), ("τ", .free(GammaLaw(shape: 1, rate: 1))),
    ]
    nodes += x.map { ("x", .known([$0, $0 * $0])) }
    var factors = [
      try LogFactor.prior("p(μ)", of: 0, NormalLaw(mean: 0, variance: 4)),
      try .prior("p(τ)", of: 1, GammaLaw(shape: 2, rate: 1)),
    ]
    for n in x.indices { factors.append(.normal("p(x)", 2 + n, mean: 0, precision: 1)) }
    var graph = try MessageGraph(nodes: nodes, factors: factors)
    for _ in 0..<20 {
      #expect(try graph.sweep().allSatisfy { $0.gain > -1e-13 })
    }
    // A fixed point: every belief is its own target.
    for node in 0...1 {
      guard case .free(let law) = graph.beliefs[node] else { continue }
      for (a, b) in zip(law.naturalParameters, graph.target(node)) {
        #expect(abs(a - b) < 1e-9 * (1 + abs(b)))
      }
    }
  }

  @Test("What is not linear in a node's statistics is refused") func refusals() throws {
    let square = LogFactor("p(y|x²)", [.init(1, [StatisticPlace(0, 0), StatisticPlace(0, 1)])])
    let node: (name: String, belief: NodeBelief) = ("x", .free(NormalLaw(mean: 0, variance: 1)))
    #expect(throws: GraphError.notConjugate(factor: "p(y|x²)", node: "x")) {
      try MessageGraph(nodes: [node], factors: [square])
    }
    #expect(throws: GraphError.noStatistic(factor: "f", node: 0, index: 2)) {
      try MessageGraph(nodes: [node], factors: [LogFactor("f", [.init(1, [StatisticPlace(0, 2)])])])
    }
    var known = try MessageGraph(nodes: [("y", .known([1, 1]))], factors: [])
    #expect(throws: GraphError.known(node: "y")) { try known.update(0) }
    var improper = try MessageGraph(
      nodes: [node], factors: [LogFactor("f", [.init(1, [StatisticPlace(0, 1)])])])
    #expect(throws: GraphError.self) { try improper.update(0) }
  }

  @Test("One site is exact") func oneSite() throws {
    let prior = NormalLaw(mean: 0.3, variance: 2)
    let site = ClutterSite(observation: 1.4, variance: 0.6, clutter: 0.2, noise: 10)
    var ep = try ExpectationPropagation(prior: prior, sites: [site])
    try ep.update(0)
    let (logNormaliser, means) = try site.tilted(prior)
    for (a, b) in zip(try ep.posterior().meanParameters(), means) { #expect(abs(a - b) < 1e-13) }
    #expect(abs(try ep.logEvidence().value - logNormaliser) < 1e-13)
    let evidence =
      0.8 * exp(NormalLaw(mean: 0.3, variance: 2.6).logDensity(1.4))
      + 0.2 * exp(NormalLaw(mean: 0, variance: 10).logDensity(1.4))
    #expect(abs(logNormaliser - log(evidence)) < 1e-14)
  }
}
