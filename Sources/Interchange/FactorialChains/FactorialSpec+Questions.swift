public import Exact
import JSONText
import Models
public import Probability

extension FactorialSpec {
  /// All but marginals, which the answer has.
  public var questions: [OracleQuestion] {
    [.explanation, .samples, .filtered, .counts, .gradient, .entropy]
  }

  /// The answer to one of them, by messages or from all paths.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    let visits = request.route == .bruteForce
    return try computing {
      switch question {
      case .filtered: try filtered(visits)
      case .counts: try counts(visits)
      case .gradient: try gradient(visits)
      default:
        try hiddenStateAnswer(
          question, of: laws(visits),
          as: FactorialSpec.states, samples: samples, &sampler)
      }
    }
  }

  private func laws(_ visits: Bool) -> [any HiddenStateLaw<[[Int]]>] {
    if visits { sequences.map(\.visitedStates) } else { sequences }
  }

  /// The states of all chains, step after step.
  private static var states: HiddenStateForm<[[Int]]> {
    HiddenStateForm(
      noun: "sequence", key: "states", json: { .array($0.map { .integers($0) }) },
      text: { listed($0, separator: " ") { "(\(listed($0)))" } })
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
      },
      sections: beliefSections(found.map { $0?.filtered.map { $0[0] } }, of: "chain 0, sequence"))
  }

  /// Step after step turned into chain after chain.
  private func chainwise(_ steps: [[[Double]]]) -> JSON {
    .array(model.chains.indices.map { m in .matrix(steps.map { $0[m] }) })
  }

  private func counts(_ visits: Bool) throws -> FurtherAnswer {
    var counts = FactorialCounts(model)
    for sequence in sequences {
      if visits {
        try counts.addEnumerated(sequence)
      } else if let messages = FactorialMessages(sequence) {
        counts.add(messages)
      }
    }
    let chains = zip(counts.initial, counts.transition).map { initial, transition in
      JSON.object([("initial", .numbers(initial)), ("transition", .matrix(transition))])
    }
    let names = ["weight", "sum", "sumOfSquares"]
    let (emission, columns, title): (JSON, [String], String)
    switch model.emission {
    case .categorical(let table):
      emission = .matrix(counts.emission[0])
      columns = ["joint state"] + table[0].indices.map { "symbol \($0)" }
      title = "expected number of emissions of each symbol"
    case .additive:
      emission = .object(zip(names, counts.emission).map { (key: $0, value: .matrix($1)) })
      columns = ["chain 0, state"] + names
      title = "expected sums of emissions"
    }
    // Of a table, the rows; of sums, a column each.
    let rows =
      counts.emission.count == 1
      ? counts.emission[0]
      : counts.initial[0].indices.map { k in counts.emission.map { $0[0][k] } }
    return FurtherAnswer(
      ["chains": .array(chains), "emission": emission],
      sections: OracleSection.table(title, columns: columns, count: rows.count) {
        (label: "\($0)", values: rows[$0])
      })
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
    guard slopes.isSettled else { throw ExactRefusal.imprecise("gradient") }
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
