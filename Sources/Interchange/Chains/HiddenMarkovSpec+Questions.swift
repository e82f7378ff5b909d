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
    return try computing {
      switch question {
      case .filtered: try beliefs(of: chains, visits: visits)
      case .counts: try counts(of: chains, visits: visits)
      case .gradient: try gradient(of: chains, visits: visits)
      default:
        try hiddenStateAnswer(
          question, of: laws(of: chains, visits: visits),
          as: .numbers("states", of: "sequence"), samples: samples, &sampler)
      }
    }
  }

  private func laws(
    of chains: [ObservedChain], visits: Bool
  ) -> [any HiddenStateLaw<[Int]>] {
    if visits { chains.map(\.visited) } else { chains }
  }

  private func beliefs(of chains: [ObservedChain], visits: Bool) throws -> FurtherAnswer {
    let found = try chains.map {
      visits ? try ChainBeliefs.enumerated(of: $0) : ChainBeliefs(of: $0)
    }
    return beliefAnswer(found)
  }
}

/// Beliefs before and with each step; null where a sequence is impossible.
func beliefAnswer(_ found: [ChainBeliefs?]) -> FurtherAnswer {
  FurtherAnswer(
    .each(found) {
      .object([("predicted", .matrix($0.predicted)), ("filtered", .matrix($0.filtered))])
    }, sections: beliefSections(found.map { $0?.filtered }, of: "sequence"))
}

/// The filtered beliefs of the first sequence that is possible.
func beliefSections(_ filtered: [[[Double]]?], of noun: String) -> [OracleSection] {
  guard let index = filtered.firstIndex(where: { $0 != nil }), let first = filtered[index] else {
    return []
  }
  return OracleSection.table(
    "p(z_t = k | x_0 … x_t) of \(noun) \(index)",
    columns: ["t"] + first[0].indices.map { "state \($0)" }, count: first.count
  ) { (label: "\($0)", values: first[$0]) }
}
