public import Probability

extension Drawing {
  /// A table of shaded cells with names on its sides.
  public struct Panel: Sendable, Equatable {
    /// What it shows.
    public let name: String
    /// The names of its rows.
    public let rows: [String]
    /// The names of its columns.
    public let columns: [String]
    /// Its values, a list a row; none is negative.
    public let values: [[Double]]

    /// A table of values to be shaded.
    public init(_ name: String, rows: [String], columns: [String], values: [[Double]]) {
      self.name = name
      self.rows = rows
      self.columns = columns
      self.values = values
    }
  }

  /// Shaded cells, with panels side by side on one scale: a posterior and its mean-field shadow.
  ///
  /// The largest value of all panels is drawn black. Numbers stand beside the shades where there
  /// is room for them; panels go below each other where they do not fit beside each other.
  public static func grid(
    _ title: String, _ panels: [Panel], decimals: Int = 3, kind: NumberKind? = nil,
    caption: String = ""
  ) -> Picture {
    let largest = panels.flatMap { $0.values.joined() }.filter(\.isFinite).max() ?? 1
    for numbers in [true, false] {
      let drawn = panels.map { $0.lines(largest: largest, decimals: numbers ? decimals : nil) }
      let total = drawn.map { $0.first?.count ?? 0 }.reduce(0) { $0 + $1 + 4 } - 4
      if total <= width {
        return Picture(title: title, lines: sideBySide(drawn, gap: 4), kind: kind, caption: caption)
      }
      if drawn.allSatisfy({ ($0.first?.count ?? 0) <= width }) {
        return Picture(
          title: title, lines: Array(drawn.joined(separator: [""])).map(trimmed), kind: kind,
          caption: caption)
      }
    }
    let cut = panels.flatMap { $0.lines(largest: largest, decimals: nil) }
    return Picture(
      title: title, lines: cut.map { Columns.cut($0, width) }, kind: kind, caption: caption)
  }

  private static func sideBySide(_ blocks: [[String]], gap: Int) -> [String] {
    let height = blocks.map(\.count).max() ?? 0
    return (0..<height).map { row in
      let parts = blocks.map { block in
        row < block.count ? block[row] : Columns.blanks(block.first?.count ?? 0)
      }
      return trimmed(parts.joined(separator: Columns.blanks(gap)))
    }
  }
}

extension Drawing.Panel {
  /// All lines as wide as the first.
  fileprivate func lines(largest: Double, decimals: Int?) -> [String] {
    let cells = values.map { $0.map { cell($0, largest: largest, decimals: decimals) } }
    let cellWidth = max(
      cells.joined().map(\.count).max() ?? 0, columns.map(\.count).max() ?? 0)
    let labelWidth = rows.map(\.count).max() ?? 0
    let head = columns.map { Columns.center($0, cellWidth) }.joined(separator: " ")
    var lines = [Columns.blanks(labelWidth + 1) + head]
    for (row, cells) in zip(rows, cells) {
      let body = cells.map { Columns.center($0, cellWidth) }.joined(separator: " ")
      lines.append(Columns.right(row, labelWidth) + " " + body)
    }
    let title = Columns.blanks(labelWidth + 1) + name
    let width = max(title.count, lines.map(\.count).max() ?? 0)
    return ([title] + lines).map { Columns.left($0, width) }
  }

  private func cell(_ value: Double, largest: Double, decimals: Int?) -> String {
    let shades: [Character] = ["·", "░", "▒", "▓", "█"]
    var level = 0
    if value.isFinite, value > 0, largest > 0 {
      level = max(1, min(4, Int((value / largest * 4).rounded(.up))))
      // What is less than a hundredth of the largest is as good as nothing.
      if value < largest / 100 { level = 0 }
    }
    let shade = String(repeating: shades[level], count: decimals == nil ? 2 : 3)
    guard let decimals else { return shade }
    return shade + " " + Format.fixed(value, decimals: decimals)
  }
}

extension Drawing {
  /// Numbers as a row of blocks between their smallest and their largest; for a cell or a caption.
  public static func spark(_ values: [Double]) -> String {
    let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else {
      return String(repeating: "·", count: values.count)
    }
    return String(
      values.map { value -> Character in
        guard value.isFinite else { return "·" }
        guard high > low else { return blocks[3] }
        let share = (value / 2 - low / 2) / (high / 2 - low / 2)
        return blocks[min(7, Int(share * 8))]
      })
  }

  /// A row of blocks with its smallest and largest number, thinned to fit the page.
  public static func sparkline(
    _ title: String, _ values: [Double], digits: Int = 4, kind: NumberKind? = nil,
    caption: String = ""
  ) -> Picture {
    let finite = values.filter(\.isFinite)
    let ends = Format.together([finite.min() ?? .nan, finite.max() ?? .nan], digits: digits)
    let room = width - ends[0].count - ends[1].count - 2
    let step = max(1, (values.count + room - 1) / room)
    let thinned = stride(from: 0, to: values.count, by: step).map { values[$0] }
    let line = ends[0] + " " + spark(thinned) + " " + ends[1]
    return Picture(title: title, lines: [line], kind: kind, caption: caption)
  }
}
