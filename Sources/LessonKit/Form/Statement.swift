/// A formula taken apart at its relation sign: "condition:  left = right,  definition".
struct Statement: Equatable {
  /// What is supposed, without its colon; empty where nothing is.
  let condition: String
  let left: String
  let sign: String
  let right: String
  /// What a symbol on the right is; empty where nothing is said.
  let definition: String

  /// Takes a formula apart; nil where it does not have the sign between two blanks.
  ///
  /// What stands before a colon and two blanks is a condition; what stands behind a comma and two
  /// blanks says what a symbol is.
  init?(_ formula: String, relation: String) {
    var rest = Substring(formula)
    var condition = Substring()
    if let colon = formula.range(of: ":  ") {
      condition = rest[..<colon.lowerBound]
      rest = rest[colon.upperBound...]
    }
    guard let sign = Statement.place(of: relation, in: rest) else { return nil }
    self.condition = String(condition)
    left = String(rest[..<sign.lowerBound])
    self.sign = relation
    let end = rest[sign.upperBound...]
    let comma = String(end).range(of: ",  ").map { String(end)[..<$0.lowerBound].count }
    right = String(comma.map { end.prefix($0) } ?? end)
    definition = String(comma.map { end.dropFirst($0 + 3) } ?? "")
  }

  /// The first sign between blanks that stands in no bracket.
  private static func place(of sign: String, in text: Substring) -> Range<Substring.Index>? {
    let separator = " \(sign) "
    var depth = 0
    var index = text.startIndex
    while index < text.endIndex {
      switch text[index] {
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case " " where depth <= 0 && text[index...].hasPrefix(separator):
        return index..<text.index(index, offsetBy: separator.count)
      default: break
      }
      index = text.index(after: index)
    }
    return nil
  }
}

extension String {
  /// Where a text stands first.
  fileprivate func range(of other: String) -> Range<Index>? { ranges(of: other).first }
}
