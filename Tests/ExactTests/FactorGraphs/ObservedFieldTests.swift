import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Factor graphs: what is observed cuts the graph")
struct ObservedFieldTests {
  static let cut = Route<FieldProblem>("a junction tree of what is left") {
    FactorGraphTests.numbers(
      try ObservedField($0.graph, [$0.evidence])[0].posterior($0.evidence))
  }

  // Catches: a table that is read where the first value of an observed variable would stand, strides
  // of the cut table in place of those of the whole, an observed variable that keeps its marginals.
  @Test("log Z, marginals and tables of factors are those of the sum over states")
  func cutAgainstStates() throws {
    let spoilt = [
      Route<FieldProblem>("the last value of each observed variable") { problem in
        let last = zip(problem.evidence, problem.graph.cardinalities).map { value, count in
          value.map { _ in count - 1 }
        }
        return FactorGraphTests.numbers(
          try ObservedField(problem.graph, [last])[0].posterior(last))
      },
      Self.cut.offByAPercent(),
    ]
    try expectAgreement(
      Self.cut, FactorGraphTests.states, faultsInOne: spoilt,
      faultsInOther: [FactorGraphTests.states.offByAPercent()],
      roundings: 200, draw: FieldProblem.draw)
  }

  // Catches: values of observed variables that are not put back, a cell of zero that is read from the
  // whole table, an impossible observation that is explained.
  @Test("Explanations, samples, entropies and slopes, too, near and far apart")
  func questions() throws {
    var (possible, impossible) = (0, 0)
    for problem in try FactorGraphQuestionTests.problems() {
      let (graph, evidence) = (problem.graph, problem.evidence)
      let tree = try ObservedField(graph, [evidence])[0]
      let twin = VisitedStates<[Int]>(of: graph, evidence: evidence)
      guard let best = try twin.explanation else {
        impossible += 1
        #expect(try tree.explanation(evidence) == nil && tree.entropy(evidence) == nil)
        #expect(try tree.gradient(evidence) == nil)
        #expect(try FactorGraphSampling(of: tree, evidence: evidence) == nil)
        continue
      }
      possible += 1
      let found = try #require(try tree.explanation(evidence))
      #expect(abs(graph.logWeight(found) - best.logJoint) <= 1e-11)
      #expect(zip(found, evidence).allSatisfy { $1 == nil || $0 == $1 })
      let entropy = try #require(try tree.entropy(evidence))
      #expect(abs(entropy - (try twin.entropy ?? .nan)) <= 1e-11)
      let (slopes, wanted) = (try tree.gradient(evidence), graph.enumeratedGradient(evidence))
      for (one, other) in zip((slopes ?? []).joined(), (wanted ?? []).joined()) {
        #expect(abs(one - other) <= 1e-11 * max(1, abs(other)) || one == other)
      }
      #expect(slopes?.map(\.count) == wanted?.map(\.count))
      let sampling = try #require(try FactorGraphSampling(of: tree, evidence: evidence))
      let total = try twin.logEvidence
      try forEachOutcome(of: { choices in try sampling.sample(&choices) }) { values, probability in
        #expect(zip(values, evidence).allSatisfy { $1 == nil || $0 == $1 })
        #expect(abs(probability - exp(graph.logWeight(values) - total)) <= 1e-12)
      }
    }
    #expect(possible > 20 && impossible > 5)
  }

  // Catches: evidence that is answered by the tree of other evidence, one tree always, many always.
  @Test("Evidence of many kinds at once: as each alone, with one tree or several")
  func together() throws {
    var counts: Set<Bool> = []
    for stream in 0..<40 {
      var cases = try Cases(seed: 41, stream: UInt64(stream))
      let size = stream.isMultiple(of: 4) ? 28 : 5
      let graph = try FactorGraph.random(variables: size, factors: 5 * size / 2, &cases)
      var evidence: [[Int?]] = []
      for _ in 0..<(try cases.integer(0...4)) {
        var values: [Int?] = []
        for cardinality in graph.cardinalities {
          let value = try cases.choose(below: cardinality)
          values.append(try cases.flip(0.3) ? value : nil)
        }
        evidence.append(values)
      }
      let answers = try ExactAnswers(of: graph, evidence: evidence)
      let isOne = !answers.work.contains { $0.name == "trees" }
      if evidence.count > 1 { counts.insert(isOne) }
      let whole = try CompiledFactorGraph(graph)
      for (values, posterior) in zip(evidence, answers.posteriors) {
        let (found, wanted) = (
          FactorGraphTests.numbers(posterior),
          FactorGraphTests.numbers(try whole.posterior(values))
        )
        #expect(found.count == wanted.count)
        for (a, b) in zip(found, wanted) where a != b {
          #expect(abs(a - b) <= 1e-12 * max(1, abs(b)), "\(a), not \(b)")
        }
      }
    }
    #expect(counts.count == 2)
  }

  /// Forty variables of two values, every pair in a table.
  static func complete() throws -> FactorGraph {
    let pairs = (0..<40).flatMap { one in (0..<one).map { [$0, one] } }
    return try FactorGraph(
      cardinalities: [Int](repeating: 2, count: 40),
      factors: pairs.map { .init($0, weights: [1, 2, 3, 1 + 0.01 * Double($0[0])]) })
  }

  /// The last ones of forty variables observed.
  static func all(but count: Int) -> [Int?] { (0..<40).map { $0 < count ? nil : $0 % 2 } }

  // Catches: a width of the whole graph, a refusal that does not say what it counts.
  @Test("A graph that is too wide is answered where enough is observed, and refused where not")
  func widths() throws {
    let graph = try Self.complete()
    let answers = try ExactAnswers(of: graph, evidence: [Self.all(but: 9)])
    #expect(answers.work.first { $0.name == "largest table" }?.count == 512)
    let wanted = FactorGraphPosterior.enumerated(of: graph, evidence: Self.all(but: 9))
    for (a, b) in zip(
      FactorGraphTests.numbers(answers.posteriors[0]), FactorGraphTests.numbers(wanted))
    { #expect(abs(a - b) <= 1e-11 * max(1, abs(b))) }
    func refusal(_ evidence: [[Int?]]) throws -> String {
      try #require(
        #expect(throws: ExactRefusal.self) { try ExactAnswers(of: graph, evidence: evidence) }
      ).description
    }
    #expect(
      try refusal([Self.all(but: 30)]).hasPrefix(
        "observations: 30 variables not observed, 30 of them in one table: tables of "))
    #expect(
      try refusal([Self.all(but: 9), Self.all(but: 31)]).hasPrefix(
        "observations[1]: 31 variables not observed, 31 of them in one table: tables of "))
    #expect(
      try refusal([Self.all(but: 9), Self.all(but: 40)]).hasPrefix(
        "variables: 40 variables, 40 of them in one table: tables of "))
  }

  // Catches: a value that a cut tree has not, read as the first one.
  @Test("A tree of observed variables is not asked without their values")
  func missing() throws {
    let graph = try Self.complete()
    let tree = try ObservedField(graph, [Self.all(but: 9)])[0]
    #expect(throws: ExactRefusal.self) { try tree.posterior(Self.all(but: 10)) }
    #expect(throws: ExactRefusal.self) { try tree.explanation(Self.all(but: 10)) }
    #expect(throws: ExactRefusal.self) { try tree.entropy(Self.all(but: 10)) }
    #expect(throws: ExactRefusal.self) {
      try FactorGraphSampling(of: tree, evidence: Self.all(but: 10))
    }
  }

  // Catches: a search that keeps the worse of two orders, or never finds one that greed does not.
  @Test("Where tables are large, disturbed orders find smaller ones")
  func disturbed() throws {
    var better = 0
    for stream in 0..<4 {
      var cases = try Cases(seed: 43, stream: UInt64(stream))
      let graph = try FactorGraph.random(variables: 50, factors: 120, &cases)
      let scopes = graph.factors.map(\.variables)
      let greedy = EliminationOrder.Cost.allCases.map {
        EliminationOrder(of: graph.cardinalities, scopes, least: $0).cells
      }.min()
      let best = EliminationOrder.best(of: graph.cardinalities, scopes)
      #expect(best.cells <= greedy ?? 0)
      if best.cells < greedy ?? 0 { better += 1 }
      #expect(Set(best.cliques.map { $0[0] }).count == 50)
    }
    #expect(better > 0)
  }
}
