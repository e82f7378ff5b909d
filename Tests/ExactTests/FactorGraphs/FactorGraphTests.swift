import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

/// A random field with evidence for some of its variables.
struct FieldProblem: Sendable {
  var graph: FactorGraph
  var evidence: [Int?]

  /// Up to six variables in up to seven tables with zeros; one model in a few is impossible.
  static func draw(_ cases: inout Cases) throws -> FieldProblem {
    let graph = try FactorGraph.random(
      variables: cases.integer(1...6), factors: cases.integer(0...7), &cases)
    var evidence: [Int?] = []
    for cardinality in graph.cardinalities {
      let value = try cases.choose(below: cardinality)
      evidence.append(try cases.flip(0.3) ? value : nil)
    }
    return FieldProblem(graph: graph, evidence: evidence)
  }

  /// Random problems, always the same ones.
  static func all(_ count: Int = 60) throws -> [FieldProblem] {
    try (0..<count).map { stream in
      var cases = try Cases(seed: 29, stream: UInt64(stream))
      return try draw(&cases)
    }
  }

  /// The same field with each weight w ↦ w · 10^(−150 k), k from 0 to 3: far outside of the doubles'
  /// range in products.
  var farApart: FieldProblem {
    get throws {
      let factors = graph.factors.enumerated().map { number, factor in
        FactorGraph.Factor(
          factor.variables,
          logWeights: factor.logWeights.enumerated().map {
            $1 - Double((3 * number + $0) % 4) * 150 * log(10.0)
          })
      }
      return FieldProblem(
        graph: try FactorGraph(cardinalities: graph.cardinalities, factors: factors),
        evidence: evidence)
    }
  }
}

@Suite("Factor graphs: messages in a junction tree against all joint states")
struct FactorGraphTests {
  static func numbers(_ posterior: FactorGraphPosterior) -> [Double] {
    [posterior.logEvidence.value] + (posterior.marginals ?? []).joined()
      + (posterior.factorMarginals ?? []).joined()
  }

  static let tree = Route<FieldProblem>("a junction tree") {
    numbers(try CompiledFactorGraph($0.graph).posterior($0.evidence))
  }
  static let states = Route<FieldProblem>("all joint states") {
    numbers(.enumerated(of: $0.graph, evidence: $0.evidence))
  }

  static let spoilt = [
    Route<FieldProblem>("the evidence is ignored") {
      numbers(try CompiledFactorGraph($0.graph).posterior($0.evidence.map { _ in nil }))
    },
    Route<FieldProblem>("the last table is left out") { problem in
      let fewer = try FactorGraph(
        cardinalities: problem.graph.cardinalities, factors: Array(problem.graph.factors.dropLast())
      )
      return numbers(try CompiledFactorGraph(fewer).posterior(problem.evidence))
    },
    tree.offByAPercent(),
  ]

  // Catches: a message that is sent twice or not at all, a factor without a home, evidence that is
  // entered in one clique and contradicted in another, blocks in the wrong order.
  @Test("log Z, marginals and tables of factors are those of the sum over states")
  func treeAgainstStates() throws {
    try expectAgreement(
      Self.tree, Self.states, faultsInOne: Self.spoilt,
      faultsInOther: [Self.states.offByAPercent()],
      roundings: 200, draw: FieldProblem.draw)
  }

  // Catches: products that vanish below the range of a double, and a scale that is forgotten.
  @Test("Weights 10^450 apart: the same, and doubles notice that they do not do")
  func farApart() throws {
    var lost = 0
    for problem in try FieldProblem.all() {
      let far = try problem.farApart
      let compiled = try CompiledFactorGraph(far.graph)
      if compiled.doubles(far.evidence).flatMap({ CollectedTables($0) }) == nil { lost += 1 }
      let (found, wanted) = (
        Self.numbers(try compiled.posterior(far.evidence)),
        Self.numbers(.enumerated(of: far.graph, evidence: far.evidence))
      )
      #expect(found.count == wanted.count)
      for (a, b) in zip(found, wanted) where a != b {
        #expect(abs(a - b) <= 1e-11 * max(1, abs(b)), "\(a), not \(b)")
      }
    }
    #expect(lost > 10)
  }

  // Catches: a belief net whose tables are laid out in another order than the graph's.
  @Test("A belief net's tree is its elimination of variables")
  func beliefNets() throws {
    for stream in 0..<40 {
      var cases = try Cases(seed: 31, stream: UInt64(stream))
      let problem = try BayesNetTests.draw(&cases)
      let net = try BayesNetPosterior(of: problem.net, evidence: problem.evidence)
      let field = try CompiledFactorGraph(FactorGraph(of: problem.net)).posterior(problem.evidence)
      #expect(abs(net.logEvidence.value - field.logEvidence.value) <= 1e-13)
      for (one, other) in zip(net.marginals ?? [], field.marginals ?? []) {
        for (a, b) in zip(one, other) { #expect(abs(a - b) <= 1e-13) }
      }
      #expect((net.marginals == nil) == (field.marginals == nil))
    }
  }

  // Catches: a bound that is smaller than what rounding does, on either side.
  @Test("The two routes differ by less than their bounds, which are small")
  func bounds() throws {
    for problem in try FieldProblem.all() {
      let one = try CompiledFactorGraph(problem.graph).posterior(problem.evidence).logEvidence
      let other = FactorGraphPosterior.enumerated(of: problem.graph, evidence: problem.evidence)
        .logEvidence
      guard one.value > -.infinity else { continue }
      #expect(abs(one.value - other.value) <= one.roundingBound + other.roundingBound)
      // Sums of at least one table are rounded; a bound of nothing would be a lie.
      #expect(one.roundingBound < 1e-12 && (one.roundingBound > 0 || problem.graph.factors.isEmpty))
    }
  }

  // Catches: an order that joins more than it must; a chain and a grid have known widths.
  @Test("A chain's tables are pairs; a grid of 6 x 6 needs no more than seven of its variables")
  func widths() throws {
    let chain = (1..<2000).map { [$0 - 1, $0] }
    let pairs = EliminationOrder.best(of: [Int](repeating: 3, count: 2000), chain)
    #expect(pairs.cliques.allSatisfy { $0.count <= 2 })
    let tree = JunctionTree(of: [Int](repeating: 3, count: 2000), chain, pairs)
    #expect(tree.cliques.count == 1999 && tree.largest == 9 && tree.cells == 9 * 1999)
    var grid: [[Int]] = []
    for place in 0..<36 {
      if place % 6 < 5 { grid.append([place, place + 1]) }
      if place < 30 { grid.append([place, place + 6]) }
    }
    let order = EliminationOrder.best(of: [Int](repeating: 2, count: 36), grid)
    #expect(order.cliques.allSatisfy { $0.count <= 7 })
  }

  // Catches: the worst of the orders, or always the same one.
  @Test("Of the greedy orders the one with the fewest cells is taken, and each is it sometimes")
  func orders() throws {
    var wins: Set<EliminationOrder.Cost> = []
    for stream in 0..<200 {
      var cases = try Cases(seed: 37, stream: UInt64(stream))
      let graph = try FactorGraph.random(variables: 14, factors: 16, &cases)
      let scopes = graph.factors.map(\.variables)
      func cells(_ cost: EliminationOrder.Cost) -> Double {
        EliminationOrder(of: graph.cardinalities, scopes, least: cost).cells
      }
      let best = EliminationOrder.best(of: graph.cardinalities, scopes).cells
      let least = EliminationOrder.Cost.allCases.map(cells).min()
      #expect(best == least)
      let winners = EliminationOrder.Cost.allCases.filter { cells($0) == least }
      if winners.count == 1 { wins.formUnion(winners) }
    }
    #expect(wins.count == 3)
  }

  // Catches: a graph that is too wide and takes all memory instead of being refused by name.
  @Test("A wide graph is refused with what it would need")
  func wide() throws {
    let all = (0..<40).flatMap { one in (0..<one).map { [$0, one] } }
    let graph = try FactorGraph(
      cardinalities: [Int](repeating: 2, count: 40),
      factors: all.map { .init($0, weights: [1, 2, 2, 1]) })
    let refusal = #expect(throws: ExactRefusal.self) { try CompiledFactorGraph(graph) }
    let text = try #require(refusal).description
    #expect(text.hasPrefix("variables: 40 variables, 40 of them in one table: tables of "))
    let steep = try FactorGraph(
      cardinalities: [2], factors: [.init([0], logWeights: [0, 1e7])])
    #expect(throws: ExactRefusal.imprecise("factors[0].table")) {
      try CompiledFactorGraph(steep)
    }
  }

  // Catches: a table of the wrong length, a variable twice, a value that is none.
  @Test("What is no field, and evidence that is none of it, is refused by its place")
  func refusals() throws {
    func refusal(_ cardinalities: [Int], _ factors: [FactorGraph.Factor]) -> String {
      do {
        _ = try FactorGraph(cardinalities: cardinalities, factors: factors)
        return ""
      } catch { return "\(error)" }
    }
    #expect(refusal([], []) == "variables: expected at least one entry, found none")
    #expect(refusal([0], []) == "variables[0]: expected at least one state, found 0")
    #expect(
      refusal([2], [.init([1], weights: [])])
        == "factors[0].variables[0]: expected an index from 0 to 0, found 1")
    #expect(
      refusal([2], [.init([0, 0], weights: [1, 1, 1, 1])])
        == "factors[0].variables: expected distinct variables")
    #expect(
      refusal([2, 3], [.init([0, 1], weights: [1])])
        == "factors[0].table: expected 6 entries, found 1")
    #expect(
      refusal([2], [.init([0], weights: [1, -1])])
        == "factors[0].table[1]: expected a finite weight that is not negative")
    let graph = try FactorGraph(cardinalities: [2], factors: [])
    // Catches: evidence that does not fit, said to be the first.
    for route in ExactRoute.allCases {
      let found = #expect(throws: ExactRefusal.self) {
        try ExactAnswers(of: graph, evidence: [[nil], [2]], ExactRequest(route: route))
      }
      #expect("\(try #require(found))".hasPrefix("observations[1]: "))
    }
  }
}
