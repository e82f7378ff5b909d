import Probability

/// A canvas of characters with a vertical axis; row 0 is at the bottom.
struct Plot {
  private typealias Cell = (character: Character, ink: Ink)

  private let curves: Drawing.Curves
  private let rows: Int
  private let columns: Int
  private let frame: PlotFrame
  private let ticks: [String]

  /// Fits the axes to what is drawn; nil if nothing can be.
  init?(_ curves: Drawing.Curves, width: Int) {
    guard let frame = PlotFrame(curves) else { return nil }
    self.curves = curves
    rows = curves.rows
    self.frame = frame
    ticks = frame.ticks(rows)
    columns = width - (ticks.map(\.count).max() ?? 0) - 3
  }

  /// The rows that have a number: every third and the highest.
  static func labelled(_ rows: Int) -> [Int] {
    stride(from: 0, to: rows - 2, by: 3) + [rows - 1]
  }

  /// The row of a height, in units of rows from the bottom.
  private func row(_ height: Double) -> Int? {
    guard height.isFinite, frame.isLinear || height > 0 else { return nil }
    guard let share = frame.share(height) else { return rows / 2 }
    return min(rows - 1, max(0, Int((share * Double(rows - 1)).rounded())))
  }

  /// The canvas with its axes, top row first.
  func lines(axis: String) -> [InkedText] {
    var canvas = [[Cell]](
      repeating: [Cell](repeating: (" ", .neutral), count: columns), count: rows)
    for level in curves.levels {
      guard let row = row(level.height) else { continue }
      for column in 0..<columns { canvas[row][column] = ("╌", level.ink) }
    }
    for (curve, stroke) in zip(curves.series, Stroke.all) { draw(curve, stroke, on: &canvas) }
    for mark in curves.marks { draw(mark, on: &canvas) }
    let labelled = Self.labelled(rows)
    let tickWidth = ticks.map(\.count).max() ?? 0
    var lines: [InkedText] = []
    for row in (0..<rows).reversed() {
      let hasTick = labelled.contains(row)
      let tick = Columns.right(hasTick ? ticks[row] : "", tickWidth)
      lines.append(tick + (hasTick ? " ┤" : " │") + InkedText(canvas[row]))
    }
    lines.append(
      InkedText(Columns.blanks(tickWidth + 1) + "└" + String(repeating: "─", count: columns)))
    let (left, right) = (frame.left, frame.right)
    let ends = (Format.short(left, digits: 4), Format.short(right, digits: 4))
    let room = columns - ends.0.count - ends.1.count
    let middle = Columns.center(Columns.cut(axis, room - 2), room)
    lines.append(InkedText(Columns.blanks(tickWidth + 2) + ends.0 + middle + ends.1))
    return lines
  }

  private func draw(_ mark: Drawing.Mark, on canvas: inout [[Cell]]) {
    let (left, right) = (frame.left, frame.right)
    let share = right > left ? (mark.place - left) / (right - left) : 0.5
    let column = Int((share * Double(columns - 1)).rounded())
    guard (0..<columns).contains(column), let bottom = row(mark.heights.lowerBound),
      let top = row(mark.heights.upperBound)
    else { return }
    for row in bottom...top { canvas[row][column] = (mark.isPoint ? "●" : "┊", .neutral) }
  }

  private func draw(
    _ curve: Drawing.Series, _ stroke: Stroke, on canvas: inout [[Cell]]
  ) {
    let (left, right) = (frame.left, frame.right)
    let rowOf = (0..<columns).map { column -> Int? in
      let share = columns > 1 ? Double(column) / Double(columns - 1) : 0
      // The ends are taken exactly: left + (right − left) · 1 may round past the last point.
      let place = column == columns - 1 ? right : left + (right - left) * share
      return curve.height(at: place).flatMap(row)
    }
    for column in 0..<columns {
      guard let here = rowOf[column] else { continue }
      let before = (column > 0 ? rowOf[column - 1] : nil) ?? here
      if before == here {
        canvas[here][column] = (stroke.flat, curve.ink)
      } else {
        let rises = here > before
        canvas[before][column] = (rises ? stroke.leftUp : stroke.leftDown, curve.ink)
        canvas[here][column] = (rises ? stroke.downRight : stroke.upRight, curve.ink)
        for row in (min(before, here) + 1)..<max(before, here) {
          canvas[row][column] = (stroke.upright, curve.ink)
        }
      }
    }
  }
}

/// The characters of one kind of line.
struct Stroke: Sendable {
  let flat: Character
  let upright: Character
  /// Coming from the left and turning down, from the left up, from below right, from above right.
  let (leftDown, leftUp, downRight, upRight): (Character, Character, Character, Character)

  var sample: String { String([flat, flat]) }

  static let all: [Stroke] = [
    Stroke(flat: "─", upright: "│", leftDown: "╮", leftUp: "╯", downRight: "╭", upRight: "╰"),
    Stroke(flat: "═", upright: "║", leftDown: "╗", leftUp: "╝", downRight: "╔", upRight: "╚"),
    Stroke(flat: "━", upright: "┃", leftDown: "┓", leftUp: "┛", downRight: "┏", upRight: "┗"),
  ]
}
