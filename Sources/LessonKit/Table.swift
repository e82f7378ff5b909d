/// A table whose numbers say what they are.
public struct Table: Sendable, Equatable {
  /// A cell.
  public enum Cell: Sendable, Equatable {
    /// Words.
    case text(String)
    /// A number with a number of significant digits.
    case number(Double, digits: Int)
    /// Nothing.
    case empty
  }

  /// What is tabulated.
  public let title: String
  /// The names of the columns; a column of numbers says in its name or the note what they are.
  public let columns: [String]
  /// The rows, as long as the columns.
  public let rows: [[Cell]]
  /// What to notice, and what the numbers are (exact, Monte Carlo …).
  public let note: String

  /// A table.
  public init(title: String, columns: [String], rows: [[Cell]], note: String = "") {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.note = note
  }
}

extension Table.Cell: ExpressibleByStringLiteral, ExpressibleByFloatLiteral {
  /// Words.
  public init(stringLiteral value: String) { self = .text(value) }
  /// A number with six significant digits.
  public init(floatLiteral value: Double) { self = .number(value, digits: 6) }
  /// A number with six significant digits.
  public static func number(_ value: Double) -> Table.Cell { .number(value, digits: 6) }
}
