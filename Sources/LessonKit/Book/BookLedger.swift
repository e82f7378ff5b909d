import Probability

extension Book {
  /// The claims by the lecture that makes them.
  func claimsPage(_ reports: [ClaimReport]) -> String {
    var body = HTML.tag("h1", [:], "What the lectures state")
    body += text.prose(
      """
      Each claim with what has been established of it. It holds, is conditional or is refuted if \
      at least one line checks it and all of them find so; the links lead to these lines.
      """)
    var contents: [(id: String, title: HTML)] = []
    for lecture in ledger.lectures {
      let claims = reports.filter { $0.claim.lectures.contains(lecture.id) }
      guard !claims.isEmpty else { continue }
      let first = claims.filter { $0.claim.lectures.first == lecture.id }
      let others = claims.filter { $0.claim.lectures.first != lecture.id }
      contents.append((lecture.id, HTML("\(lecture.id) \(lecture.title)")))
      body += BookFrame.heading(lecture.id, HTML(lecture.citation))
      if !others.isEmpty {
        let links = others.map { HTML.link("#" + $0.claim.id, HTML($0.claim.id)) }
        body += .tag(
          "p", ["class": "dim"], "Stated here too, and listed under another lecture: ",
          links.joined(", "), ".")
      }
      body += HTML(first.map(entry))
    }
    return BookFrame.page(title: "Claims", contents: contents, body: body)
  }

  private func entry(_ report: ClaimReport) -> HTML {
    let claim = report.claim
    var fields: [(HTML, HTML)] = [("status", HTML(report.status.rawValue))]
    if let condition = claim.condition { fields.append(("condition", text.inline(condition))) }
    if let why = claim.why { fields.append(("why not", text.inline(why))) }
    if claim.lectures.count > 1 {
      fields.append(("stated in", HTML(claim.lectures.joined(separator: ", "))))
    }
    if !claim.errata.isEmpty {
      let links = claim.errata.map { HTML.link("errata.html#" + $0, HTML($0)) }
      fields.append(("errata", links.joined(", ")))
    }
    if !report.checks.isEmpty {
      fields.append(("use in class", lines(report.checks)))
    } else if let lesson = claim.lesson {
      fields.append(("lesson", HTML(lesson)))
    }
    return .tag(
      "article", ["class": "entry", "id": claim.id],
      .tag(
        "p", [:], mark(report), .link("#" + claim.id, .tag("b", [:], HTML(claim.id))), " ",
        text.inline(claim.statement)), Self.fields(fields))
  }

  /// "00 bound: 3, 4; 01 divergence: 7", each number a link to its line.
  private func lines(_ checks: [CheckRun]) -> HTML {
    var inquiries: [(name: String, links: [HTML])] = []
    for check in checks {
      let name = "\(check.id.prefix(2)) \(check.inquiry)"
      let link = HTML.link(address(check), HTML("\(check.number)"))
      if inquiries.last?.name == name {
        inquiries[inquiries.count - 1].links.append(link)
      } else {
        inquiries.append((name, [link]))
      }
    }
    return inquiries.map { HTML($0.name + ": ") + $0.links.joined(", ") }.joined("; ")
  }

  private func mark(_ report: ClaimReport) -> HTML {
    guard report.holds else { return .tag("span", ["class": "bad"], "✗") + " " }
    switch report.status {
    case .holds, .conditional, .refuted: return .tag("span", ["class": "good"], "✓") + " "
    case .notChecked, .reference: return HTML()
    }
  }

  /// Names with what belongs to them.
  static func fields(_ fields: [(HTML, HTML)]) -> HTML {
    .tag("dl", [:], fields.map { .tag("dt", [:], $0.0) + .tag("dd", [:], $0.1) })
  }

  // MARK: Errata

  /// The errata by lecture, with both forms in numbers.
  func errataPage(_ reports: [ErratumReport]) -> String {
    var body = HTML.tag("h1", [:], "What the lectures print that is not quite so")
    body += text.prose(
      """
      Each erratum with what is printed, the condition under which it is true or what is the \
      matter, the corrected form, and both evaluated on a tiny model.
      """)
    var contents: [(id: String, title: HTML)] = []
    for lecture in ledger.lectures {
      let errata = reports.filter { $0.erratum.lecture == lecture.id }
      guard !errata.isEmpty else { continue }
      contents.append((lecture.id, HTML("\(lecture.id) \(lecture.title)")))
      body += BookFrame.heading(lecture.id, HTML(lecture.citation)) + HTML(errata.map(entry))
    }
    return BookFrame.page(title: "Errata", contents: contents, body: body)
  }

  private func entry(_ report: ErratumReport) -> HTML {
    let erratum = report.erratum
    var fields: [(HTML, HTML)] = [
      ("printed", text.inline(erratum.printed)), ("problem", text.inline(erratum.problem)),
      ("corrected", text.inline(erratum.corrected)), ("numbers", text.inline(erratum.numbers)),
    ]
    switch report.outcome {
    case .shown(let lesson, let model, let numbers):
      fields.append(("evaluated", text.inline(model)))
      fields += self.numbers(numbers)
      fields.append(("shown in", shown(lesson)))
    case .failed(let lesson, let reason):
      fields.append(("failed", HTML("\(lesson): \(reason)")))
    case .later: fields.append(("shown", HTML("not yet; lesson \(erratum.lesson) will")))
    case .wordingOnly: fields.append(("shown", "wording only, nothing to compute"))
    }
    return .tag(
      "article", ["class": "entry", "id": erratum.id],
      .tag(
        "h3", [:], .link("#" + erratum.id, HTML(erratum.id)), " ", text.inline(erratum.title), " ",
        .tag("span", ["class": "dim"], HTML(erratum.verdict))), Self.fields(fields))
  }

  private func shown(_ id: String) -> HTML { .link("\(id).html#errata", HTML(id)) }

  private func numbers(_ numbers: ErratumCase.Comparison) -> [(HTML, HTML)] {
    func text(_ value: Double?, _ ink: String? = nil) -> HTML {
      let number = value.map { Format.significant($0, digits: 12) } ?? "undefined"
      return .tag("span", ["class": ink.map { "n " + $0 } ?? "n"], HTML(number))
    }
    var fields: [(HTML, HTML)] = [
      ("printed gives", text(numbers.printed, "bad")),
      ("corrected gives", text(numbers.corrected)),
    ]
    if numbers.independent != nil { fields.append(("independent", text(numbers.independent))) }
    if let difference = numbers.difference { fields.append(("difference", text(difference))) }
    if let under = numbers.underCondition {
      fields.append(("printed, where its condition holds", text(under.printed)))
      fields.append(("independent, there", text(under.independent)))
    }
    return fields
  }
}
