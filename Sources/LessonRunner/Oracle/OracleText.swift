import Exact
import Interchange
import LessonKit
import Probability

/// An answer as a page: the model, its numbers, the posterior to look at, the work done.
///
/// Long answers are shortened; --json has all of them.
struct OracleText {
  let lines: [String]

  /// An exact answer.
  init(_ answer: OracleAnswer, model: String, _ page: TerminalStyle) {
    var sections = answer.sections
    if sections.isEmpty { sections = [.note("There are no observations.")] }
    lines =
      Self.page(sections, title: model, aside: "exact", page)
      + Wrapping.paragraph(
        "\(answer.method.rawValue): \(answer.route)", width: page.width, first: "", rest: "  ")
      + Self.lines(ofWork: answer.work, page)
  }

  /// An approximation beside the exact answer.
  init(_ answer: ApproximationAnswer, approximation: String, _ page: TerminalStyle) {
    lines =
      Self.page(answer.sections, title: approximation, aside: "approximate, exactly", page)
      + Self.lines(ofWork: answer.work, page)
  }

  private static func page(
    _ sections: [OracleSection], title: String, aside: String, _ page: TerminalStyle
  ) -> [String] {
    let rendering = TerminalRendering(page)
    var lines = [rendering.heading(title, aside: aside)]
    for block in blocks(sections) {
      let text = text(block, rendering, width: page.width)
      if case .omitted? = block.first { lines += text } else { lines += [""] + text }
    }
    return lines + [""]
  }

  /// Neighbouring single numbers share a block; everything else stands alone.
  private static func blocks(_ sections: [OracleSection]) -> [[OracleSection]] {
    var blocks: [[OracleSection]] = []
    for section in sections {
      if case .line = section, let last = blocks.last, case .line? = last.last {
        blocks[blocks.count - 1].append(section)
      } else {
        blocks.append([section])
      }
    }
    return blocks
  }

  private static func text(
    _ block: [OracleSection], _ rendering: TerminalRendering, width: Int
  ) -> [String] {
    switch block.first {
    case .note(let sentence): return Wrapping.paragraph(sentence, width: width)
    case .line: return numbers(block)
    case .bars(let title, let labels, let values):
      let shown = OracleSection.shownCount(of: values.count)
      let bars = zip(labels, values).prefix(shown).map { (label: $0, value: $1, note: "") }
      return rendering.lines(Drawing.bars(title, bars)) + more(values.count - shown)
    case .omitted(let count): return more(count)
    case .table(let title, let columns, let rows):
      return table(title, columns, rows, rendering)
    case nil: return []
    }
  }

  /// "log Z   4.48350165582".
  private static func numbers(_ block: [OracleSection]) -> [String] {
    var pairs: [(String, Double)] = []
    for case .line(let label, let value) in block { pairs.append((label, value)) }
    let room = pairs.map(\.0.count).max() ?? 0
    let shown = OracleSection.shownCount(of: pairs.count)
    return pairs.prefix(shown).map { label, value in
      label + String(repeating: " ", count: room - label.count + 3)
        + Format.significant(value, digits: 12)
    } + more(pairs.count - shown)
  }

  private static func table(
    _ title: String, _ columns: [String], _ rows: [(label: String, values: [Double]?)],
    _ rendering: TerminalRendering
  ) -> [String] {
    let shown = OracleSection.shownCount(of: rows.count)
    let wide = max(0, columns.count - 1)
    // Six columns of a few digits fit a page of 80.
    let shownColumns = wide <= 6 ? wide : 5
    var heads = Array(columns.prefix(shownColumns + 1))
    if shownColumns < wide { heads.append("… \(wide - shownColumns) more") }
    let cells = rows.prefix(shown).map { row -> [Table.Cell] in
      guard let values = row.values else {
        return [.text(row.label), .text("undefined")]
          + heads.dropFirst(2).map { _ in .empty }
      }
      let numbers = values.prefix(shownColumns).map {
        Table.Cell.figure($0, nil, digits: digits(wide))
      }
      return [.text(row.label)] + numbers
        + [Table.Cell](repeating: .empty, count: max(0, heads.count - 1 - numbers.count))
    }
    return rendering.lines(Table(title: title, columns: heads, rows: cells))
      + more(rows.count - shown)
  }

  /// One column has room for all that is worth reading, many for a few digits.
  private static func digits(_ columns: Int) -> Int {
    switch columns {
    case ...1: 12
    case ...4: 6
    default: 4
    }
  }

  private static func more(_ count: Int) -> [String] {
    count > 0 ? ["  … and \(Format.count(count)) more (--json has all)"] : []
  }

  /// "work: 3 sequences, 12,000 steps".
  private static func lines(
    ofWork work: [(name: String, count: Double)], _ page: TerminalStyle
  ) -> [String] {
    guard !work.isEmpty else { return [] }
    let text = work.map { name, count in
      let number = count < 0x1p62 ? Format.count(Int(count)) : Format.short(count, digits: 3)
      return "\(number) \(count == 1 && name.last == "s" ? String(name.dropLast()) : name)"
    }.joined(separator: ", ")
    return Wrapping.paragraph(text, width: page.width, first: "work: ", rest: "  ")
  }
}
