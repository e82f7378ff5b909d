import GSL
public import Probability

extension Drawing {
  /// Horizontal bars, to an eighth of a column, each with its number and a note.
  ///
  /// Negative numbers extend to the left of a common zero (linear scale). A logarithmic scale
  /// starts at the power of ten below the smallest positive number, and says so.
  public static func bars(
    _ title: String, _ bars: [Bar], scale: Scale = .linear, digits: Int = 4,
    kind: NumberKind? = nil, caption: String = ""
  ) -> Picture {
    let labels = bars.map { Columns.cut($0.label, 28) }
    let notes = bars.map { Columns.cut($0.note, 24) }
    let numbers = Columns.aligned(Format.together(bars.map(\.value), digits: digits))
    let labelWidth = labels.map(\.count).max() ?? 0
    let noteWidth = notes.map(\.count).max() ?? 0
    let numberWidth = numbers.first?.count ?? 0
    let taken = labelWidth + 2 + 1 + numberWidth + (noteWidth > 0 ? noteWidth + 2 : 0)
    let canvas = BarCanvas(values: bars.map(\.value), scale: scale, room: max(10, width - taken))
    var lines = bars.indices.map { index in
      var line = Columns.right(labels[index], labelWidth) + " "
      line += canvas.bar(bars[index].value) + " " + numbers[index]
      if noteWidth > 0 { line += "  " + notes[index] }
      return trimmed(line)
    }
    if let foot = canvas.foot { lines.append(Columns.blanks(labelWidth + 1) + foot) }
    return Picture(title: title, lines: lines, kind: kind, caption: caption)
  }

  static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}

/// Where zero is and how long a bar becomes.
private struct BarCanvas {
  let room: Int
  /// Columns left of zero.
  let before: Int
  /// The number at the left end of a logarithmic scale, as a power of ten.
  let origin: Double?
  let unitsPerColumn: Double

  init(values: [Double], scale: Drawing.Scale, room: Int) {
    self.room = room
    let finite = values.filter(\.isFinite)
    let positive = finite.filter { $0 > 0 }
    switch scale {
    case .logarithmic:
      let smallest = floor(log10(positive.min() ?? 1) - 1e-9)
      let largest = log10(positive.max() ?? 1)
      origin = smallest
      before = 0
      unitsPerColumn = max(largest - smallest, 1e-9) / Double(room)
    case .linear:
      let low = min(0, finite.min() ?? 0)
      let high = max(0, finite.max() ?? 0)
      // Halves first: the range of two finite numbers need not be finite.
      let span = high / 2 - low / 2
      origin = nil
      before = span > 0 ? Int((Double(room) * (-low / 2 / span)).rounded(.up)) : 0
      let after = Double(max(1, room - before))
      unitsPerColumn = max(high / after, before > 0 ? -low / Double(before) : 0)
    }
  }

  func bar(_ value: Double) -> String {
    guard value.isFinite else { return Columns.left(value > 0 ? "→ without end" : "", room) }
    let length: Double
    if let origin {
      length = value > 0 ? (log10(value) - origin) / unitsPerColumn : 0
    } else {
      length = unitsPerColumn > 0 ? value / unitsPerColumn : 0
    }
    let left = length < 0 ? Columns.right(leftwards(-length), before) : Columns.blanks(before)
    return left + Columns.left(length > 0 ? rightwards(length) : "", room - before)
  }

  private func rightwards(_ length: Double) -> String {
    let eighths = min(Int((length * 8).rounded()), (room - before) * 8)
    let blocks = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    // Something is never drawn as nothing.
    guard eighths > 0 else { return "▏" }
    return String(repeating: "█", count: eighths / 8) + blocks[eighths % 8]
  }

  /// Only a half and an eighth exist as blocks that start at the right.
  private func leftwards(_ length: Double) -> String {
    let halves = min(Int((length * 2).rounded()), before * 2)
    guard halves > 0 else { return "▕" }
    return (halves % 2 == 1 ? "▐" : "") + String(repeating: "█", count: halves / 2)
  }

  var foot: String? {
    guard let origin else { return nil }
    let start = "logarithmic, from " + (origin == 0 ? "1" : "1e" + String(Int(origin)))
    return "└" + start
  }
}
