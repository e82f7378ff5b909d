public import Probability

extension Drawing {
  /// A small picture of pixels between 0, nothing, and 1, ink.
  public struct Image: Sendable, Equatable {
    /// What stands above it; nothing where its place says enough.
    public let name: String
    /// Its pixels, a list a row.
    public let pixels: [[Double]]

    /// An image of so many pixels a row.
    public init(_ name: String = "", columns: Int, _ pixels: [Double]) {
      self.name = name
      let starts = stride(from: 0, to: pixels.count, by: max(1, columns))
      self.pixels = starts.map { Array(pixels[$0..<min(pixels.count, $0 + columns)]) }
    }
  }

  /// Rows of images: reconstructions under originals, a latent square decoded.
  public struct Images: Sendable, Equatable {
    /// The images, a list a row.
    public let rows: [[Image]]
    /// What each row is; empty where no row has a name.
    public let names: [String]
    /// What leads down and what leads across, where places mean something.
    public let axes: [String]
  }

  /// Images in rows.
  ///
  /// Characters show a pixel as ink from a half on, two pixels to a character; as SVG they have shades.
  public static func images(
    _ title: String, _ rows: [[Image]], names: [String] = [],
    axes: (down: String, across: String)? = nil, kind: NumberKind? = nil, caption: String = ""
  ) -> Picture {
    Picture(
      title: title,
      .images(Images(rows: rows, names: names, axes: axes.map { [$0.down, $0.across] } ?? [])),
      kind: kind, caption: caption)
  }
}

extension Drawing.Images: Drawable {
  func lines(width: Int) -> [InkedText] {
    let labelWidth = names.map { $0.count + 2 }.max() ?? 0
    var lines: [InkedText] = []
    for (number, row) in rows.enumerated() {
      if number > 0 { lines.append(InkedText()) }
      let size = max(1, row.map(Self.width).max() ?? 1)
      let atOnce = max(1, (width - labelWidth + 1) / (size + 1))
      for start in stride(from: 0, to: row.count, by: atOnce) {
        if start > 0 { lines.append(InkedText()) }
        let piece = Array(row[start..<min(row.count, start + atOnce)])
        let name = start == 0 && names.indices.contains(number) ? names[number] : ""
        lines += Self.sideBySide(piece, size, label: Columns.left(name, labelWidth))
      }
    }
    let pixels = InkedText("█ ink, from ½ on")
    let places = axes.count == 2 ? [InkedText("down: \(axes[0]), across: \(axes[1])")] : []
    return lines + Drawing.legend([pixels] + places, width: width)
  }

  private static func width(_ image: Drawing.Image) -> Int {
    max(image.name.count, image.pixels.first?.count ?? 0)
  }

  private static func sideBySide(
    _ images: [Drawing.Image], _ size: Int, label: String
  ) -> [InkedText] {
    var lines: [InkedText] = []
    if images.contains(where: { !$0.name.isEmpty }) {
      let names = images.map { Columns.left($0.name, size) }.joined(separator: " ")
      lines.append(InkedText(Columns.blanks(label.count) + names))
    }
    let height = images.map { ($0.pixels.count + 1) / 2 }.max() ?? 0
    for line in 0..<height {
      var text = InkedText(line == 0 ? label : Columns.blanks(label.count))
      for (number, image) in images.enumerated() {
        if number > 0 { text.append(" ") }
        text.append(Columns.left(blocks(image, line: line), size), .p)
      }
      lines.append(text)
    }
    return lines
  }

  /// Two rows of pixels as one of characters.
  private static func blocks(_ image: Drawing.Image, line: Int) -> String {
    let columns = image.pixels.first?.count ?? 0
    func isInk(_ row: Int, _ column: Int) -> Bool {
      guard image.pixels.indices.contains(row), image.pixels[row].indices.contains(column)
      else { return false }
      return image.pixels[row][column] >= 0.5
    }
    return String(
      (0..<columns).map { column -> Character in
        switch (isInk(2 * line, column), isInk(2 * line + 1, column)) {
        case (true, true): "█"
        case (true, false): "▀"
        case (false, true): "▄"
        case (false, false): "·"
        }
      })
  }

  var alternative: String {
    let count = rows.reduce(0) { $0 + $1.count }
    let size = rows.first?.first.map { "\($0.pixels.count) by \($0.pixels.first?.count ?? 0)" }
    let shares = rows.joined().map { image -> Double in
      let pixels = image.pixels.joined()
      return pixels.isEmpty ? 0 : pixels.reduce(0, +) / Double(pixels.count)
    }
    let ink = shares.reduce(0, +) / Double(max(1, shares.count))
    let named = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    return "\(count) images of \(size ?? "no") pixels in \(rows.count) rows\(named), "
      + "\(Format.percent(ink, decimals: 0)) ink on average."
  }
}
