import LessonKit
import Probability

extension HomeworkResult {
  /// The page: an exercise a paragraph, the points at the end.
  func lines(_ rendering: TerminalRendering) -> [String] {
    var lines = [rendering.heading(title, aside: name), ""]
    for item in items { lines += item.lines(rendering) + [""] }
    let filled = outOf > 0 ? Int(24 * points / outOf) : 0
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    return lines + [
      "\(bar)  \(HomeworkResult.points(points)) of \(HomeworkResult.points(outOf)) points"
    ]
  }
}

extension HomeworkItemResult {
  func lines(_ rendering: TerminalRendering) -> [String] {
    let mark = isRight ? "✓" : isWritten ? "✗" : "○"
    var lines = [
      "\(mark) \(id)  \(HomeworkResult.points(points)) of \(HomeworkResult.points(outOf))"
        + (isRemembered ? "  (as before)" : "")
    ]
    for part in parts where !isRemembered {
      let mark = part.isRight ? "✓" : part.isWritten ? "✗" : "○"
      let first = "\(mark) \(part.name): \(part.lines.first ?? "")"
      let width = rendering.style.width - 8
      lines += Wrapping.paragraph(first.printable, width: width + 2).enumerated()
        .map { ($0.offset == 0 ? "    " : "      ") + $0.element }
      for line in part.lines.dropFirst() {
        lines += Wrapping.paragraph(line.printable, width: width).map { "      " + $0 }
      }
    }
    if !isRight, isWritten, !complaints.isEmpty {
      lines.append("    What the program wrote to standard error:")
      lines += complaints.printable.split(separator: "\n").suffix(8).map { "      \($0)" }
    }
    if isRight, !debrief.isEmpty, !isRemembered {
      lines += Wrapping.paragraph(debrief, width: rendering.style.width - 8).map { "    " + $0 }
    }
    return lines
  }
}
