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
    let enumerates = request.route == .bruteForce
    if question == .gradient { return try gradient(enumerates) }
    var entries: [JSON] = []
    for sequence in sequences {
      let messages = enumerates ? nil : FactorialMessages(sequence)
      let entry: JSON?
      do {
        switch question {
        case .explanation: entry = try explanation(sequence, enumerates)
        case .samples:
          entry = try drawn(sequence, messages, enumerates, samples, &sampler)
        case .filtered: entry = try filtered(sequence, messages)
        default:
          let entropy = try enumerates ? sequence.visitedPaths.entropy : messages?.entropy
          entry = entropy.map(JSON.number)
        }
      } catch { throw oracleRefusal(error) }
      entries.append(entry ?? .null)
    }
    return FurtherAnswer(
      .array(entries), sections: [.note("\(question.rawValue): \(question.meaning), under --json.")]
    )
  }

  private func explanation(
    _ sequence: FactorialSequence, _ enumerates: Bool
  ) throws -> JSON? {
    let best =
      try enumerates
      ? sequence.visitedPaths.explanation.map {
        (states: $0.state.map(model.joint.states), logJoint: $0.logJoint)
      } : sequence.explanation
    return best.map {
      ["logProbability": .number($0.logJoint), "states": FactorialSpec.states($0.states)]
    }
  }

  /// The states of all chains, step after step.
  private static func states(_ path: [[Int]]) -> JSON {
    .array(path.map { .array($0.map(JSON.integer)) })
  }

  private func drawn(
    _ sequence: FactorialSequence, _ messages: FactorialMessages?, _ enumerates: Bool,
    _ samples: Int, _ sampler: inout Sampler
  ) throws -> JSON? {
    var drawn: [JSON] = []
    for _ in 0..<samples {
      let path =
        try messages?.sample(&sampler)
        ?? (enumerates ? sequence.visitedPaths.sample(&sampler)?.map(model.joint.states) : nil)
      guard let path else { return nil }
      drawn.append(FactorialSpec.states(path))
    }
    return .array(drawn)
  }

  private func filtered(
    _ sequence: FactorialSequence, _ messages: FactorialMessages?
  ) throws -> JSON? {
    let found: (filtered: [[[Double]]], predicted: [[[Double]]])?
    if let messages {
      let steps = 0..<sequence.length
      found = (
        filtered: steps.map { messages.marginals(messages.filtered[$0]) },
        predicted: steps.map { messages.marginals(messages.predicted($0)) }
      )
    } else {
      found = try sequence.enumeratedFiltering()
    }
    return found.map {
      ["filtered": chainwise($0.filtered), "predicted": chainwise($0.predicted)]
    }
  }

  /// Step after step turned into chain after chain.
  private func chainwise(_ steps: [[[Double]]]) -> JSON {
    .array(model.chains.indices.map { m in .matrix(steps.map { $0[m] }) })
  }

  private func gradient(_ enumerates: Bool) throws(OracleRefusal) -> FurtherAnswer {
    var slopes = FactorialSlopes(model)
    for sequence in sequences {
      if enumerates {
        do { try slopes.addEnumerated(sequence) } catch { throw oracleRefusal(error) }
      } else if let messages = FactorialMessages(sequence) {
        slopes.add(messages)
      }
    }
    guard slopes.isFinite else { throw .unanswered(.overflow("observations")) }
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
