import JSONText
import Judge
import LessonKit
import Probability

/// What is said of a program that was judged.
struct JudgeReport {
  /// The verdict, or why there is none.
  let outcome: Result<GradientVerdict, Fault>
  /// What held the program back.
  let cages: [String]
  /// What it wrote to standard error, its end.
  let complaints: String

  var holds: Bool { (try? outcome.get())?.holds ?? false }

  private var isStarted: Bool {
    guard case .failure(let fault) = outcome else { return true }
    return fault.kind != .start
  }

  /// The verdict in a sentence.
  var words: String {
    switch outcome {
    case .success(let verdict): verdict.words
    case .failure(let fault): fault.description
    }
  }

  /// The page.
  func lines(_ rendering: TerminalRendering) -> [String] {
    var lines = ["\(holds ? "✓" : "✗") \(words)"]
    if let verdict = try? outcome.get() {
      lines += [""] + rendering.lines(table(verdict))
      lines += [
        "",
        "\(verdict.outcomes) outcomes, each visited once"
          + (verdict.repeated > 0 ? "; \(verdict.repeated) again in another process" : "") + ".",
      ]
    }
    if !complaints.isEmpty {
      lines += ["", "What it wrote to standard error:"]
      lines += Self.printable(complaints).suffix(12).map { "    " + $0 }
    }
    guard isStarted else { return lines }
    let held = cages.isEmpty ? "nothing: it could do what you can" : cages.joined(separator: ", ")
    return lines + ["", "Contained by: \(held)."]
  }

  private func table(_ verdict: GradientVerdict) -> Table {
    let components = verdict.target.indices
    var rows: [[Table.Cell]] = []
    func row(_ name: String, _ values: [Double]) {
      rows.append([.text(name)] + values.map { .exact($0) })
    }
    row("∇ELBO, exact", verdict.target)
    row("mean of yours", verdict.found.mean)
    row("variance of yours", verdict.found.variances)
    for reference in verdict.references {
      row("variance, \(reference.name)", reference.moments.variances)
    }
    return Table(
      title: "Over every outcome", columns: [""] + components.map { "λ\($0 + 1)" }, rows: rows)
  }

  /// Lines of foreign text, without what a terminal would obey.
  private static func printable(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
      String(line.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? "·" : Character($0) })
    }
  }

  var json: JSON {
    var members: [(key: String, value: JSON)] = [
      ("holds", .bool(holds)), ("verdict", .string(words)), ("containedBy", .strings(cages)),
      ("standardError", .string(Self.printable(complaints).joined(separator: "\n"))),
    ]
    if let verdict = try? outcome.get() {
      members += [
        ("outcomes", .integer(verdict.outcomes)), ("repeated", .integer(verdict.repeated)),
        ("gradient", .numbers(verdict.target)), ("mean", .numbers(verdict.found.mean)),
        ("covariance", .matrix(verdict.found.covariance)),
        (
          "references",
          .object(
            verdict.references.map {
              ($0.name, .object([("variances", .numbers($0.moments.variances))]))
            })
        ),
      ]
    }
    return .object(members)
  }
}
