/// Markup that escapes by construction: text gets in as text, elements as elements.
struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
  private(set) var markup = ""

  /// Nothing.
  init() {}

  /// Text.
  init(_ text: String) { markup = text.escapedForXML }

  /// Text.
  init(stringLiteral text: String) { self.init(text) }

  /// Pieces one after the other.
  init(_ pieces: [HTML]) { markup = pieces.map(\.markup).joined() }

  /// What is markup already: a formula, a picture, a stylesheet.
  init(markup: String) { self.markup = markup }

  /// An element; an attribute without a value is left out, one without content is closed at once
  /// where browsers expect none.
  static func tag(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: HTML...
  ) -> HTML { tag(name, attributes, content) }

  /// An element with many children.
  static func tag(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], _ content: [HTML]
  ) -> HTML {
    let written = attributes.compactMap { key, value in
      value.map { " \(key)=\"\($0.escapedForXML)\"" }
    }.joined()
    let isVoid = ["br", "col", "hr", "input", "link", "meta"].contains(name)
    guard !isVoid else { return HTML(markup: "<\(name)\(written)/>") }
    return HTML(markup: "<\(name)\(written)>\(HTML(content).markup)</\(name)>")
  }

  /// A link.
  static func link(_ target: String, _ content: HTML) -> HTML {
    tag("a", ["href": target], content)
  }

  static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.markup + right.markup) }

  static func += (left: inout HTML, right: HTML) { left.markup += right.markup }

  var isEmpty: Bool { markup.isEmpty }
}

extension [HTML] {
  /// One after the other with something between.
  func joined(_ separator: HTML) -> HTML {
    HTML(markup: map(\.markup).joined(separator: separator.markup))
  }
}
