public import Exact
import JSONText
import Models
public import Probability

extension TopicSpec: OracleSpec {
  /// The evidence of the corpus, the topics of its words, and which words share one.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let found = try asking { () throws(ExactRefusal) in try ExactAnswers(of: corpus, request) }
    let posterior = found.posteriors[0]
    var members: [(key: String, value: JSON)] = [
      ("logEvidence", .number(posterior.logEvidence.value)),
      (
        "topicMarginals",
        posterior.topicMarginals.map { .array(split($0).map { .matrix($0) }) } ?? .null
      ),
    ]
    if corpus.tokens.count <= TopicPosterior.mostPaired {
      members.append(("coassignment", posterior.coassignment.map { .matrix($0) } ?? .null))
    }
    var sections = [OracleSection.line(label: "log p(w)", value: posterior.logEvidence.value)]
    if let marginals = posterior.topicMarginals, !marginals.isEmpty {
      sections += OracleSection.table(
        "p(z = k | w), the topic of each word",
        columns: ["word"] + corpus.alpha.indices.map { "k = \($0)" }, count: marginals.count
      ) {
        let token = corpus.tokens[$0]
        return (label: "\(token.word) in \(token.document)", values: marginals[$0])
      }
    }
    return OracleAnswer(found, members: members, sections: sections)
  }

  /// The sums of brute force.
  public func sharedSums(_ request: ExactRequest) throws(ExactRefusal) -> SharedSums {
    try ExactAnswers<TopicPosterior>.sharedSums(of: corpus, request)
  }

  /// What is said of all topics together.
  public var questions: [OracleQuestion] {
    [.explanation, .samples, .counts, .gradient, .entropy]
  }

  /// The answer to one of them, for the corpus as a whole.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    let layers =
      request.route == .bruteForce
      ? nil : try asking { () throws(ExactRefusal) in try request.layers(of: corpus) }
    if question == .counts {
      return counts(
        try computing {
          try layers.map { ExpectedTopics(of: $0) } ?? ExpectedTopics.enumerated(of: corpus)
        })
    }
    if question == .gradient {
      let slopes = try computing {
        try layers.map { TopicSlopes(of: $0) } ?? TopicSlopes.enumerated(of: corpus)
      }
      guard slopes?.isSettled ?? true else { throw .unanswered(.imprecise("gradient")) }
      return FurtherAnswer(slopes?.json ?? .null, sections: slopes?.sections ?? [])
    }
    return try hiddenStateAnswer(
      question, of: layers.map { [$0] } ?? [corpus.visitedAssignments], as: topics,
      samples: samples, &sampler
    ).single
  }

  private func counts(_ expected: ExpectedTopics) -> FurtherAnswer {
    FurtherAnswer(
      [
        "topicWords": .matrix(expected.topicWords),
        "documentTopics": .matrix(expected.documentTopics),
      ],
      sections: OracleSection.table(
        "expected number of words of each topic",
        columns: ["document"] + corpus.alpha.indices.map { "k = \($0)" },
        count: expected.documentTopics.count
      ) { (label: "\($0)", values: expected.documentTopics[$0]) })
  }

  /// The topic of each word, document by document.
  private var topics: HiddenStateForm<[Int]> {
    HiddenStateForm(
      noun: "corpus", key: "topics", json: { .array(split($0).map { .integers($0) }) },
      text: { listed(split($0), separator: " | ") { listed($0) } })
  }
}

extension TopicSlopes {
  fileprivate var sections: [OracleSection] {
    [
      .bars(
        title: "∂ log p(w) / ∂ alpha", labels: alpha.indices.map { "k = \($0)" }, values: alpha)
    ]
  }

  fileprivate var json: JSON {
    let rest: (key: String, value: JSON)? =
      beta.map { ("beta", .numbers($0)) } ?? topics.map { ("topics", .matrix($0)) }
    return .object([("alpha", .numbers(alpha))] + (rest.map { [$0] } ?? []))
  }
}
