import GSL
import Probability

extension Drawing.Bars: Drawable {
  func lines(width: Int) -> [InkedText] {
    let labels = items.map { Columns.cut($0.label, min(28, width / 2)) }
    let notes = items.map { Columns.cut($0.note, 24) }
    let (numbers, factors) = (numbers, Columns.aligned(factors))
    let labelWidth = labels.map(\.count).max() ?? 0
    let noteWidth = notes.map(\.count).max() ?? 0
    let factorWidth = factors.first?.count ?? 0
    let numberWidth = (numbers.first?.count ?? 0) + (factorWidth > 0 ? factorWidth + 1 : 0)
    let number = numberWidth + 1
    let beside = labelWidth + 2 + number + (noteWidth > 0 ? noteWidth + 2 : 0)
    // Where names and notes leave no room for a bar, each stands above its own.
    let isNarrow = width - beside < 10
    let indent = isNarrow ? 2 : labelWidth + 1
    let room = isNarrow ? width - indent - number : width - beside
    let canvas = BarCanvas(values: items.map(\.value), scale: scale, room: max(4, room))
    var lines: [InkedText] = []
    for (index, item) in items.enumerated() {
      var line = InkedText(isNarrow ? "  " : Columns.right(labels[index], labelWidth) + " ")
      line.append(canvas.bar(item.value), item.ink)
      line.append(" " + numbers[index])
      if let factor = factors[index...].first, !factor.isEmpty { line.append(" " + factor) }
      if isNarrow {
        lines.append(InkedText(item.label + (item.note.isEmpty ? "" : "  " + item.note)))
      } else if noteWidth > 0 {
        line.append("  " + notes[index])
      }
      lines.append(line)
    }
    if let foot = canvas.foot { lines.append(InkedText(Columns.blanks(indent) + foot)) }
    if scale == .logarithmic, !items.isEmpty {
      let words = "a step of the ruler is a factor of ten"
      lines.append(InkedText(Columns.blanks(min(indent, width - words.count)) + words))
    }
    return lines
  }

  var alternative: String {
    let finite = items.filter(\.value.isFinite)
    guard let low = finite.min(by: { $0.value < $1.value }),
      let high = finite.max(by: { $0.value < $1.value })
    else { return "\(items.count) bars, nothing finite." }
    return "\(items.count) " + (scale == .logarithmic ? "points on a logarithmic ruler" : "bars")
      + ": the largest is \(high.label) with \(Drawing.brief(high.value)), the smallest "
      + "\(low.label) with \(Drawing.brief(low.value))."
  }
}

/// Where zero is and how long a bar becomes; on a logarithmic scale, where a point is.
private struct BarCanvas {
  let room: Int
  /// Columns left of zero.
  let before: Int
  /// The powers of ten at both ends of a logarithmic scale.
  let decades: ClosedRange<Int>?
  let unitsPerColumn: Double

  init(values: [Double], scale: Drawing.Scale, room: Int) {
    self.room = room
    let finite = values.filter(\.isFinite)
    switch scale {
    case .logarithmic:
      let decades = Drawing.decades(finite)
      self.decades = decades
      before = 0
      unitsPerColumn = Double(decades.count - 1) / Double(room - 1)
    case .linear:
      let low = min(0, finite.min() ?? 0)
      let high = max(0, finite.max() ?? 0)
      // Halves first: the range of two finite numbers need not be finite.
      let span = high / 2 - low / 2
      decades = nil
      before = span > 0 ? Int((Double(room) * (-low / 2 / span)).rounded(.up)) : 0
      let after = Double(max(1, room - before))
      unitsPerColumn = max(high / after, before > 0 ? -low / Double(before) : 0)
    }
  }

  func bar(_ value: Double) -> String {
    guard value.isFinite else { return Columns.left(value > 0 ? "→ without end" : "", room) }
    if let decades { return point(value, decades) }
    let length = unitsPerColumn > 0 ? value / unitsPerColumn : 0
    let left = length < 0 ? Columns.right(leftwards(-length), before) : Columns.blanks(before)
    return left + Columns.left(length > 0 ? rightwards(length) : "", room - before)
  }

  private func point(_ value: Double, _ decades: ClosedRange<Int>) -> String {
    guard value > 0 else { return Columns.blanks(room) }
    let place = (log10(value) - Double(decades.lowerBound)) / unitsPerColumn
    let column = min(room - 1, max(0, Int(place.rounded())))
    return String(repeating: "·", count: column) + "●" + Columns.blanks(room - 1 - column)
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

  /// The ruler, with its ends; ticks where there is room to tell them apart.
  var foot: String? {
    guard let decades else { return nil }
    var ruler = [Character](repeating: "─", count: room)
    for decade in decades {
      let place = Double(decade - decades.lowerBound) / unitsPerColumn
      ruler[min(room - 1, Int(place.rounded()))] = "┴"
    }
    let ends = (Drawing.power(decades.lowerBound), Drawing.power(decades.upperBound))
    if ruler.count >= ends.0.count + ends.1.count + 6 {
      ruler.replaceSubrange(1...ends.0.count, with: ends.0)
      ruler.replaceSubrange((room - 1 - ends.1.count)..<(room - 1), with: ends.1)
    }
    return String(ruler)
  }
}

extension Drawing {
  /// The powers of ten around positive numbers; two at least.
  static func decades(_ values: [Double]) -> ClosedRange<Int> {
    let positive = values.filter { $0 > 0 && $0.isFinite }
    let low = Int(floor(log10(positive.min() ?? 1)))
    let high = Int(log10(positive.max() ?? 1).rounded(.up))
    return low...max(low + 1, high)
  }

  /// A power of ten as it is printed on a ruler.
  static func power(_ exponent: Int) -> String {
    (0...3).contains(exponent) ? "1" + String(repeating: "0", count: exponent) : "1e\(exponent)"
  }
}
