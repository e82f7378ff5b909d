/// What a drawn thing stands for; on screen and in print it has one colour everywhere.
public enum Ink: String, Sendable, Equatable, CaseIterable {
  /// An approximation.
  case q
  /// What is approximated.
  case p
  /// A bound, or what is as large as one.
  case bound
  /// What a bound stays below: log p(x).
  case evidence
  /// Anything else.
  case neutral

  /// The colour on a terminal; nil leaves the text as it is.
  var code: String? {
    switch self {
    case .q: "35"
    case .p: "34"
    case .bound: "36"
    case .evidence: "33"
    case .neutral: nil
    }
  }
}

/// A line of characters of which parts have an ink.
struct InkedText: Sendable, Equatable {
  /// A stretch of one ink.
  struct Span: Sendable, Equatable {
    var text: String
    let ink: Ink
  }

  private(set) var spans: [Span] = []

  init(_ text: String = "", _ ink: Ink = .neutral) { append(text, ink) }

  /// A row of cells.
  init(_ cells: some Sequence<(character: Character, ink: Ink)>) {
    for cell in cells { append(String(cell.character), cell.ink) }
  }

  /// The characters alone.
  var plain: String { spans.map(\.text).joined() }

  var count: Int { spans.reduce(0) { $0 + $1.text.count } }

  var isEmpty: Bool { spans.isEmpty }

  mutating func append(_ text: String, _ ink: Ink = .neutral) {
    guard !text.isEmpty else { return }
    if let last = spans.indices.last, spans[last].ink == ink {
      spans[last].text += text
    } else {
      spans.append(Span(text: text, ink: ink))
    }
  }

  static func + (left: InkedText, right: InkedText) -> InkedText {
    var sum = left
    for span in right.spans { sum.append(span.text, span.ink) }
    return sum
  }

  static func + (left: InkedText, right: String) -> InkedText { left + InkedText(right) }

  static func + (left: String, right: InkedText) -> InkedText { InkedText(left) + right }

  /// Without blanks at the end.
  var trimmed: InkedText {
    var text = self
    while let last = text.spans.last {
      let kept = Drawing.trimmed(last.text)
      text.spans.removeLast()
      guard kept.isEmpty else { return text + InkedText(kept, last.ink) }
    }
    return text
  }

  /// Followed by blanks up to a width.
  func padded(to width: Int) -> InkedText { self + Columns.blanks(width - count) }

  /// The first characters.
  func prefix(_ width: Int) -> InkedText {
    var (text, left) = (InkedText(), max(0, width))
    for span in spans where left > 0 {
      text.append(String(span.text.prefix(left)), span.ink)
      left -= span.text.count
    }
    return text
  }

  /// The first characters, with an ellipsis where something is lost.
  func cut(_ width: Int) -> InkedText {
    count > width ? prefix(width - 1) + "…" : self
  }
}
