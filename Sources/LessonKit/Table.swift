public import Probability

/// A table whose numbers say what they are.
public struct Table: Sendable, Equatable {
  /// A cell.
  public enum Cell: Sendable, Equatable {
    /// Words.
    case text(String)
    /// A number with a number of significant digits, and what it is.
    case figure(Double, NumberKind?, digits: Int)
    /// Nothing.
    case empty
  }

  /// What is tabulated.
  public let title: String
  /// The names of the columns.
  public let columns: [String]
  /// The rows, as long as the columns.
  public let rows: [[Cell]]
  /// What to notice.
  public let note: String

  /// A table.
  public init(title: String, columns: [String], rows: [[Cell]], note: String = "") {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.note = note
  }
}

extension Table.Cell: ExpressibleByStringLiteral {
  /// Words.
  public init(stringLiteral value: String) { self = .text(value) }

  /// A number that knows what it is.
  public static func number(_ number: some LabelledNumber, digits: Int = 6) -> Table.Cell {
    .figure(number.value, number.kind, digits: digits)
  }

  /// A setting, a count or data.
  public static func given(_ value: Double, digits: Int = 6) -> Table.Cell {
    .figure(value, .given, digits: digits)
  }

  /// A setting, a count or data.
  public static func given(_ value: Int) -> Table.Cell { .given(Double(value), digits: 17) }

  /// A number that is exact to all digits shown.
  public static func exact(_ value: Double, digits: Int = 6) -> Table.Cell {
    .figure(value, .exact, digits: digits)
  }
}

extension Table {
  /// What the numbers are, in a sentence; empty where there are none, or where nobody said.
  public var kinds: String {
    var columnsOfKind: [NumberKind: [String]] = [:]
    for row in rows {
      for (column, cell) in row.enumerated() {
        guard case .figure(_, let kind?, _) = cell else { continue }
        let name = column < columns.count ? columns[column] : ""
        if columnsOfKind[kind]?.contains(name) != true {
          columnsOfKind[kind, default: []].append(name)
        }
      }
    }
    let computed = NumberKind.allCases.filter { $0 != .given && columnsOfKind[$0] != nil }
    guard let only = computed.first else { return "" }
    if computed.count == 1 {
      let given = columnsOfKind[.given] == nil ? "All numbers are" : "What is computed is"
      return "\(given) \(only.word)."
    }
    let parts = computed.map { kind in
      "\(kind.word): \((columnsOfKind[kind] ?? []).joined(separator: ", "))"
    }
    return parts.joined(separator: "; ") + "."
  }
}
