public import Exact
import GSL
import JSONText
import Models
public import Probability

extension SpanningTreeSpec {
  /// Trees, their uncertainty, and the slopes of log Z, which are the edge marginals.
  public var questions: [OracleQuestion] { [.explanation, .samples, .gradient, .entropy] }

  /// What the trees of the field say.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    let trees = try asking { () throws(ExactRefusal) in try inquiry(into: model, request) }
    var draws: [[Int]] = []
    if question == .samples { draws = try drawn(samples, trees, &sampler) }
    return try computing { () throws -> FurtherAnswer in
      switch question {
      case .explanation: try explanation(trees)
      case .samples: sampled(draws)
      case .gradient: try gradient(request)
      case .entropy: try entropy(trees)
      case .counts, .filtered, .marginals:
        throw OracleRefusal.uncomputed("ask: no answer to \"\(question.rawValue)\"")
      }
    }
  }

  private func drawn(
    _ count: Int, _ inquiry: any TreeInquiry, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> [[Int]] {
    do { return try inquiry.samples(count, &sampler) ?? [] } catch {
      return try computing { throw error }
    }
  }

  private func explanation(_ inquiry: any TreeInquiry) throws -> FurtherAnswer {
    guard let (heads, logProbability) = try inquiry.explanation else {
      return FurtherAnswer(.null, sections: [])
    }
    let scores = heads.enumerated().map { model.scores[$1][$0 + 1] }
    let score = CompensatedSum(scores).value
    guard score.isFinite else { throw ExactRefusal.overflow("scores") }
    return FurtherAnswer(
      [
        "logProbability": .number(logProbability), "score": .number(score),
        "heads": .array(heads.map { .integer($0) }),
      ],
      sections: [
        .line(label: "log p(best tree)", value: logProbability),
        .note("heads of the best tree: \(text(heads))"),
      ])
  }

  private func sampled(_ draws: [[Int]]) -> FurtherAnswer {
    FurtherAnswer(
      .array(draws.map { .array($0.map { .integer($0) }) }),
      sections: draws.prefix(3).map { .note("heads of a tree drawn: \(text($0))") })
  }

  private func text(_ heads: [Int]) -> String {
    let shown = OracleSection.shownCount(of: heads.count)
    return heads.prefix(shown).map { $0 == 0 ? "root" : "\($0)" }.joined(separator: " ")
      + (shown < heads.count ? " …" : "")
  }

  private func gradient(_ request: ExactRequest) throws -> FurtherAnswer {
    let posterior = try ExactAnswers(of: model, request).posteriors[0]
    return FurtherAnswer(
      .object([("scores", .matrix(posterior.edgeMarginals ?? []))]),
      sections: [.note("The slopes of log Z by the scores are the shares of the edges.")])
  }

  private func entropy(_ inquiry: any TreeInquiry) throws -> FurtherAnswer {
    guard let entropy = try inquiry.entropy else { throw ExactRefusal.imprecise("scores") }
    return FurtherAnswer(
      .number(entropy), sections: [.line(label: "entropy of the trees in nats", value: entropy)])
  }
}
