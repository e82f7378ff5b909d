import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Belief nets: elimination of variables against all joint states") struct BayesNetTests {
  struct Problem: Sendable {
    var net: BayesNet
    var evidence: [Int?]
  }

  static func draw(_ cases: inout Cases) throws -> Problem {
    let net = try BayesNet.random(variables: cases.integer(3...5), &cases)
    var evidence: [Int?] = []
    for cardinality in net.cardinalities {
      let value = try cases.choose(below: cardinality)
      evidence.append(try cases.flip(0.4) ? value : nil)
    }
    // The last variable is always observed, so that no case is without evidence.
    evidence[net.variables.count - 1] = 0
    return Problem(net: net, evidence: evidence)
  }

  static func numbers(_ posterior: BayesNetPosterior) -> [Double] {
    [posterior.logEvidence.value] + (posterior.marginals ?? []).joined()
  }

  static let elimination = Route<Problem>("elimination of variables") {
    numbers(try BayesNetPosterior(of: $0.net, evidence: $0.evidence))
  }
  static let states = Route<Problem>("all joint states") {
    numbers(try .enumerated(of: $0.net, evidence: $0.evidence))
  }

  static let spoilt = [
    Route<Problem>("the evidence is ignored") {
      numbers(try BayesNetPosterior(of: $0.net, evidence: $0.evidence.map { _ in nil }))
    },
    Route<Problem>("a variable with the factors that mention it is forgotten") { problem in
      let factors = problem.net.factors(problem.evidence)
      let total = eliminated(Array(factors.dropLast()), keeping: nil).values[0]
      return [log(total)]
        + numbers(try BayesNetPosterior(of: problem.net, evidence: problem.evidence)).dropFirst()
    },
    Route<Problem>("a variable is added up in each factor by itself") { problem in
      let factors = problem.net.factors(problem.evidence)
      let total = factors.map { $0.values.reduce(0, +) }.reduce(1, *)
      return [log(total)]
        + numbers(try BayesNetPosterior(of: problem.net, evidence: problem.evidence)).dropFirst()
    },
    elimination.offByAPercent(),
  ]

  static let spoiltStates = [
    Route<Problem>("the prior marginals") { problem in
      numbers(try .enumerated(of: problem.net, evidence: problem.evidence.map { _ in nil }))
    },
    states.offByAPercent(),
  ]

  @Test("elimination of variables is the sum over joint states, and a fault in either is noticed")
  func eliminationAgainstStates() throws {
    try expectAgreement(
      Self.elimination, Self.states, faultsInOne: Self.spoilt, faultsInOther: Self.spoiltStates,
      roundings: 400, draw: Self.draw)
  }

  @Test("one marginal alone is the one among all") func singleMarginal() throws {
    for stream in 0..<20 {
      var cases = try Cases(seed: 13, stream: UInt64(stream))
      let problem = try Self.draw(&cases)
      let all = try BayesNetPosterior(of: problem.net, evidence: problem.evidence).marginals
      for variable in problem.net.variables.indices {
        let one = try BayesNetPosterior.marginal(
          of: variable, in: problem.net, evidence: problem.evidence)
        for (l, r) in zip(one ?? [], all?[variable] ?? []) {
          #expect(abs(l - r) <= 64 * Double.ulpOfOne)
        }
        #expect(one?.count == all?[variable].count)
      }
    }
    #expect(
      try BayesNetPosterior.marginal(of: 0, in: .sprinkler, evidence: [nil, 0, 0, 1]) == nil)
  }

  @Test("the sprinkler: .430 and .708 given wet grass")
  func sprinkler() throws {
    for posterior in [
      try BayesNetPosterior(of: .sprinkler, evidence: [nil, nil, nil, 1]),
      try .enumerated(of: .sprinkler, evidence: [nil, nil, nil, 1]),
    ] {
      let marginals = try #require(posterior.marginals)
      // P(W) = .6471; P(S, W) = .2781; P(R, W) = .4581, by hand from the tables.
      #expect(abs(exp(posterior.logEvidence.value) - 0.6471) <= 16 * Double.ulpOfOne)
      #expect(abs(marginals[1][1] - 0.2781 / 0.6471) <= 16 * Double.ulpOfOne)
      #expect(abs(marginals[2][1] - 0.4581 / 0.6471) <= 16 * Double.ulpOfOne)
      #expect((marginals[1][1] * 1000).rounded() == 430)
      #expect((marginals[2][1] * 1000).rounded() == 708)
    }
  }

  @Test("impossible evidence, and evidence that is no value of its variable")
  func impossible() throws {
    for posterior in [
      try BayesNetPosterior(of: .sprinkler, evidence: [nil, 0, 0, 1]),
      try .enumerated(of: .sprinkler, evidence: [nil, 0, 0, 1]),
    ] {
      #expect(posterior.logEvidence.value == -.infinity)
      #expect(posterior.marginals == nil)
    }
    let refusal = #expect(throws: ModelError.self) {
      try BayesNetPosterior(of: .sprinkler, evidence: [nil, 2, nil, nil])
    }
    #expect("\(try #require(refusal))" == "evidence[1]: expected an index from 0 to 1, found 2")
  }
}
