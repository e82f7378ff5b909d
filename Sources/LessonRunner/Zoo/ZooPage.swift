import Approximate
import Exact
import Interchange
import JSONText
import LessonKit
import Models
import Probability

/// The page of one estimator: its formula, its code, its law on an example, and where it is no help.
struct ZooPage<Problem: ZooPaged> {
  let estimator: ZooEstimator<Problem>
  /// Its rows on the built-in problems, beside the score function with as many draws.
  let rows: [Comparison]
  let law: ZooLaw?
  let sweep: ZooSweep?

  /// An estimator on a problem, and plain REINFORCE there.
  struct Comparison {
    let example: ZooExample<Problem>
    let row: ZooRow
    let plain: ZooRow
  }

  init(_ estimator: ZooEstimator<Problem>) throws {
    self.estimator = estimator
    let examples = Problem.pageExamples.filter {
      estimator.fits($0.problem) && $0.problem.isQuick(estimator)
    }
    let plain = Problem.estimators.filter { $0.name == "score-function" }
    rows = try examples.map { example in
      let settings = estimator.shownSettings(on: example.problem)
      let draws = ZooSettings(["samples": .number(Double(settings.samples))])
      let answer = try Problem.spec(
        example.problem,
        [example.request(estimator, settings)] + plain.map { example.request($0, draws) }
      ).answer(.init())
      return Comparison(
        example: example, row: answer.rows[0], plain: answer.rows[answer.rows.count - 1])
    }
    let first = examples.first
    law = try first.flatMap { example in
      try estimator.law(example.problem, estimator.shownSettings(on: example.problem))
    }
    sweep = try first.flatMap { try ZooSweep(estimator, $0.problem) }
  }

  func lines(_ page: TerminalStyle) -> [String] {
    let rendering = TerminalRendering(page)
    var lines = [rendering.heading(estimator.name, aside: "gradient estimator"), ""]
    lines += Wrapping.paragraph(estimator.formula, width: page.width, first: "  ", rest: "      ")
    lines += [""] + facts(page)
    if let listing = Problem.listings[estimator.name] {
      lines += ["", "Code  " + listing.file]
      lines += Fitting.cut(listing.lines.map { $0.isEmpty ? "" : "    " + $0 }, width: page.width)
    }
    lines += comparisons(rendering)
    if let law, let first = rows.first { lines += [""] + rendering.lines(lawPicture(law, first)) }
    if let sweep { lines += [""] + rendering.lines(sweep.picture(of: estimator.name)) }
    return lines
  }

  private func facts(_ page: TerminalStyle) -> [String] {
    var facts: [(String, String)] = [("for", estimator.scope.words + estimator.needs.words)]
    facts.append(("mean", estimator.bias.words))
    if !estimator.papers.isEmpty {
      facts.append(("paper", estimator.papers.joined(separator: "; ")))
    }
    for setting in estimator.settings {
      let standard = setting.standard.map { " (\($0.words) unless given)" } ?? ""
      facts.append((setting.name, setting.meaning + standard))
    }
    let room = facts.map(\.0.count).max() ?? 0
    return facts.flatMap { name, text in
      Wrapping.paragraph(
        text, width: page.measure,
        first: name + String(repeating: " ", count: room - name.count + 2),
        rest: String(repeating: " ", count: room + 2))
    }
  }

  private func comparisons(_ rendering: TerminalRendering) -> [String] {
    guard !rows.isEmpty else { return [] }
    let table = Table(
      title: "on the problems of lessons zoo",
      columns: ["problem", "exact", "mean", "variance", "plain", ""],
      rows: rows.map { comparison in
        let row = comparison.row
        return [
          .text(comparison.example.name), .text(row.exact.map(ZooTable.short) ?? "undefined"),
          .text(row.mean.map(ZooTable.short) ?? "undefined"),
          .text(row.totalVariance.map { Format.short($0, digits: 3) } ?? ""),
          .text(comparison.plain.totalVariance.map { Format.short($0, digits: 3) } ?? ""),
          .text(row.remark),
        ]
      })
    return [""] + rendering.lines(table) + ["", verdict]
  }

  /// Where its variance is above that of the score function with as many draws.
  private var verdict: String {
    let worse = rows.filter {
      ($0.row.totalVariance ?? 0) > ($0.plain.totalVariance ?? 0) * (1 + 1e-9)
    }
    guard !worse.isEmpty else {
      return "Its variance is above that of plain REINFORCE on none of these."
    }
    return "Its variance is above that of plain REINFORCE on "
      + worse.map(\.example.name).joined(separator: ", ") + "."
  }

  private func lawPicture(_ law: ZooLaw, _ comparison: Comparison) -> Picture {
    let order = law.values.indices.sorted {
      law.values[$0].lexicographicallyPrecedes(law.values[$1])
    }
    return Drawing.bars(
      "its values on \(comparison.example.name), one run, with their probabilities",
      order.map { (label: ZooTable.short(law.values[$0]), value: law.probabilities[$0], note: "") })
  }

  var json: JSON {
    var members: [(key: String, value: JSON)] = [
      ("name", .string(estimator.name)), ("formula", .string(estimator.formula)),
      ("scope", .string(estimator.scope.words)), ("bias", .string(estimator.bias.words)),
      ("papers", .strings(estimator.papers)),
      (
        "settings",
        .array(
          estimator.settings.map {
            .object([("name", .string($0.name)), ("meaning", .string($0.meaning))])
          })
      ),
    ]
    if let listing = Problem.listings[estimator.name] {
      members.append(
        ("code", .object([("file", .string(listing.file)), ("text", .string(listing.text))])))
    }
    members.append(
      (
        "problems",
        .array(
          rows.map { comparison in
            .object(
              [("problem", .string(comparison.example.name))]
                + (comparison.row.json.members ?? []) + [
                  ("plainVariances", .numbers(comparison.plain.variances ?? []))
                ])
          })
      ))
    if let law {
      members.append(
        (
          "law",
          .object([
            ("values", .matrix(law.values)), ("probabilities", .numbers(law.probabilities)),
          ])
        ))
    }
    if let sweep { members.append(("sweep", sweep.json)) }
    return .object(members)
  }
}

extension ZooNeed {
  fileprivate var words: String {
    switch self {
    case .anything: ""
    case .logJoint: "; needs log p(x, z)"
    case .fixed: "; needs a function that does not depend on q"
    }
  }
}

extension ZooValue {
  fileprivate var words: String {
    switch self {
    case .number(let number): Format.short(number)
    case .flag(let flag): "\(flag)"
    case .word(let word): word
    case .numbers(let numbers): ZooTable.short(numbers)
    case .function: "a function"
    }
  }
}
