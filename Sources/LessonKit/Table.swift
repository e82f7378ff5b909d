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
  ///
  /// A column has one kind mostly. Where it has several, rows that are all of one kind are named
  /// first, as rows, and what is left by its columns.
  public var kinds: String {
    let computed = rows.map { row in
      row.enumerated().compactMap { column, cell -> (column: Int, kind: NumberKind)? in
        guard case .figure(_, let kind?, _) = cell, kind != .given else { return nil }
        return (column, kind)
      }
    }
    let all = NumberKind.allCases.filter { kind in computed.joined().contains { $0.kind == kind } }
    guard let only = all.first else { return "" }
    if all.count == 1 {
      let isGiven = rows.joined().contains {
        if case .figure(_, .given, _) = $0 { true } else { false }
      }
      return "\(isGiven ? "What is computed is" : "All numbers are") \(only.word)."
    }
    let isMixed =
      Set(computed.joined().map { "\($0.column) \($0.kind)" }).count
      > Set(computed.joined().map(\.column)).count
    let named = rows.indices.filter { row in
      guard isMixed, case .text = rows[row].first else { return false }
      return Set(computed[row].map(\.kind)).count == 1
    }
    let rest = rows.indices.filter { !named.contains($0) }.flatMap { computed[$0] }
    let ofRows = all.compactMap { kind -> String? in
      let names = named.filter { computed[$0].first?.kind == kind }.compactMap { label(of: $0) }
      return list(kind, names, noun: names.count == 1 ? "the row " : "the rows ")
    }
    let ofColumns = all.compactMap { kind -> String? in
      let names = columns.indices.filter { column in
        rest.contains { $0.column == column && $0.kind == kind }
      }
      return list(kind, names.map { columns[$0] })
    }
    let columnsSentence = ofColumns.joined(separator: "; ")
    let isBoth = !ofRows.isEmpty && !ofColumns.isEmpty
    let sentence =
      ofRows.joined(separator: "; ") + (isBoth ? "; elsewhere, " : "") + columnsSentence + "."
    return sentence.prefix(1).uppercased() + sentence.dropFirst()
  }

  /// "exact: the rows “a”, “b”"; nothing where there are no names.
  private func list(_ kind: NumberKind, _ names: [String], noun: String = "") -> String? {
    guard !names.isEmpty else { return nil }
    return "\(kind.word): \(noun)" + names.map { "“\($0)”" }.joined(separator: ", ")
  }

  private func label(of row: Int) -> String? {
    guard case .text(let text) = rows[row].first else { return nil }
    return text
  }
}
