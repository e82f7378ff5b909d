/// A formula cut at a relation sign, for derivations whose signs stand in one column.
public struct FormulaStatement: Hashable, Sendable {
  /// What is assumed, which stands in front of a colon: `a = 1:  …`.
  public let condition: Formula?
  /// What stands left of the sign.
  public let left: Formula
  /// The sign.
  public let relation: String
  /// What stands right of the sign.
  public let right: Formula
  /// A remark at the end, behind a comma, a semicolon or two blanks.
  public let trailing: Formula?
}

extension Formula {
  /// The formula cut at its first relation sign behind the condition; nothing if it has none.
  public var statement: FormulaStatement? {
    let start = row.firstIndex(where: \.endsCondition).map { $0 + 1 } ?? 0
    return row[start...].first(where: \.isRelation).flatMap { statement(at: $0.text) }
  }

  /// The formula cut at the first sign of that kind that stands in no bracket.
  ///
  /// A colon or an arrow ⇒ in front of the sign ends the condition. Behind the sign a remark starts at two blanks that
  /// no sign explains, or at a comma or semicolon; where the left side is a
  /// list, the right one is a list as long.
  public func statement(at relation: String) -> FormulaStatement? {
    let colons = row.indices.filter { row[$0].endsCondition }
    let signs = row.indices.filter { row[$0] == .sign(relation, .relation) }
    // What follows the last colon is what is said, so a sign in front of it belongs to a condition.
    let opening = colons.first { colon in signs.contains { $0 > colon } }
    let start = opening.map { $0 + 1 } ?? 0
    guard opening != nil || colons.isEmpty, let sign = signs.first(where: { $0 >= start }) else {
      return nil
    }

    var commas = row[start..<sign].count { $0.isListSign }
    let end =
      row.indices.first { index in
        guard index > sign else { return false }
        if row[index].isWideBlank { return !isBesideSign(index) }
        guard row[index].isListSign else { return false }
        commas -= 1
        return commas < 0
      } ?? row.count
    guard let left = part(start..<sign), let right = part(sign + 1..<end) else { return nil }
    let rest = end < row.count && !row[end].isBlank ? end + 1 : end
    return FormulaStatement(
      condition: opening.flatMap { part(0..<$0) }, left: left, relation: relation, right: right,
      trailing: part(rest..<row.count))
  }

  /// The same as strings.
  public func split(
    at relation: String
  ) -> (condition: String?, left: String, right: String, trailing: String?)? {
    statement(at: relation).map {
      ($0.condition?.text, $0.left.text, $0.right.text, $0.trailing?.text)
    }
  }

  /// A part of the row without the blanks around it.
  private func part(_ range: Range<Int>) -> Formula? {
    var pieces = row[range]
    while pieces.first?.isBlank == true { pieces.removeFirst() }
    while pieces.last?.isBlank == true { pieces.removeLast() }
    return pieces.isEmpty ? nil : Formula(row: Array(pieces), names: names)
  }

  private func isBesideSign(_ index: Int) -> Bool {
    [index - 1, index + 1].contains { row.indices.contains($0) && row[$0].isInfix }
  }
}

extension FormulaNode {
  var isRelation: Bool { if case .sign(_, .relation) = self { true } else { false } }

  /// A colon, or ⇒.
  fileprivate var endsCondition: Bool {
    self == .sign(":", .separator) || self == .sign("⇒", .relation)
  }

  fileprivate var isListSign: Bool {
    self == .sign(",", .separator) || self == .sign(";", .separator)
  }

  fileprivate var isWideBlank: Bool {
    if case .blank(let text) = self { text.count > 1 } else { false }
  }

  fileprivate var isInfix: Bool {
    switch self {
    case .sign(_, .relation), .sign(_, .operation), .sign(_, .bar), .sign(_, .solidus): true
    default: false
    }
  }
}
