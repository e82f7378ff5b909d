public import Exact
import JSONText
import Models
public import Probability

// What is asked of a hidden Markov model beside evidence and marginals. Each answer has its structured
// route and its twin over all paths.
extension HiddenMarkovSpec {
  /// All that there is but for marginals, which are answered anyway.
  public var questions: [OracleQuestion] {
    [.explanation, .samples, .filtered, .counts, .gradient, .entropy]
  }

  /// The answer to one of them.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    let chains = try asking { () throws(ExactRefusal) in try self.chains() }
    let visits = request.route == .bruteForce
    if visits { try asking { () throws(ExactRefusal) in try request.requirePaths(chains) } }
    do {
      switch question {
      case .explanation: return try explanation(of: chains, visits: visits)
      case .samples: return try drawn(samples, of: chains, visits: visits, &sampler)
      case .filtered: return try beliefs(of: chains, visits: visits)
      case .counts: return try counts(of: chains, visits: visits)
      case .gradient: return try gradient(of: chains, visits: visits)
      default: return try entropy(of: chains, visits: visits)
      }
    } catch let error as ChoiceError { throw .unvisited(error) } catch {
      throw .uncomputed("\(error)")
    }
  }

  private func explanation(
    of chains: [ObservedChain], visits: Bool
  ) throws -> FurtherAnswer {
    let found = try chains.map { chain in
      let best =
        visits
        ? try ChainExplanation.enumerated(of: chain) : ChainExplanation(fastestOf: chain)
      return best.map {
        Explained(
          logJoint: $0.logJoint, state: ("states", .integers($0.path)), text: listed($0.path))
      }
    }
    return .explanation(
      found, evidence: chains.map { scaledLogEvidence(of: $0).value }, of: "sequence")
  }

  private func drawn(
    _ count: Int, of chains: [ObservedChain], visits: Bool, _ sampler: inout Sampler
  ) throws -> FurtherAnswer {
    var found: [[(value: JSON, text: String)]?] = []
    for chain in chains {
      let paths =
        try visits ? chain.visited.samples(count, &sampler) : chain.samples(count, &sampler)
      found.append(paths.map { $0.map { (.integers($0), listed($0)) } })
    }
    return .samples(found, of: "sequence")
  }

  private func entropy(of chains: [ObservedChain], visits: Bool) throws -> FurtherAnswer {
    .entropy(
      try chains.map { visits ? try $0.visited.entropy : ChainLaw($0.potentials)?.entropy },
      of: "sequence")
  }

  private func beliefs(of chains: [ObservedChain], visits: Bool) throws -> FurtherAnswer {
    let found = try chains.map {
      visits ? try ChainBeliefs.enumerated(of: $0) : ChainBeliefs(of: $0)
    }
    let value = JSON.each(found) {
      .object([("predicted", .matrix($0.predicted)), ("filtered", .matrix($0.filtered))])
    }
    guard let index = found.firstIndex(where: { $0 != nil }), let first = found[index] else {
      return FurtherAnswer(value, sections: [])
    }
    let names = first.filtered[0].indices.map { "state \($0)" }
    let table = OracleSection.table(
      "p(z_t = k | x_1 … x_t) of sequence \(index)", columns: ["t"] + names,
      count: first.filtered.count
    ) { (label: "\($0)", values: first.filtered[$0]) }
    return FurtherAnswer(value, sections: table)
  }
}
