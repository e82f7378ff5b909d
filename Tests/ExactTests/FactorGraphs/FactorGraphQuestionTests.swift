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

  // Catches: a back-pointer that is read at the wrong block, a maximum that is a sum.
  @Test("The explanation is as probable as the most probable state")
  func explanation() throws {
    var possible = 0
    for problem in try Self.problems() {
      let twin = VisitedStates<[Int]>(of: problem.graph, evidence: problem.evidence)
      let found = try CompiledFactorGraph(problem.graph).explanation(problem.evidence)
      let best = try twin.explanation
      #expect((found == nil) == (best == nil))
      guard let found, let best else { continue }
      possible += 1
      #expect(abs(problem.graph.logWeight(found) - best.logJoint) <= 1e-11)
      #expect(zip(found, problem.evidence).allSatisfy { $1 == nil || $0 == $1 })
    }
    #expect(possible > 20)
  }

  // Catches: a conditional that is normalised over the wrong block, a clique that is drawn before its
  // parent.
  @Test("The law of the sampler's own draws is the posterior")
  func samples() throws {
    for problem in try Self.problems() {
      let compiled = try CompiledFactorGraph(problem.graph)
      let wanted = try VisitedStates<[Int]>(of: problem.graph, evidence: problem.evidence)
        .logEvidence
      guard let sampling = try FactorGraphSampling(of: compiled, evidence: problem.evidence) else {
        #expect(wanted == -.infinity)
        continue
      }
      var law: [[Int]: Double] = [:]
      try forEachOutcome(of: { choices in try sampling.sample(&choices) }) { values, probability in
        law[values, default: 0] += probability
      }
      var states = 0
      forEachState(of: problem.graph, problem.evidence) { values, logWeight in
        states += 1
        #expect(abs(law[values, default: 0] - exp(logWeight - wanted)) <= 1e-12)
      }
      #expect(law.count <= states)
    }
  }

  // Catches: a separator that is counted twice, an entropy in bits.
  @Test("The entropy is minus the mean of log p")
  func entropy() throws {
    for problem in try Self.problems() {
      let wanted = try VisitedStates<[Int]>(of: problem.graph, evidence: problem.evidence).entropy
      let found = try CompiledFactorGraph(problem.graph).entropy(problem.evidence)
      #expect((found == nil) == (wanted == nil))
      #expect(abs((found ?? 0) - (wanted ?? 0)) <= 1e-11)
    }
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
