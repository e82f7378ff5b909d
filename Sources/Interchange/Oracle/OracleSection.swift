/// A piece of an answer that a person looks at.
///
/// Whoever draws them shortens what is long; who makes them may leave out what would not be shown,
/// and says so with `omitted`.
public enum OracleSection: Sendable {
  /// One number with its name; minus infinity is shown as such.
  case line(label: String, value: Double)
  /// A sentence.
  case note(String)
  /// Numbers of one kind, drawn as bars: probabilities, expected counts.
  case bars(title: String, labels: [String], values: [Double])
  /// Rows of numbers under the names of columns, of which the first is that of the labels; a row
  /// whose values are nil is undefined.
  case table(title: String, columns: [String], rows: [(label: String, values: [Double]?)])
  /// So many more of what is in the section before.
  case omitted(Int)

  /// How much of a list is shown: all of a short one, the beginning of a long one.
  public static func shownCount(of count: Int) -> Int { count <= 16 ? count : 12 }
}

extension OracleSection {
  /// The log evidence of each observation: a line for one, a table for several.
  static func evidence(_ values: [Double], of noun: String) -> [OracleSection] {
    guard values.count != 1 else { return [.line(label: "log p(x)", value: values[0])] }
    guard !values.isEmpty else { return [.note("There are no observations.")] }
    return table(
      "log evidence", columns: [noun, "log p(x)"], count: values.count
    ) { (label: "\($0)", values: [values[$0]]) }
  }

  /// The rows of a table that are shown, and how many are not.
  static func table(
    _ title: String, columns: [String], count: Int,
    row: (Int) -> (label: String, values: [Double]?)
  ) -> [OracleSection] {
    let shown = shownCount(of: count)
    let table = OracleSection.table(title: title, columns: columns, rows: (0..<shown).map(row))
    return shown < count ? [table, .omitted(count - shown)] : [table]
  }
}

/// "1 component", "3 components".
func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}
