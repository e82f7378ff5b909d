/// Where a text stops being a formula, and what was expected there.
public struct FormulaError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The column of the first character that does not fit, from 1; one past the end at the end.
  public let column: Int
  /// What was expected there, in words.
  public let expected: String

  /// One sentence with both.
  public var description: String { "column \(column): expected \(expected)" }
}
