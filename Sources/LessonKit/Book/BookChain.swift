/// A derivation: relation, formula, number and reason in columns that the eye runs down.
struct BookChain {
  let text: BookText
  let ids: (CheckRun) -> String

  /// The longest formula beside which there is room for a reason.
  private static let room = 28
  /// The longest number that has a place in the column of numbers.
  private static let longest = 14

  func markup(_ chain: Chain) -> HTML {
    let isShort = chain.start.count <= 18 && chain.beginsWithEquality
    let isNarrow =
      chain.links.allSatisfy { $0.text.count + (isShort ? chain.start.count : 0) <= Self.room }
    var rows: [HTML] = []
    if !isShort, !chain.start.isEmpty {
      rows += beginning(chain, isNarrow)
    }
    for (place, link) in chain.links.enumerated() {
      if !link.condition.isEmpty {
        rows.append(
          .tag(
            "tr", ["class": "if"],
            .tag(
              "td", ["colspan": isNarrow ? "5" : "4"],
              "If " + BookText.formula(link.condition) + ":")))
      }
      rows += self.rows(link, start: place == 0 && isShort ? chain.start : "", isNarrow)
    }
    let head: [HTML] =
      [
        .tag("th", ["scope": "col", "colspan": "3"], isNarrow ? "step" : "step, and why"),
        .tag("th", ["scope": "col", "class": "n"], "number"),
      ] + (isNarrow ? [.tag("th", ["scope": "col"], "because")] : [])
    return .tag(
      "table", ["class": isNarrow ? "chain" : "chain wide"],
      .tag("thead", [:], .tag("tr", [:], head)), .tag("tbody", [:], rows))
  }

  /// The formula that a chain begins with; a list of numbers that is long has no column of its own.
  private func beginning(_ chain: Chain, _ isNarrow: Bool) -> [HTML] {
    let isLong = chain.startNumber.count > Self.longest
    let formula = HTML.tag("td", ["class": "f", "colspan": "3"], scroll(chain.start))
    let number = HTML.tag("td", ["class": "n"], isLong ? HTML() : HTML(chain.startNumber))
    let long =
      isLong ? HTML.tag("span", ["class": "n long"], HTML(chain.startNumber)) : HTML()
    if isNarrow {
      return [.tag("tr", [:], formula, number, .tag("td", ["class": "why"], long))]
    }
    let below = HTML.tag(
      "tr", ["class": "because"], .tag("td", ["class": "why", "colspan": "4"], long))
    return [.tag("tr", [:], formula, number)] + (isLong ? [below] : [])
  }

  private func rows(_ link: Chain.Link, start: String, _ isNarrow: Bool) -> [HTML] {
    let definition =
      link.definition.isEmpty ? HTML() : "; here " + BookText.formula(link.definition)
    let changes = link.check.report.changes.map {
      BookText.formula($0.symbol) + HTML(" = " + $0.text)
    }
    let with = changes.isEmpty ? HTML() : "; with " + changes.joined(", ")
    let reason = text.inline(link.check.check.reason) + definition + with
    let formula: HTML
    if let sign = link.sign, BookText.canRead(link.text) {
      formula =
        .tag("td", ["class": "f"], start.isEmpty ? HTML() : scroll(start))
        + .tag("td", ["class": "rel"], HTML(sign)) + .tag("td", ["class": "f"], scroll(link.text))
    } else {
      formula = .tag("td", ["class": "f", "colspan": "3"], scroll(link.check.check.formula))
    }
    let isLong = link.number.count > Self.longest
    let number = HTML.tag("td", ["class": "n"], isLong ? HTML() : HTML(link.number))
    let long =
      isLong ? HTML.tag("span", ["class": "n long"], HTML(link.number)) + " " : HTML()
    let id = ids(link.check)
    let mark: HTML = link.check.holds ? HTML() : .tag("span", ["class": "bad"], "✗ ")
    if isNarrow {
      return [
        .tag("tr", ["id": id], formula, number, .tag("td", ["class": "why"], mark, long, reason))
      ]
    }
    return [
      .tag("tr", ["id": id], formula, number),
      .tag(
        "tr", ["class": "because"],
        .tag("td", ["class": "why", "colspan": "4"], mark, long, reason)),
    ]
  }

  private func scroll(_ formula: String) -> HTML {
    .tag("div", ["class": "scroll"], BookText.formula(formula))
  }
}

extension BookText {
  static func canRead(_ formula: String) -> Bool { Formula.parse(formula) != nil }
}
