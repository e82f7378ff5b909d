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
      let total = eliminated(
        Array(factors.dropLast()), keeping: nil, in: Array(problem.net.variables.indices)
      ).values[0]
      return [total.logarithm]
        + numbers(try BayesNetPosterior(of: problem.net, evidence: problem.evidence)).dropFirst()
    },
    Route<Problem>("a variable is added up in each factor by itself") { problem in
      let factors = problem.net.factors(problem.evidence)
      let total = factors.map { $0.values.reduce(.zero, +) }.reduce(.one, *)
      return [total.logarithm]
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

  // Catches: tables of doubles, in which what is improbable is impossible; a size of a table that must be an integer;
  // the variable with the largest table first, which makes one of 2^81 cells.
  @Test("eighty children of one parent, whose evidence has a probability of 10^-373")
  func improbable() throws {
    let rare = (0..<80).map { 1e-5 * (1 + Double($0) / 80) }
    let net = try BayesNet(
      [BayesNet.Variable("cause", table: [[0.75, 0.25]])]
        + rare.enumerated().map { number, p in
          BayesNet.Variable(
            "child \(number)", parents: [0], table: [[1 - p, p], [1 - 1.5 * p, 1.5 * p]])
        })
    let joints = [
      rare.reduce(log(0.75)) { $0 + log($1) }, rare.reduce(log(0.25)) { $0 + log(1.5 * $1) },
    ]
    let evidence = [nil] + rare.map { _ in 1 }
    let posterior = try ExactAnswers(of: net, evidence: [evidence]).posteriors[0]
    let wanted = logSumExp(joints)
    #expect(wanted < -850)
    #expect(abs(posterior.logEvidence.value - wanted) <= posterior.logEvidence.roundingBound)
    let marginals = try #require(posterior.marginals)
    for (value, joint) in joints.enumerated() {
      #expect(abs(marginals[0][value] - exp(joint - wanted)) <= 1e-11)
    }
    for row in marginals[1...] { #expect(row[0] == 0 && abs(row[1] - 1) <= 1e-13) }
    let alone = try #require(
      try BayesNetPosterior.marginal(of: 0, in: net, evidence: evidence))
    for (one, other) in zip(alone, marginals[0]) { #expect(abs(one - other) <= 1e-13) }
  }

  // Catches: joint states whose probability is no double, taken for impossible.
  @Test("both routes know a state of probability 10^-400 from an impossible one")
  func improbableState() throws {
    let net = try BayesNet([
      BayesNet.Variable("first", table: [[1, 1e-200]]),
      BayesNet.Variable("second", parents: [0], table: [[1, 0], [1, 1e-200]]),
      BayesNet.Variable("third", parents: [1], table: [[0.5, 0.5], [0.25, 0.75]]),
    ])
    for route in ExactRoute.allCases {
      let found = try ExactAnswers(
        of: net, evidence: [[nil, 1, nil], [0, 1, nil]], ExactRequest(route: route)
      ).posteriors
      #expect(abs(found[0].logEvidence.value - 2 * log(1e-200)) <= 1e-12)
      for (own, wanted) in zip(
        try #require(found[0].marginals).joined(), [0, 1, 0, 1, 0.25, 0.75])
      { #expect(abs(own - wanted) <= 1e-13) }
      #expect(found[1].logEvidence == ExactValue(-.infinity, roundingBound: 0))
      #expect(found[1].marginals == nil)
    }
  }

  // Catches: tables that are made whatever their size.
  @Test("ten variables of eight values, each pair with a child, have no table that is small enough")
  func wide() throws {
    let eighths = [Double](repeating: 1.0 / 8, count: 8)
    let roots = (0..<10).map { BayesNet.Variable("root \($0)", table: [eighths]) }
    let children = (0..<10).flatMap { i in
      (0..<i).map { j in
        BayesNet.Variable(
          "child \(i) \(j)", parents: [j, i], table: Array(repeating: [0.5, 0.5], count: 64))
      }
    }
    let net = try BayesNet(roots + children)
    let refusal = #expect(throws: ExactRefusal.self) {
      try ExactAnswers(of: net, evidence: [net.variables.map { _ in nil }])
    }
    #expect("\(try #require(refusal))".hasPrefix("variables: 55 variables: tables of "))
  }
}
