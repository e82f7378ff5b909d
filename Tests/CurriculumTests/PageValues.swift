import LessonKit
import Probability
import Verification

/// Every number that a page shows outside its checks, each line with a name: the numbers of the prose, the cells of
/// tables, what pictures are drawn from, models, and what experiments read at their start, their marks and their ends.
struct PageValues {
  /// A name and its numbers.
  struct Line: Equatable {
    let name: String
    let values: [Double]
  }

  private(set) var lines: [Line] = []

  init(of lesson: Lesson) throws {
    let context = RunContext(seed: 1)
    for name in lesson.numbers.names.sorted() {
      let text = try lesson.numbers.fill("{\(name):12}", context)
      add("number \(name)", Self.numbers(in: text))
    }
    for section in lesson.sections {
      for block in section.blocks { try add(block, context, in: section.id, isComputed: false) }
    }
    for experiment in lesson.experiments {
      try add(experiment.screen(experiment.start), context, in: "try \(experiment.id)")
      for mark in experiment.marks {
        let settings = experiment.settings(marked: mark.name) ?? experiment.start
        try add(
          experiment.screen(settings), context, in: "try \(experiment.id) at \(mark.name)")
      }
      for (place, control) in experiment.controls.enumerated() {
        for (end, steps) in [("least", -1000), ("most", 1000)] {
          let settings = experiment.moved(experiment.start, control: place, by: steps)
          try add(
            experiment.screen(settings), context,
            in: "try \(experiment.id) with the \(end) \(control.name)")
        }
      }
    }
  }

  private mutating func add(_ name: String, _ values: [Double]) {
    if !values.isEmpty { lines.append(Line(name: name, values: values)) }
  }

  private mutating func add(
    _ block: Block, _ context: RunContext, in place: String, isComputed: Bool
  ) throws {
    switch block {
    case .table(let make): add(try make(context), in: place)
    case .picture(let make): add(try make(context), in: place)
    case .given(let make): add(try make(context), in: place)
    case .computed(let make):
      for block in try make(context) { try add(block, context, in: place, isComputed: true) }
    case .prose(let text) where isComputed: add("\(place): prose", Self.numbers(in: text))
    case .inquiry(let inquiry):
      add(inquiry.givens, in: "\(place): \(inquiry.id)")
      let reports = inquiry.judge(nil, checks: nil, plan: SearchPlan(problems: 1)) ?? []
      for report in reports { add(report.changes, in: "\(place): \(inquiry.id)/\(report.id)") }
    case .prose, .code, .experiment: break
    }
  }

  private mutating func add(
    _ screen: Experiment.Screen, _ context: RunContext, in place: String
  ) throws {
    for reading in screen.readings { add("\(place): \(reading.name)", [reading.value.value]) }
    for block in screen.blocks { try add(block, context, in: place, isComputed: true) }
  }

  private mutating func add(_ table: Table, in place: String) {
    for (number, row) in table.rows.enumerated() {
      let values = row.compactMap { if case .figure(let value, _, _) = $0 { value } else { nil } }
      // Verdicts are words.
      let words = row.compactMap { if case .text(let text) = $0 { text } else { nil } }
      add(
        "\(place): \(table.title), row \(number + 1) “\(words.joined(separator: "”, “"))”", values)
    }
    add("\(place): \(table.title), note", Self.numbers(in: table.note))
  }

  private mutating func add(_ givens: [Given], in place: String) {
    for given in givens {
      let name = "\(place): given \(given.symbol)"
      switch given.value {
      case .number(let number): add(name, [number])
      case .list(let list): add(name, list)
      case .table(let rows): add(name, rows.flatMap(\.self))
      case .words: break
      }
    }
  }
}

// MARK: Pictures

extension PageValues {
  private mutating func add(_ picture: Picture, in place: String) {
    let name = "\(place): \(picture.title)"
    switch picture.content {
    case .curves(let curves):
      for series in curves.series { add("\(name), \(series.name)", Self.summary(series.heights)) }
      for level in curves.levels { add("\(name), \(level.name)", [level.height]) }
      for mark in curves.marks {
        add(
          "\(name), \(mark.name)", [mark.place, mark.heights.lowerBound, mark.heights.upperBound])
      }
    case .bars(let bars): add(name, bars.items.map(\.value))
    case .stack(let stack): for row in stack.rows { add("\(name), \(row.label)", row.parts) }
    case .grid(let grid):
      for panel in grid.panels { add("\(name), \(panel.name)", panel.values.map(Self.sum)) }
      for path in grid.paths {
        add("\(name), \(path.name)", Self.summary(path.points.flatMap { [$0.row, $0.column] }))
      }
    case .cloud(let cloud):
      for panel in cloud.panels {
        let count = Double(panel.outcomes.count)
        let square = panel.outcomes.reduce(0) {
          $0 + $1.probability * ($1.x * $1.x + $1.y * $1.y)
        }
        add("\(name), \(panel.name)", [count, panel.mean.x, panel.mean.y, square])
      }
    case .row(let row): add(name, Self.summary(row.values))
    case .images(let images):
      for row in images.rows {
        add(name, row.map { Self.sum($0.pixels.map(Self.sum)) })
      }
    case .graph: break
    }
    add("\(name), caption", Self.numbers(in: picture.caption))
  }

  private static func sum(_ values: [Double]) -> Double { values.reduce(0, +) }

  /// Of many heights: how many, the ends, the extremes and the sum.
  private static func summary(_ values: [Double]) -> [Double] {
    guard let first = values.first, let last = values.last else { return [] }
    return [
      Double(values.count), first, last, values.min() ?? 0, values.max() ?? 0, sum(values),
    ]
  }

  /// The numbers of a text.
  private static func numbers(in text: String) -> [Double] {
    text.matches(of: #/[−-]?\d*\.?\d+(?:e[−-]?\d+)?/#).compactMap {
      let typed = String($0.output.map { $0 == "−" ? "-" : $0 })
      let sign = typed.hasPrefix("-") ? "-" : ""
      let digits = typed.drop { $0 == "-" }
      return Double(sign + (digits.first == "." ? "0" : "") + digits)
    }
  }
}
