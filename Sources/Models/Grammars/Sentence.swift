/// A grammar with one sentence observed.
public struct Sentence: Sendable, Equatable {
  /// The grammar.
  public let grammar: Grammar
  /// The words; they may be unknown to the grammar, or none.
  public let words: [String]
  /// The numbers of the words among ``Grammar/words``; nil for an unknown word.
  public let wordNumbers: [Int?]

  /// A grammar and a sentence.
  public init(_ grammar: Grammar, _ words: [String]) {
    self.grammar = grammar
    self.words = words
    wordNumbers = words.map { grammar.wordNumbers[$0] }
  }
}
