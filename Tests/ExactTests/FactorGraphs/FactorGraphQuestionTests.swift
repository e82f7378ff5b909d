import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Factor graphs: explanations, samples, entropies and slopes against all joint states")
struct FactorGraphQuestionTests {
  static func problems() throws -> [FieldProblem] {
    let near = try FieldProblem.all(40)
    return near + (try near.prefix(15).map { try $0.farApart })
  }

  // Catches: a back-pointer that is read at the wrong block, a maximum that is a sum, a conditional that is
  // normalised over the wrong block, a clique that is drawn before its parent, a separator that is counted twice.
  @Test("A field as a law of all variables: all joint states visited") func law() throws {
    var possible = 0
    for (number, problem) in try Self.problems().enumerated() {
      let (graph, evidence) = (problem.graph, problem.evidence)
      let twin = VisitedStates<[Int]>(of: graph, evidence: evidence, logPartition: 0.5)
      let field = FieldLaw(try CompiledFactorGraph(graph), evidence: evidence, logPartition: 0.5)
      try expectSameLaw(field, twin, "\(number)")
      if try twin.explanation != nil { possible += 1 }
    }
    #expect(possible > 20)
  }

  // Catches: an entry of zero whose slope is left out, the other trees of a forest forgotten, a
  // derivative of log p by log f.
  @Test("A slope is the sum of all states through the entry without it, zeros among them")
  func gradient() throws {
    var zeros = 0
    for problem in try FieldProblem.all(40) {
      let (graph, evidence) = (problem.graph, problem.evidence)
      guard let slopes = try CompiledFactorGraph(graph).gradient(evidence) else { continue }
      var wanted = graph.factors.map { [Double](repeating: 0, count: $0.logWeights.count) }
      var total = 0.0
      forEachState(of: graph, evidence) { values, logWeight in
        total += exp(logWeight)
        let cells = graph.factors.map { graph.cell(of: $0, at: values) }
        let weights = zip(graph.factors, cells).map { exp($0.logWeights[$1]) }
        for number in cells.indices {
          wanted[number][cells[number]] += weights.indices.reduce(1) {
            $1 == number ? $0 : $0 * weights[$1]
          }
        }
      }
      for (number, factor) in graph.factors.enumerated() {
        for cell in factor.logWeights.indices {
          let (one, other) = (slopes[number][cell], wanted[number][cell] / total)
          if factor.logWeights[cell] == -.infinity, other > 0 { zeros += 1 }
          #expect(abs(one - other) <= 1e-12 * max(1, abs(other)))
        }
      }
    }
    #expect(zeros > 20)
  }

  // Catches: a slope that is right as a formula and no derivative of the evidence that is answered.
  @Test("A slope is what log Z does when the entry is moved")
  func differences() throws {
    for problem in try FieldProblem.all(20) {
      let (graph, evidence) = (problem.graph, problem.evidence)
      guard let slopes = try CompiledFactorGraph(graph).gradient(evidence) else { continue }
      for (number, factor) in graph.factors.enumerated() {
        for (cell, weight) in factor.logWeights.enumerated() where weight > -.infinity {
          func moved(_ step: Double) throws -> Double {
            var factors = graph.factors
            var weights = factor.logWeights.map { exp($0) }
            weights[cell] += step
            factors[number] = .init(factor.variables, weights: weights)
            let other = try FactorGraph(cardinalities: graph.cardinalities, factors: factors)
            return try CompiledFactorGraph(other).posterior(evidence).logEvidence.value
          }
          let step = 1e-4
          let difference = (try moved(step) - moved(-step)) / (2 * step)
          #expect(abs(difference - slopes[number][cell]) <= 1e-6 * max(1, abs(difference)))
        }
      }
    }
  }
}
