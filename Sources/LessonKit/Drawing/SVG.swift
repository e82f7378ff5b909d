import Probability

/// A drawing surface 640 units wide that becomes an inline SVG element.
///
/// Colours are not written: everything is drawn in `currentColor`, and a page's stylesheet gives
/// the classes of the inks, "grid" and "axis", a `color`. Without one all is black and still there.
struct SVG {
  static let width = 640.0
  /// How wide a character of text is, roughly, and how far lines of text are apart.
  static let (character, line) = (7.8, 20.0)

  private var elements: [String] = []
  /// How far down the picture reaches.
  var height = 0.0

  /// Something other than text.
  mutating func add(_ element: String, _ attributes: [(String, String)], class name: String) {
    let written = attributes.map { " \($0.0)=\"\($0.1)\"" }.joined()
    elements.append("<\(element) class=\"\(name)\"\(written)/>")
  }

  mutating func line(
    _ from: (Double, Double), _ to: (Double, Double), class name: String, width: Double = 1,
    dashes: String = "", opacity: Double = 1
  ) {
    var attributes = [
      ("x1", Self.number(from.0)), ("y1", Self.number(from.1)), ("x2", Self.number(to.0)),
      ("y2", Self.number(to.1)), ("stroke", "currentColor"), ("stroke-width", Self.number(width)),
    ]
    if !dashes.isEmpty { attributes.append(("stroke-dasharray", dashes)) }
    if opacity != 1 { attributes.append(("stroke-opacity", Format.short(opacity, digits: 3))) }
    add("line", attributes, class: name)
    height = max(height, from.1, to.1)
  }

  mutating func polyline(
    _ points: [(Double, Double)], class name: String, width: Double, dashes: String
  ) {
    let text = points.map { Self.number($0.0) + "," + Self.number($0.1) }.joined(separator: " ")
    var attributes = [
      ("points", text), ("fill", "none"), ("stroke", "currentColor"),
      ("stroke-width", Self.number(width)), ("stroke-linejoin", "round"),
    ]
    if !dashes.isEmpty { attributes.append(("stroke-dasharray", dashes)) }
    add("polyline", attributes, class: name)
    height = max(height, points.map(\.1).max() ?? 0)
  }

  mutating func box(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, class name: String,
    opacity: Double = 1, isOutline: Bool = false, corner: Double = 0
  ) {
    var attributes = [
      ("x", Self.number(x)), ("y", Self.number(y)), ("width", Self.number(max(0, width))),
      ("height", Self.number(height)),
    ]
    if corner > 0 { attributes.append(("rx", Self.number(corner))) }
    attributes += isOutline ? [("fill", "none"), ("stroke", "currentColor")] : Self.fill(opacity)
    add("rect", attributes, class: name)
    self.height = max(self.height, y + height)
  }

  /// The lines between the cells of a grid and around them, as one path.
  mutating func lattice(
    _ x: Double, _ y: Double, columns: Int, rows: Int, cell: (width: Double, height: Double)
  ) {
    let (width, height) = (cell.width * Double(columns), cell.height * Double(rows))
    let across = (0...rows).map { row in
      "M\(Self.number(x)) \(Self.number(y + Double(row) * cell.height))h\(Self.number(width))"
    }
    let down = (0...columns).map { column in
      "M\(Self.number(x + Double(column) * cell.width)) \(Self.number(y))v\(Self.number(height))"
    }
    add(
      "path", [("d", (across + down).joined()), ("fill", "none"), ("stroke", "currentColor")],
      class: "grid")
    self.height = max(self.height, y + height)
  }

  mutating func circle(
    _ x: Double, _ y: Double, radius: Double, class name: String, opacity: Double = 1,
    isOutline: Bool = false
  ) {
    var attributes = [
      ("cx", Self.number(x)), ("cy", Self.number(y)), ("r", Self.number(radius)),
    ]
    if isOutline { attributes += [("stroke", "currentColor"), ("stroke-width", "1.5")] }
    attributes += isOutline && opacity == 0 ? [("fill", "none")] : Self.fill(opacity)
    add("circle", attributes, class: name)
    height = max(height, y + radius)
  }

  /// A line with a head at its end; nothing where there is no way to go.
  mutating func arrow(
    from start: (Double, Double), to end: (Double, Double), class name: String, width: Double,
    opacity: Double = 1
  ) {
    let (dx, dy) = (end.0 - start.0, end.1 - start.1)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 0.5 else { return circle(end.0, end.1, radius: width + 1, class: name) }
    let head = min(length, 6 + 2 * width)
    let (ux, uy) = (dx / length, dy / length)
    let neck = (end.0 - head * ux, end.1 - head * uy)
    let corners = [
      end, (neck.0 - head / 2.6 * uy, neck.1 + head / 2.6 * ux),
      (neck.0 + head / 2.6 * uy, neck.1 - head / 2.6 * ux),
    ]
    let text = corners.map { Self.number($0.0) + "," + Self.number($0.1) }
    line(start, neck, class: name, width: width, opacity: opacity)
    add("polygon", [("points", text.joined(separator: " "))] + Self.fill(opacity), class: name)
    height = max(height, start.1, end.1)
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, anchor: String = "start", class name: String = "label"
  ) {
    guard !text.isEmpty else { return }
    // "start" is what an anchor is without a word; size and colour are said once, by the element.
    let place =
      "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
      + (anchor == "start" ? "" : " text-anchor=\"\(anchor)\"")
    elements.append("<text class=\"\(name)\" \(place)>\(Self.escaped(text))</text>")
    height = max(height, y + 6)
  }

  /// Entries side by side below what is there, in as many lines as they need.
  mutating func legend(_ entries: [(name: String, sample: (inout SVG, Double, Double) -> Void)]) {
    var (x, y) = (8.0, height + 22)
    for entry in entries {
      let needed = 34 + Double(entry.name.count) * Self.character
      if x > 8, x + needed > Self.width { (x, y) = (8, y + Self.line) }
      entry.sample(&self, x, y)
      text(entry.name, x + 30, y)
      x += needed + 16
    }
  }

  /// The whole element.
  func document(title: String, description: String) -> String {
    let bottom = Self.number(height.rounded(.up) + 6)
    let (title, description) = (Self.escaped(title), Self.escaped(description))
    let label = title.isEmpty ? description : title
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 \(bottom)" role="img" \
      aria-label="\(label)" font-family="inherit" font-size="14">
      <title>\(label)</title>
      <desc>\(description)</desc>
      \(elements.joined(separator: "\n"))
      </svg>
      """
  }

  // MARK: Text

  /// A coordinate, to a tenth of a unit.
  static func number(_ value: Double) -> String {
    Format.short((value * 10).rounded() / 10, digits: 6)
  }

  static func width(_ text: String) -> Double { Double(text.count) * character }

  private static func fill(_ opacity: Double) -> [(String, String)] {
    let fill = [("fill", "currentColor")]
    return opacity == 1 ? fill : fill + [("fill-opacity", Format.short(opacity, digits: 3))]
  }

  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
  }
}
