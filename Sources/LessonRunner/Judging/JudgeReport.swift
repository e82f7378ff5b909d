import JSONText
import Judge
import LessonKit
import Probability

/// What is said of a program that was judged.
struct JudgeReport {
  /// What the components of the gradient are called.
  let components: [String]
  /// The verdict, or why there is none.
  let outcome: Result<GradientVerdict, Fault>
  /// What held the program back.
  let cages: [String]
  /// What it wrote to standard error, its end.
  let complaints: String
  /// Which known estimator it behaves like; nil where laws were not compared.
  var likeness: Likeness?

  var holds: Bool { (try? outcome.get())?.holds ?? false }

  private var isStarted: Bool {
    guard case .failure(let fault) = outcome else { return true }
    return fault.kind != .start
  }

  /// The verdict in a sentence; in one line, whatever a program says of itself.
  var words: String {
    switch outcome {
    case .success(let verdict): verdict.words
    case .failure(let fault): fault.description.replacing("\n", with: " ").printable
    }
  }

  /// The page.
  func lines(_ rendering: TerminalRendering) -> [String] {
    var lines = ["\(holds ? "✓" : "✗") \(words)"]
    if let verdict = try? outcome.get() {
      if let sentences = likeness?.sentences, !sentences.isEmpty { lines += [""] + sentences }
      lines += [""] + rendering.lines(table(verdict))
      lines += [
        "",
        visited(verdict),
      ]
    }
    if !complaints.isEmpty {
      lines += ["", "What it wrote to standard error:"]
      lines += complaints.printable.split(separator: "\n").suffix(12).map { "    " + $0 }
    }
    guard isStarted else { return lines }
    let held = cages.isEmpty ? "nothing: it could do what you can" : cages.joined(separator: ", ")
    return lines + ["", "Contained by: \(held)."]
  }

  private func table(_ verdict: GradientVerdict) -> Table {
    let isExact = verdict.quadrature == nil
    func cell(_ value: Double) -> Table.Cell {
      .figure(value, isExact ? .exact : .quadrature, digits: 6)
    }
    let rows = components.indices.map { d in
      [
        .text(components[d]), .exact(verdict.target[d]), cell(verdict.found.mean[d]),
        cell(verdict.found.variances[d]),
      ] + verdict.references.map { Table.Cell.exact($0.variances[d]) }
    }
    return Table(
      title: isExact ? "Over every outcome" : "Over every outcome and every node of a quadrature",
      columns: ["", "∇ELBO", "your mean", "your variance"]
        + verdict.references.indices.map { "variance \(Self.marks[$0 % Self.marks.count])" },
      rows: rows,
      note: verdict.references.enumerated().map { index, reference in
        "\(Self.marks[index % Self.marks.count]) \(reference.name)"
      }.joined(separator: "; ") + (verdict.references.isEmpty ? "" : "."))
  }

  private static let marks = ["(a)", "(b)", "(c)"]

  /// What was visited, and how far it is believed.
  private func visited(_ verdict: GradientVerdict) -> String {
    let again = verdict.repeated > 0 ? "; \(verdict.repeated) again in another process" : ""
    guard let quadrature = verdict.quadrature else {
      return "\(verdict.outcomes) outcomes, each visited once\(again)."
    }
    let distance = max(quadrature.distance, Double.ulpOfOne)
    let scope = quadrature.isOfAll ? "on all noises together" : "on each noise alone"
    return "Quadrature, \(verdict.outcomes) runs\(again): \(quadrature.words) agree to "
      + "\(Format.short(distance)) \(scope), which is evidence and no bound."
  }

  var json: JSON {
    var members: [(key: String, value: JSON)] = [
      ("holds", .bool(holds)), ("verdict", .string(words)), ("containedBy", .strings(cages)),
      ("standardError", .string(complaints.printable)),
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
              ($0.name, .object([("variances", .numbers($0.variances))]))
            })
        ),
      ]
    }
    if let likeness {
      let names = JSON.strings(likeness.mistakes.map(\.name))
      members += [
        ("lawOf", .strings(likeness.estimators)),
        (likeness.isOfWholeLaw ? "mistakesWithThisLaw" : "mistakesWithThisMean", names),
      ]
    }
    if let quadrature = (try? outcome.get())?.quadrature {
      members.append(
        (
          "quadrature",
          ["rules": .string(quadrature.words), "distance": .number(quadrature.distance)]
        ))
    }
    return .object(members)
  }
}
