import GSL

/// Documents of words under latent Dirichlet allocation.
///
/// ```
/// theta_d ~ Dirichlet(alpha),   phi_k ~ Dirichlet(beta) or given,   z_dn ~ theta_d,   w_dn ~ phi_{z_dn}
/// ```
/// Neither theta nor phi is looked at: with both integrated out, what is left is a law of the topics of all words.
/// Topics that are not given are labelled by alpha alone: where its numbers are equal, so are all topics.
/// References: Blei, Ng and Jordan 2003; Griffiths and Steyvers 2004, equations 2 and 3.
public struct TopicCorpus: Sendable, Equatable {
  /// Where the words of a topic come from.
  public enum Topics: Sendable, Equatable {
    /// p(w = v | k), a row a topic.
    case given([[Double]])
    /// The Dirichlet's parameters, one a word of the vocabulary, the same for all topics.
    case dirichlet([Double])
  }

  /// One word where it stands.
  public struct Token: Sendable, Equatable {
    /// The document.
    public let document: Int
    /// The word, a number below V.
    public let word: Int
  }

  /// The Dirichlet's parameters of a document's topics, one a topic.
  public let alpha: [Double]
  /// What the topics say.
  public private(set) var topics: Topics
  /// How many documents there are.
  public private(set) var documentCount: Int
  /// All words, document after document.
  public private(set) var tokens: [Token]

  /// A corpus; words are numbers below V.
  public init(alpha: [Double], topics: Topics, documents: [[Int]]) throws(ModelError) {
    try Self.validate("alpha", alpha)
    switch topics {
    case .given(let rows):
      try Validate.count("topics", rows.count, expected: alpha.count)
      try Validate.notEmpty("topics[0]", rows[0].count)
      try Validate.conditional(
        "topics", rows, rows: alpha.count, columns: rows[0].count)
    case .dirichlet(let beta): try Self.validate("beta", beta)
    }
    var tokens: [Token] = []
    for (d, document) in documents.enumerated() {
      for (n, word) in document.enumerated() {
        try Validate.index("observations[\(d)][\(n)]", word, below: topics.vocabulary)
        tokens.append(Token(document: d, word: word))
      }
    }
    (self.alpha, self.topics, self.tokens) = (alpha, topics, tokens)
    documentCount = documents.count
  }

  /// One document under topics that are given; of one of its words it may be said which topic it has, at no cost.
  package func document(_ number: Int, forcing token: Int? = nil, to topic: Int = 0) -> TopicCorpus
  {
    var corpus = self
    guard case .given(let rows) = topics else { return corpus }
    // The word that only one topic has, and has for sure.
    let word = rows[0].count
    if token != nil {
      corpus.topics = .given(rows.enumerated().map { $1 + [$0 == topic ? 1 : 0] })
    }
    corpus.tokens = tokens.enumerated().filter { $1.document == number }.map { index, old in
      Token(document: 0, word: index == token ? word : old.word)
    }
    corpus.documentCount = 1
    return corpus
  }

  private static func validate(_ place: String, _ numbers: [Double]) throws(ModelError) {
    try Validate.notEmpty(place, numbers.count)
    for (index, number) in numbers.enumerated() where !(number > 0 && number.isFinite) {
      throw ModelError("\(place)[\(index)]", "expected a positive number, found \(number)")
    }
    guard numbers.reduce(0, +).isFinite else {
      throw ModelError(place, "so large that the sum leaves the range of a double")
    }
  }

  /// K.
  public var topicCount: Int { alpha.count }

  /// log p(z, w) of the topics of all words.
  ///
  /// ```
  /// Π_d Γ(A)/Γ(A + n_d) Π_k Γ(α_k + n_dk)/Γ(α_k) · Π_k Γ(B)/Γ(B + n_k) Π_v Γ(β_v + n_kv)/Γ(β_v)
  /// ```
  /// Topics that are given put Π phi_{z_n}(w_n) in the place of the second product.
  public func logJoint(_ assignment: [Int]) -> Double {
    var inDocuments = Array(repeating: alpha.map { _ in 0 }, count: documentCount)
    var ofWords = Array(repeating: [Int](repeating: 0, count: topics.vocabulary), count: topicCount)
    for (token, topic) in zip(tokens, assignment) {
      inDocuments[token.document][topic] += 1
      ofWords[topic][token.word] += 1
    }
    let ofTopics = inDocuments.reduce(0) { $0 + logUrn($1, alpha) }
    switch topics {
    case .dirichlet(let beta): return ofWords.reduce(ofTopics) { $0 + logUrn($1, beta) }
    case .given(let rows):
      return zip(tokens, assignment).reduce(ofTopics) { $0 + log(rows[$1.1][$1.0.word]) }
    }
  }
}

extension TopicCorpus.Topics {
  /// V, the number of words.
  public var vocabulary: Int {
    switch self {
    case .given(let rows): rows[0].count
    case .dirichlet(let beta): beta.count
    }
  }
}

/// log Γ(A)/Γ(A + n) Π_k Γ(a_k + n_k)/Γ(a_k),   A = Σ_k a_k,   n = Σ_k n_k.
private func logUrn(_ counts: [Int], _ parameters: [Double]) -> Double {
  func logRising(_ count: Int, _ a: Double) -> Double {
    (0..<count).reduce(0) { $0 + log(a + Double($1)) }
  }
  return zip(counts, parameters).reduce(-logRising(counts.reduce(0, +), parameters.reduce(0, +))) {
    $0 + logRising($1.0, $1.1)
  }
}
