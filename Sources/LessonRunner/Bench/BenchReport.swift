import JSONText
import LessonKit
import Probability

/// What `lessons bench` found out about one workload.
struct BenchResult {
  let workload: String
  let measurement: Measurement
  let check: ReferenceCheck

  var json: JSON {
    let timing = measurement.timing
    return [
      "workload": .string(workload), "secondsPerOperation": .number(timing.median),
      "repeats": .integer(timing.seconds.count), "fastest": .number(timing.fastest),
      "slowest": .number(timing.slowest), "threads": .integer(measurement.threads),
    ]
  }
}

/// The table for a person, at most 80 columns wide.
enum BenchTable {
  static let head = row("workload", ["median", "fastest", "threads", "answer"])

  static func row(_ result: BenchResult) -> String {
    let timing = result.measurement.timing
    return row(
      result.workload,
      [
        duration(timing.median), duration(timing.fastest), "\(result.measurement.threads)",
        word(result.check),
      ])
  }

  static func foot(_ plan: TimingPlan, folder: String, hasNoReference: Bool) -> [String] {
    let seconds = Format.short(plan.repeatSeconds)
    let text =
      "Time of one operation: the median of \(plan.repeats) repeats of at least \(seconds) s, "
      + "each operation starting from the decoded model. Inputs: \(folder)."
    let none = hasNoReference ? " \"-\": the file has no reference to compare with." : ""
    return Wrapping.paragraph(text + none, width: 80)
  }

  /// Three digits and the unit that suits them.
  static func duration(_ seconds: Double) -> String {
    let units = [(1.0, "s"), (1e-3, "ms"), (1e-6, "µs")]
    let (scale, unit) = units.first { seconds >= $0.0 } ?? (1e-6, "µs")
    return Format.significant(seconds / scale, digits: 3) + " " + unit
  }

  private static func word(_ check: ReferenceCheck) -> String {
    switch check {
    case .noReference: "-"
    case .agrees: "agrees"
    case .differs: "differs"
    }
  }

  private static func row(_ name: String, _ cells: [String]) -> String {
    let widths = [9, 9, 9, 9]
    return zip(cells, widths).reduce(pad(name, 39)) { line, cell in
      line + String(repeating: " ", count: max(1, cell.1 - cell.0.count)) + cell.0
    }
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
