public import Exact
import JSONText
import Models
public import Probability

extension FactorialSpec {
  /// All but counts, which the gradient has, and marginals, which the answer has.
  public var questions: [OracleQuestion] {
    [.explanation, .samples, .filtered, .gradient, .entropy]
  }

  /// The answer to one of them, by messages or from all paths.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    let visits = request.route == .bruteForce
    do {
      switch question {
      case .explanation: return try explanation(visits)
      case .samples: return try drawn(visits, samples, &sampler)
      case .filtered: return try filtered(visits)
      case .gradient: return try gradient(visits)
      default:
        return .entropy(
          try sequences.map {
            try visits ? $0.visitedPaths.entropy : FactorialMessages($0)?.entropy
          }, of: "sequence")
      }
    } catch { throw oracleRefusal(error) }
  }

  private func explanation(_ visits: Bool) throws -> FurtherAnswer {
    let found = try sequences.map { sequence in
      let best =
        try visits
        ? sequence.visitedPaths.explanation.map {
          (states: $0.state.map(model.joint.states), logJoint: $0.logJoint)
        } : sequence.explanation
      return best.map {
        Explained(
          logJoint: $0.logJoint, state: ("states", FactorialSpec.states($0.states)),
          text: FactorialSpec.text($0.states))
      }
    }
    let evidence = try sequences.map {
      try visits ? $0.visitedPaths.logEvidence : FactorialPosterior(of: $0).logEvidence.value
    }
    return .explanation(found, evidence: evidence, of: "sequence")
  }

  /// The states of all chains, step after step.
  private static func states(_ path: [[Int]]) -> JSON { .array(path.map { .integers($0) }) }

  private static func text(_ path: [[Int]]) -> String {
    path.prefix(20).map { "(\(listed($0)))" }.joined(separator: " ")
  }

  private func drawn(
    _ visits: Bool, _ samples: Int, _ sampler: inout Sampler
  ) throws -> FurtherAnswer {
    var found: [[(value: JSON, text: String)]?] = []
    for sequence in sequences {
      var paths: [[[Int]]]? = []
      if visits {
        paths = try sequence.visitedPaths.samples(samples, &sampler)?.map {
          $0.map(model.joint.states)
        }
      } else if let messages = FactorialMessages(sequence) {
        for _ in 0..<samples { paths?.append(try messages.sample(&sampler)) }
      } else {
        paths = nil
      }
      found.append(paths.map { $0.map { (FactorialSpec.states($0), FactorialSpec.text($0)) } })
    }
    return .samples(found, of: "sequence")
  }

  private func filtered(_ visits: Bool) throws -> FurtherAnswer {
    let found = try sequences.map { sequence in
      if visits { return try sequence.enumeratedFiltering() }
      return FactorialMessages(sequence).map { messages in
        let steps = 0..<sequence.length
        return (
          filtered: steps.map { messages.marginals(messages.filtered[$0]) },
          predicted: steps.map { messages.marginals(messages.predicted($0)) }
        )
      }
    }
    return FurtherAnswer(
      .each(found) {
        ["predicted": chainwise($0.predicted), "filtered": chainwise($0.filtered)]
      }, sections: [.note("Beliefs before and with each step: under --json.")])
  }

  /// Step after step turned into chain after chain.
  private func chainwise(_ steps: [[[Double]]]) -> JSON {
    .array(model.chains.indices.map { m in .matrix(steps.map { $0[m] }) })
  }

  private func gradient(_ visits: Bool) throws -> FurtherAnswer {
    var slopes = FactorialSlopes(model)
    for sequence in sequences {
      if visits {
        try slopes.addEnumerated(sequence)
      } else if let messages = FactorialMessages(sequence) {
        slopes.add(messages)
      }
    }
    guard slopes.isFinite else { throw OracleRefusal.unanswered(.overflow("observations")) }
    let chains = slopes.initial.indices.map { m in
      JSON.object([
        ("initial", .numbers(slopes.initial[m])), ("transition", .matrix(slopes.transition[m])),
      ])
    }
    let emission: JSON =
      switch model.emission {
      case .categorical: ["probabilities": .matrix(slopes.emission)]
      case .additive:
        ["means": .matrix(slopes.emission), "variance": .number(slopes.variance)]
      }
    return FurtherAnswer(
      ["chains": .array(chains), "emission": emission],
      sections: [
        .bars(
          title: "∂ log p(x) / ∂ initial of chain 0",
          labels: slopes.initial[0].indices.map { "state \($0)" }, values: slopes.initial[0])
      ])
  }
}
