import Verification

/// What a page says of a mistake: what it changes of the code and of the numbers, the smallest model
/// on which a line refuses it, and what it passes.
struct BookMistake {
  let text: BookText
  /// The inquiry, run with the answer.
  let run: InquiryRun
  /// The page on which its lines stand; empty where it is this one.
  let page: String

  /// The most changed numbers that are shown.
  private static let shown = 3

  /// All of it.
  func whole(_ mistake: MistakeRun) -> HTML {
    var result = HTML.tag(
      "p", [:], .tag("b", [:], HTML(mistake.mistake.name)), ": ",
      text.inline(mistake.mistake.summary),
      mistake.mistake.source.map { .tag("span", ["class": "dim"], " Seen in: " + text.inline($0)) }
        ?? HTML())
    if let wrong = mistake.wrong { result += text.difference(run.listing, wrong) }
    result += table(changes(mistake))
    if let smallest = mistake.smallest { result += counterexample(smallest) }
    return result + outcome(mistake)
  }

  /// What it is, a number that it changes, and where to read the rest.
  func brief(_ mistake: MistakeRun, elsewhere: String) -> HTML {
    let change = changes(mistake).first
    // Rows of numbers stand on the other page only.
    let short = change.flatMap { $0.right.count + $0.broken.count <= 40 ? $0 : nil }
    let number: HTML =
      short.map { HTML(" On the example: \($0.right), broken: ") + bad($0.broken) + "." } ?? HTML()
    return .tag(
      "p", [:], HTML(mistake.mistake.summary + "."), number, " ",
      .link("\(elsewhere)#m-\(mistake.mistake.name)", "All of it"))
  }

  // MARK: Numbers of the example

  private typealias Change = (check: CheckRun, right: String, broken: String)

  /// The numbers of the example that are others now.
  private func changes(_ mistake: MistakeRun) -> [Change] {
    zip(run.checks, mistake.checks).compactMap { right, wrong -> Change? in
      guard !wrong.holds, let before = right.report.example, let after = wrong.report.example,
        !wrong.report.exampleHolds
      else { return nil }
      let (old, new) = (ExampleSides(before, true).together, ExampleSides(after, false).together)
      return old == new ? nil : (right, old, new)
    }
  }

  private func table(_ changes: [Change]) -> HTML {
    guard !changes.isEmpty else { return HTML() }
    let rows = changes.prefix(Self.shown).map { change -> HTML in
      .tag(
        "tr", [:], .tag("td", [:], line(change.check)),
        .tag("td", ["class": "n"], HTML(change.right)),
        .tag("td", ["class": "n bad"], HTML(change.broken)))
    }
    let head =
      .tag("th", ["scope": "col"], "on the example")
      + .tag("th", ["scope": "col", "class": "n"], "right")
      + HTML.tag("th", ["scope": "col", "class": "n"], "broken")
    return .tag(
      "div", ["class": "scroll"],
      .tag(
        "table", ["class": "changed"], .tag("thead", [:], .tag("tr", [:], head)),
        .tag("tbody", [:], rows)))
  }

  // MARK: The verdicts

  /// The smallest model that refuses the mistake, with both sides.
  private func counterexample(_ check: CheckRun) -> HTML {
    let result = check.report.result
    guard !result.holds else {
      return .tag("p", [:], "Refused on the example by line ", line(check), ".")
    }
    var pieces: [HTML] = [
      .tag("p", [:], "Line ", line(check), " ", bad(VerdictText.refused(result)), "."),
      text.plainGiven(check.report.caseGivens, word: "The smallest model that tells"),
    ]
    if let finding = result.finding {
      let sides = SidesText(finding, holds: false)
      let note = sides.note.isEmpty ? HTML() : HTML(" (\(sides.note))")
      pieces.append(
        .tag(
          "p", [:], .tag("code", [:], HTML(check.check.formula)), ": ",
          .tag("span", ["class": "n bad"], HTML("\(sides.left) \(sides.sign) \(sides.right)")), note
        ))
    }
    return HTML(pieces)
  }

  private func outcome(_ mistake: MistakeRun) -> HTML {
    let (refused, passed) = (mistake.refused, mistake.passed)
    guard !refused.isEmpty else { return .tag("p", [:], "Nothing here refuses it.") }
    let passes = passed.isEmpty ? ", and passes none." : "; it passes \(names(passed))."
    return .tag("p", ["class": "dim"], HTML("Refused by " + names(refused) + passes))
  }

  private func names(_ checks: [CheckRun]) -> String {
    checks.map { $0.check.id.replacing("-", with: " ") }.joined(separator: ", ")
  }

  /// The name of a check, as a link to it.
  private func line(_ check: CheckRun) -> HTML {
    .link("\(page)#" + BookText.id(check), HTML(check.check.id.replacing("-", with: " ")))
  }

  private func bad(_ text: String) -> HTML { .tag("span", ["class": "bad"], HTML(text)) }
}

extension BookText {
  /// Where a check stands on its page.
  static func id(_ check: CheckRun) -> String { "x-\(check.inquiry)-\(check.check.id)" }
}
