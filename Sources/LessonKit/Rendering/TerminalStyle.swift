/// The page that text is laid out on: how wide it is, and whether it may have colours.
public struct TerminalStyle: Sendable, Equatable {
  /// The number of columns.
  public let width: Int
  /// Whether the terminal's colours are used.
  public let isColoured: Bool

  /// A page; it is never narrower than 40 columns nor wider than 120.
  public init(width: Int = 80, isColoured: Bool = false) {
    self.width = min(120, max(40, width))
    self.isColoured = isColoured
  }

  /// The widest that prose is set; eyes lose longer lines.
  public var measure: Int { min(76, width) }

  /// A part of a line that stands out.
  enum Ink: String {
    case bold = "1"
    case dim = "2"
    case good = "32"
    case bad = "31"
    case name = "36"
  }

  /// The text in an ink; layout is done before, since the codes have no width.
  func paint(_ text: String, _ ink: Ink) -> String {
    guard isColoured, !text.isEmpty else { return text }
    return "\u{1B}[\(ink.rawValue)m\(text)\u{1B}[0m"
  }

  /// A line of a picture: what is drawn has the colour of what it stands for.
  func paint(_ line: InkedText) -> String {
    guard isColoured else { return line.plain }
    return line.spans.map { span in
      guard let code = span.ink.code, !span.text.isEmpty else { return span.text }
      return "\u{1B}[\(code)m\(span.text)\u{1B}[0m"
    }.joined()
  }

  /// ✓ or ✗.
  func mark(_ holds: Bool) -> String { holds ? paint("✓", .good) : paint("✗", .bad) }
}
