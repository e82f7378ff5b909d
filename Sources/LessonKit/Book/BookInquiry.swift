import Probability
import Verification

/// A derivation or an exercise: its model, its chain, what follows, its code, and how it breaks.
struct BookInquiry {
  let text: BookText
  let run: InquiryRun
  let plan: SearchPlan
  let mistakes: [MistakeRun]
  /// The page that says all of a mistake, where this one has no room for it.
  let elsewhere: String?
  /// The claims that it establishes, with their ledger entries.
  let claims: [Claim]

  var markup: HTML {
    var pieces: [HTML] = [
      .tag(
        "h3", ["id": "x-" + run.inquiry.id],
        .link("#x-" + run.inquiry.id, BookText.title(run.inquiry.title))),
      notes, text.given(run.inquiry.givens.filter { !$0.isForFoldedLines }),
    ]
    let chain = BookChain(text: text, ids: BookText.id)
    pieces += run.chains.map(chain.markup)
    pieces += [verdict, text.prose(run.inquiry.afterChain)]
    pieces += run.checks(as: .consequence).map { consequence($0) }
    pieces.append(folded)
    if let listing = run.listing { pieces.append(text.code(listing)) }
    pieces += [task, breaks]
    return .tag("section", ["class": "inquiry"], pieces)
  }

  /// Claims of the lectures that these lines establish.
  private var notes: HTML {
    guard !claims.isEmpty else { return HTML() }
    let shown = claims.prefix(4).map { claim -> HTML in
      let statement =
        claim.statement.count > 130 ? String(claim.statement.prefix(128)) + "…" : claim.statement
      return .tag(
        "p", [:], .link("claims.html#\(claim.id)", HTML(claim.id)), " ", HTML(statement), " ",
        .tag("span", ["class": "verdict"], HTML(claim.verdict)))
    }
    let more = claims.dropFirst(4).map { claim -> HTML in
      .link("claims.html#\(claim.id)", HTML(claim.id))
    }
    let rest: HTML =
      more.isEmpty ? HTML() : .tag("p", [:], "also " + more.joined(", "))
    return .tag(
      "aside", ["class": "note", "aria-label": "Claims of the lectures that are checked here"],
      HTML(shown), rest)
  }

  private var verdict: HTML {
    let steps = run.checks(as: .step)
    guard !steps.isEmpty, steps.allSatisfy(\.holds) else { return HTML() }
    let models = "\(Format.count(plan.problems)) random models"
    let words = steps.count == 1 ? "held on \(models)" : "every step held on \(models)"
    return .tag("p", ["class": "held"], .tag("span", ["class": "good"], "✓"), HTML(" " + words))
  }

  private func consequence(_ check: CheckRun) -> HTML {
    .tag("div", ["class": "consequence", "id": BookText.id(check)], [line(check)])
  }

  /// A check in full: formula, both sides in numbers, reason; the refusal where there is one.
  private func line(_ check: CheckRun) -> HTML {
    let mark: HTML =
      check.holds ? .tag("span", ["class": "good"], "✓") : .tag("span", ["class": "bad"], "✗")
    var pieces: [HTML] = [
      .tag("div", ["class": "scroll"], mark, " ", BookText.formula(check.check.formula)),
      text.given(check.report.changes, word: "with"),
    ]
    var why = HTML()
    if let example = check.report.example {
      let sides = ExampleSides(example, check.report.exampleHolds)
      why = .tag("span", ["class": "n"], HTML(sides.together)) + " "
    }
    why += text.inline(check.check.reason)
    if !check.holds {
      why += .tag("span", ["class": "bad"], HTML(" " + VerdictText.refused(check.report.result)))
    }
    pieces.append(.tag("p", ["class": "why"], why))
    return HTML(pieces)
  }

  /// Special cases, asides and errata behind one line.
  private var folded: HTML {
    let roles: [Role] = [.specialCase, .aside, .erratum]
    let parts = roles.compactMap { role -> String? in
      let count = run.checks(as: role).count
      return count == 0 ? nil : "\(count) \(count == 1 ? role.rawValue : role.plural)"
    }
    guard !parts.isEmpty else { return HTML() }
    let checks = roles.flatMap { run.checks(as: $0) }
    let mark: HTML =
      checks.allSatisfy(\.holds)
      ? .tag("span", ["class": "good"], "✓") : .tag("span", ["class": "bad"], "✗")
    let items = checks.map { check in
      HTML.tag("li", ["id": BookText.id(check)], [line(check)])
    }
    return .tag(
      "details", ["class": "folded"],
      .tag("summary", [:], mark, HTML(" and " + parts.joined(separator: ", "))),
      text.given(run.inquiry.givens.filter(\.isForFoldedLines), word: "For these also"),
      .tag("ul", [:], items))
  }

  private var breaks: HTML {
    BookMistakes(
      panels: BookMistake(text: text, run: run, page: ""), inquiry: run.inquiry.id, runs: mistakes,
      elsewhere: elsewhere
    ).markup
  }

  private var task: HTML {
    guard let assignment = run.inquiry.assignment else { return HTML() }
    let hints = assignment.hints.map { HTML.tag("li", [:], text.inline($0)) }
    return .tag(
      "details", ["class": "task"], .tag("summary", [:], "Write it yourself"),
      text.prose(assignment.task),
      hints.isEmpty
        ? HTML()
        : .tag(
          "details", [:], .tag("summary", [:], "Hints, from a nudge to nearly the answer"),
          .tag("ol", [:], hints)))
  }
}
