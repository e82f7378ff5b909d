public import JSONText
public import Models

/// Documents under latent Dirichlet allocation, as `"model": "lda"` describes them.
public struct TopicSpec: Sendable, Equatable {
  /// The corpus.
  public let corpus: TopicCorpus
  /// How many words each document has.
  let lengths: [Int]

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(
      requiring: ["model", "alpha", "observations"], allowing: ["beta", "topics"])
    let alpha = try place.member("alpha").positives()
    let topics: TopicCorpus.Topics
    switch (try place.optional("beta"), try place.optional("topics")) {
    case (let beta?, nil): topics = .dirichlet(try beta.positives())
    case (nil, let rows?): topics = .given(try rows.conditionals(rows: alpha.count))
    default: throw place.error("expected one of \"beta\" and \"topics\"")
    }
    let documents = try place.member("observations").each { place throws(PlaceError) in
      try place.each { word throws(PlaceError) in try word.index(below: topics.vocabulary) }
    }
    corpus = try place.making { () throws(ModelError) in
      try TopicCorpus(alpha: alpha, topics: topics, documents: documents)
    }
    lengths = documents.map(\.count)
  }

  /// A list over words, document by document.
  func split<Value>(_ values: [Value]) -> [[Value]] {
    var first = 0
    return lengths.map { length in
      defer { first += length }
      return Array(values[first..<(first + length)])
    }
  }
}

extension JSONPlace {
  /// The positive numbers that stand here, at least one.
  fileprivate func positives() throws(PlaceError) -> [Double] {
    let numbers = try each { place throws(PlaceError) in try place.positiveNumber() }
    guard !numbers.isEmpty else { throw error(expected: "at least one number") }
    return numbers
  }
}
