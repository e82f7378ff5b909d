public import Exact
import JSONText
import Models
public import Probability

extension GrammarSpec {
  /// Trees, constituents, slopes.
  public var questions: [OracleQuestion] {
    [.explanation, .samples, .marginals, .gradient, .entropy]
  }

  /// What the derivations of each sentence say.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    let derivations = try asking { () throws(ExactRefusal) in
      try inquiries(into: sentences.map { Sentence(grammar, $0) }, request)
    }
    var draws: [[[Int]]?] = []
    if question == .samples {
      for inquiry in derivations {
        draws.append(try drawn(samples, inquiry, &sampler))
      }
    }
    return try computing { () throws -> FurtherAnswer in
      switch question {
      case .explanation: explanations(try derivations.map { try $0.explanation })
      case .samples: sampled(draws)
      case .marginals: constituents(try derivations.map { try $0.constituents })
      case .gradient: try gradient(try derivations.map { try $0.slopes })
      case .entropy: entropies(try derivations.map { try $0.entropy })
      case .counts, .filtered: throw unanswered(question)
      }
    }
  }

  private func unanswered(_ question: OracleQuestion) -> OracleRefusal {
    .uncomputed("ask: no answer to \"\(question.rawValue)\"")
  }

  private func drawn(
    _ count: Int, _ inquiry: any SentenceInquiry, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> [[Int]]? {
    do { return try inquiry.samples(count, &sampler) } catch {
      return try computing { throw error }
    }
  }
}

// MARK: The answers, as JSON and for a person

extension GrammarSpec {
  private func explanations(_ derivations: [[Int]?]) -> FurtherAnswer {
    let logProbabilities = derivations.map { $0.map(grammar.logProbability(of:)) }
    let json = JSON.array(
      zip(derivations, logProbabilities).map { derivation, logProbability in
        guard let derivation, let logProbability else { return .null }
        return .object(
          [("logProbability", .number(logProbability))] + grammar.members(of: derivation))
      })
    let notes = derivations.prefix(OracleSection.shownCount(of: derivations.count)).enumerated()
      .compactMap { index, derivation in
        derivation.map { OracleSection.note("\(index): \(grammar.text(of: $0))") }
      }
    return FurtherAnswer(
      json,
      sections: OracleSection.table(
        "most probable derivations", columns: ["sentence", "log p(tree)"], count: derivations.count
      ) { (label: "\($0)", values: logProbabilities[$0].map { [$0] }) } + notes)
  }

  private func sampled(_ draws: [[[Int]]?]) -> FurtherAnswer {
    let json = JSON.each(draws) { .array($0.map { .object(grammar.members(of: $0)) }) }
    let notes = draws.prefix(OracleSection.shownCount(of: draws.count)).enumerated()
      .compactMap { index, draws in
        draws?.first.map {
          OracleSection.note("\(index), the first drawn: \(grammar.text(of: $0))")
        }
      }
    return FurtherAnswer(json, sections: notes)
  }

  private func constituents(_ spans: [[DerivationLaw.Constituent]?]) -> FurtherAnswer {
    // What is less probable is below the last digit that is promised.
    let spans = spans.map { $0.map { $0.filter { $0.probability >= 1e-12 } } }
    let json = JSON.each(spans) { spans in
      .array(
        spans.map { span in
          [
            "symbol": .string(grammar.nonterminals[span.symbol]), "start": .integer(span.start),
            "end": .integer(span.end), "probability": .number(span.probability),
            "expectedCount": .number(span.expectedCount),
          ]
        })
    }
    let tables = spans.prefix(3).enumerated().flatMap { index, spans in
      let spans = spans ?? []
      return OracleSection.table(
        "constituents of sentence \(index)", columns: ["symbol over words", "probability"],
        count: spans.count
      ) {
        let span = spans[$0]
        return (
          label: "\(excerptBare(grammar.nonterminals[span.symbol])) \(span.start)..<\(span.end)",
          values: [span.probability]
        )
      }
    }
    return FurtherAnswer(json, sections: tables)
  }

  private func gradient(_ slopes: [[Double]?]) throws -> FurtherAnswer {
    var sums = [Double](repeating: 0, count: grammar.rules.count)
    for (rule, slope) in slopes.flatMap({ ($0 ?? []).enumerated() }) { sums[rule] += slope }
    guard sums.allSatisfy(\.isFinite) else { throw ExactRefusal.overflow("rules") }
    return FurtherAnswer(
      .object([("rules", .numbers(sums))]),
      sections: OracleSection.table(
        "slopes of the log evidence", columns: ["rule", "by its probability"], count: sums.count
      ) { (label: grammar.rules[$0].text, values: [sums[$0]]) })
  }

  private func entropies(_ entropies: [Double?]) -> FurtherAnswer {
    FurtherAnswer(
      .each(entropies) { .number($0) },
      sections: OracleSection.table(
        "entropy of the derivations", columns: ["sentence", "nats"], count: entropies.count
      ) { (label: "\($0)", values: entropies[$0].map { [$0] }) })
  }
}
