public import JSONText

/// The answer to one question: what stands under its word, and what a person sees of it.
public struct FurtherAnswer: Sendable {
  /// What stands under the word of the question.
  public let value: JSON
  /// The answer for a person.
  public let sections: [OracleSection]

  /// An answer made of its parts.
  public init(_ value: JSON, sections: [OracleSection]) {
    self.value = value
    self.sections = sections
  }
}
