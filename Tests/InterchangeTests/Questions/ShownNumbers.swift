import JSONText
import Testing

@testable import Interchange

/// A table, some bars or a line that a person is shown, and which numbers of the answer stand there.
///
/// Rows in the order in which they are shown; what is no number of the answer is NaN, and not compared.
struct Shown: Sendable, CustomTestStringConvertible {
  /// The golden case.
  let golden: String
  /// What is asked besides; nil for the answer itself.
  let question: OracleQuestion?
  let title: String
  let rows: @Sendable (_ answer: JSON) -> [[Double]]

  var testDescription: String { "\(golden): \(title)" }

  init(
    _ golden: String, asking question: OracleQuestion? = nil, _ title: String,
    _ rows: @escaping @Sendable (_ answer: JSON) -> [[Double]]
  ) {
    (self.golden, self.question, self.title, self.rows) = (golden, question, title, rows)
  }

  /// Where what is shown differs from the answer: nothing, if it has all rows or the first of them.
  func differences(_ sections: [OracleSection], _ answer: JSON) -> [String] {
    guard let found = sections.compactMap({ $0.rows(under: title) }).first else {
      return ["no \"\(title)\" among \(sections.map(\.heading))"]
    }
    let wanted = rows(answer)
    guard !found.isEmpty, found.count == wanted.count || found.count == 12 && wanted.count > 16
    else { return ["\(found.count) rows, wanted \(wanted.count)"] }
    return zip(found, wanted).enumerated().compactMap { number, pair in
      let isAlike =
        pair.0.count == pair.1.count
        && zip(pair.0, pair.1).allSatisfy { got, want in
          want.isNaN || got == want || abs(got - want) <= 1e-13 * max(1, abs(want))
        }
      return isAlike ? nil : "row \(number): \(pair.0), wanted \(pair.1)"
    }
  }
}

extension OracleSection {
  /// The title or the label.
  var heading: String {
    switch self {
    case .line(let label, _): label
    case .note(let text): text
    case .bars(let title, _, _), .table(let title, _, _): title
    case .omitted(let count): "… \(count)"
    }
  }

  /// The numbers under a title: a row for each bar, each row of a table, one for a line.
  fileprivate func rows(under title: String) -> [[Double]]? {
    guard heading == title else { return nil }
    return switch self {
    case .line(_, let value): [[value]]
    case .bars(_, let labels, let values): labels.count == values.count ? values.map { [$0] } : []
    case .table(_, let columns, let rows):
      rows.map { row in
        let values = row.values ?? []
        // The first column is that of the labels.
        return row.values == nil || values.count == columns.count - 1 ? values : [.nan, .nan, .nan]
      }
    case .note, .omitted: nil
    }
  }
}

extension JSONStep: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  init(stringLiteral key: String) { self = .key(key) }
  init(integerLiteral index: Int) { self = .index(index) }
}

extension JSON {
  /// All numbers under a path, from left to right.
  func flat(_ path: JSONStep...) -> [Double] { (at(path) ?? .null).allOfThem }

  /// The numbers under a path, each in a row of its own.
  func column(_ path: JSONStep...) -> [[Double]] { (at(path) ?? .null).allOfThem.map { [$0] } }

  /// A row for each entry of the list at a path.
  func rows(_ path: JSONStep...) -> [[Double]] {
    guard case .array(let entries) = at(path) else { return [] }
    return entries.map(\.allOfThem)
  }

  /// The roots of the diagonals of the matrices in the list at a path.
  func deviations(_ path: JSONStep...) -> [[Double]] {
    guard case .array(let matrices) = at(path) else { return [] }
    return matrices.map { matrix in
      guard case .array(let rows) = matrix else { return [] }
      return rows.indices.map { rows[$0].allOfThem[$0].squareRoot() }
    }
  }

  private var allOfThem: [Double] {
    switch self {
    case .number(let number): [number]
    case .array(let entries): entries.flatMap(\.allOfThem)
    case .object(let members): members.flatMap(\.value.allOfThem)
    default: []
    }
  }
}

/// Rows of several tables beside each other.
func beside(_ tables: [[Double]]...) -> [[Double]] {
  (tables.first ?? []).indices.map { row in tables.flatMap { $0[row] } }
}

/// Rows in which the entries of several tables take turns.
func inTurns(_ tables: [[Double]]...) -> [[Double]] {
  (tables.first ?? []).indices.map { row in
    tables[0][row].indices.flatMap { place in tables.map { $0[row][place] } }
  }
}
