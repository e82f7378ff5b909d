import GSL
public import Models
public import Probability

/// The exact answer for a random field with evidence: how much of Z it leaves, and marginals.
public struct FactorGraphPosterior: Posterior {
  /// log Σ_(x that agrees with the evidence) Π_f f(x_f); −∞ when there is none.
  public let logEvidence: ExactValue
  /// p(x_i = v | evidence) of every variable; nil when the evidence is impossible.
  public let marginals: [[Double]]?
  /// p(x_f | evidence) of every factor, laid out as its table; nil when the evidence is impossible.
  public let factorMarginals: [[Double]]?

  /// The answer by messages in a junction tree, up and down.
  init?(of graph: CompiledFactorGraph, evidence: [Int?]) {
    let starts = graph.starts(evidence)
    guard
      let found = graph.with(
        evidence, { $0.posterior(graph, evidence, starts) },
        { $0.posterior(graph, evidence, starts) })
    else { return nil }
    self = found
  }

  fileprivate init(logEvidence: ExactValue, marginals: [[Double]]?, factorMarginals: [[Double]]?) {
    self.logEvidence = logEvidence
    self.marginals = marginals
    self.factorMarginals = factorMarginals
  }

  /// The same answer by adding up all joint states that agree with the evidence.
  ///
  /// - Parameters:
  ///   - graph: the field.
  ///   - evidence: a value or nil for each variable.
  ///   - visited: is told now and then how many states have been visited.
  /// - Returns: the answer.
  public static func enumerated(
    of graph: FactorGraph, evidence: [Int?], _ visited: VisitReport = { _ in }
  ) -> FactorGraphPosterior {
    let sizes = graph.cardinalities + graph.factors.map(\.logWeights.count)
    let starts = sizes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    var tally = LogTally<Double>(parts: starts.last ?? 0)
    forEachState(of: graph, evidence, visited) { values, logWeight in
      let cells = values + graph.factors.map { graph.cell(of: $0, at: values) }
      tally.add(logWeight, containing: zip(starts, cells).map { $0 + $1 })
    }
    let shares = tally.shares.map { shares in
      zip(starts, sizes).map { Array(shares[$0..<$0 + $1]) }
    }
    let terms = Roundings(ofItsSize: Double(graph.factors.count + 2), ofOne: 2)
    return FactorGraphPosterior(
      logEvidence: tally.logTotal(terms),
      marginals: shares.map { Array($0.prefix(graph.cardinalities.count)) },
      factorMarginals: shares.map { Array($0.dropFirst(graph.cardinalities.count)) })
  }
}

extension CollectedTables {
  /// Z and the marginals of what the cliques are home of.
  fileprivate func posterior(
    _ graph: CompiledFactorGraph, _ evidence: [Int?], _ starts: [Int]
  ) -> FactorGraphPosterior {
    let logEvidence = ExactValue(
      total.logarithm,
      roundingBound: total.isZero ? 0 : Double.ulpOfOne * (graph.roundings + 2 * size))
    guard !total.isZero else {
      return FactorGraphPosterior(logEvidence: logEvidence, marginals: nil, factorMarginals: nil)
    }
    // A value that was seen has probability 1.
    var marginals = zip(graph.graph.cardinalities, evidence).map { count, observed in
      (0..<count).map { $0 == observed ? 1.0 : 0 }
    }
    var factorMarginals = [[Double]](repeating: [], count: graph.factors.wide.count)
    forEachBelief { number, belief in
      let clique = tree.cliques[number]
      for variable in clique.hosted where evidence[variable] == nil {
        let map = tree.variableHomes[variable].map
        let shares = belief.summed(to: tree.cardinalities[variable], map)
        // Rounding leaves a sum beside one.
        let sum = shares.reduce(0, +)
        marginals[variable] = shares.map { $0 / sum }
      }
      for factor in clique.factors {
        let (count, map) = (graph.factors.wide[factor].count, tree.factorHomes[factor].map)
        factorMarginals[factor] = belief.summed(to: count, map, from: starts[factor])
          .map { min(1, $0) }
      }
    }
    return FactorGraphPosterior(
      logEvidence: logEvidence, marginals: marginals, factorMarginals: factorMarginals)
  }
}
