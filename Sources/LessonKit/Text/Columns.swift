/// Text measured in terminal columns: every character is one wide, marks on a letter are none.
enum Columns {
  static func width(of text: String) -> Int { text.count }

  /// The text followed by blanks up to `width`.
  static func left(_ text: String, _ width: Int) -> String {
    text + blanks(width - text.count)
  }

  /// Blanks up to `width`, then the text.
  static func right(_ text: String, _ width: Int) -> String {
    blanks(width - text.count) + text
  }

  /// The text in the middle of `width`.
  static func center(_ text: String, _ width: Int) -> String {
    let before = max(0, width - text.count) / 2
    return left(blanks(before) + text, width)
  }

  /// One text at the left edge, one at the right; nil where they do not fit with a gap of two.
  static func apart(_ left: String, _ right: String, _ width: Int) -> String? {
    let gap = width - left.count - right.count
    return gap >= 2 ? left + blanks(gap) + right : nil
  }

  static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  /// Cut to the width, with an ellipsis where something is lost.
  static func cut(_ text: String, _ width: Int) -> String {
    text.count <= width ? text : String(text.prefix(max(0, width - 1))) + "…"
  }

  /// Numbers as text, padded so that their decimal points stand below each other.
  ///
  /// Words among them keep to the right edge.
  static func aligned(_ texts: [String]) -> [String] {
    func isNumber(_ text: String) -> Bool {
      text.first { $0 != "-" }?.isWholeNumber ?? false
    }
    func behind(_ text: String) -> Int {
      // Everything from the point on, or from the exponent where there is no point.
      let end = text.firstIndex { $0 == "." || $0 == "e" } ?? text.endIndex
      return text.distance(from: end, to: text.endIndex)
    }
    let tail = texts.filter(isNumber).map(behind).max() ?? 0
    let padded = texts.map { isNumber($0) ? $0 + blanks(tail - behind($0)) : $0 }
    let width = padded.map(\.count).max() ?? 0
    return padded.map { right($0, width) }
  }
}
