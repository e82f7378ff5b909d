extension TerminalRendering {
  /// A key and what it does: ("n", "next").
  public typealias KeyHint = (key: String, does: String)

  /// How many lines of a page a screen of so many rows has room for, under its head and over its
  /// keys.
  public static func room(rows: Int) -> Int { max(1, rows - 4) }

  /// A screen: its head, a page from some line on, and what keys do.
  ///
  /// - Parameters:
  ///   - head: what is read, at the left.
  ///   - aside: how far one is, at the right.
  ///   - lines: the whole page.
  ///   - top: the first line of it that is shown.
  ///   - rows: the height of the screen.
  ///   - keys: what keys do, the most important first; those that do not fit are left out.
  /// - Returns: as many lines as the screen has rows.
  public func screen(
    head: String, aside: String, lines: [String], top: Int, rows: Int, keys: [KeyHint]
  ) -> [String] {
    let room = TerminalRendering.room(rows: rows)
    let shown = lines.dropFirst(top).prefix(room)
    let below = lines.count - top - shown.count
    let more = below > 0 ? " \(below) more below ↓ " : top > 0 ? " end " : ""
    let rule = String(repeating: "─", count: style.width)
    let foot = String(repeating: "─", count: max(0, style.width - more.count - 2)) + more
    let page =
      [title(head, aside), style.paint(rule, .dim)] + shown
      + [String](repeating: "", count: room - shown.count)
      + [style.paint(Columns.left(foot, style.width).replacing(" ", with: " "), .dim)]
      + [hints(keys)]
    return Fitting.cut(page, width: style.width)
  }

  /// "▓▓▓░░░": how much of something is done.
  public static func bar(_ done: Int, of count: Int) -> String {
    guard count > 0 else { return "" }
    let length = min(count, 10)
    let filled = done >= count ? length : done * length / count
    return String(repeating: "▓", count: filled) + String(repeating: "░", count: length - filled)
  }

  private func title(_ head: String, _ aside: String) -> String {
    let room = style.width - 1 - aside.count - 2
    let text = Columns.cut(head, room)
    return " " + style.paint(text, .bold)
      + Columns.blanks(style.width - 1 - text.count - aside.count)
      + style.paint(aside, .dim)
  }

  private func hints(_ keys: [KeyHint]) -> String {
    var line = ""
    var width = 0
    for (key, does) in keys {
      let more = key.count + 1 + does.count + (width == 0 ? 1 : 3)
      guard width + more <= style.width else { break }
      line += (width == 0 ? " " : "   ") + style.paint(key, .name) + " " + style.paint(does, .dim)
      width += more
    }
    return line
  }
}
