import JSONText
import LessonKit
import Probability
import Testing
import Verification

@Suite("The ledger")
struct LedgerTests {
  static let claims = """
    {"lectures": [{"id": "L0", "title": "Halves", "author": null, "topic": "x"},
      {"id": "L4", "title": "Doubles", "author": "A. Person", "topic": "y"}],
     "claims": [
      {"id": "A-001", "lectures": ["L4"], "kind": "identity", "statement": "Twice half is one.",
       "lesson": "07-halves", "checkable": true, "verdict": "holds", "errata": ["E-012"]},
      {"id": "A-002", "lectures": ["L0"], "kind": "inequality", "statement": "Half is less.",
       "lesson": "07-halves", "checkable": true, "verdict": "holds", "condition": "x > 0",
       "errata": []},
      {"id": "A-009", "lectures": ["L0"], "kind": "model", "statement": "Later.",
       "lesson": "09-later", "checkable": true, "verdict": "holds", "errata": []},
      {"id": "A-010", "lectures": ["L0"], "kind": "reference", "statement": "Read this.",
       "lesson": null, "checkable": false, "verdict": "not checkable", "why": "reading",
       "errata": []}]}
    """
  static let errata = """
    {"errata": [
      {"id": "E-012", "lecture": "L4", "title": "Half of three", "verdict": "wrong",
       "lesson": "07-halves", "wordingOnly": false, "printed": "2", "problem": "It is 1.5.",
       "corrected": "3/2", "numbers": "1.5"},
      {"id": "E-013", "lecture": "L0", "title": "A word", "verdict": "sloppy",
       "lesson": "07-halves", "wordingOnly": true, "printed": "haf", "problem": "A letter.",
       "corrected": "half", "numbers": ""},
      {"id": "E-014", "lecture": "L0", "title": "Not yet", "verdict": "condition",
       "lesson": "09-later", "wordingOnly": false, "printed": "x", "problem": "y",
       "corrected": "z", "numbers": ""}]}
    """
  static func ledger() throws -> Ledger { try Ledger(claims: claims, errata: errata) }

  @Test("A claim has the ledger's verdict if its checks hold, and none if they fail or are missing")
  func statuses() throws {
    let ledger = try Self.ledger()
    func statuses(_ plan: SearchPlan) -> [ClaimReport.Status] {
      ClaimReport.reports(ledger.claims, lessons: [Fixture.lesson], plan: plan).map(\.status)
    }
    #expect(statuses(SearchPlan()) == [.holds, .holds, .notChecked, .reference])
    let broken = SearchPlan(perturbation: 1e-6)
    #expect(statuses(broken) == [.notChecked, .notChecked, .notChecked, .reference])
  }

  // Catches: a status that is what the ledger says, whatever the lines find.
  @Test("What a claim is follows from what its lines say of it, and the ledger must say the same")
  func found() throws {
    func report(_ verdict: String, _ lines: [Bearing]) throws -> ClaimReport {
      let ledger = Self.claims.replacing(
        "\"verdict\": \"holds\"", with: "\"verdict\": \"\(verdict)\"")
      let claim = try Ledger(claims: ledger, errata: Self.errata).claims[0]
      let derivation = Derivation<Double, Double>(
        id: "half", title: "", example: 1, draw: { try $0.real(from: 1, to: 2) },
        checks: lines.enumerated().map { number, bearing in
          Check("line-\(number)", "x = x", because: "", claims: [bearing]) { answer, _ in
            .equal(answer, 1.0)
          }
        }, answer: 1, mistakes: [])
      let lesson = Lesson(
        id: "07-halves", title: "", summary: "", frame: Frame(needs: [], gives: [], minutes: 1),
        sections: [Section("s", "", .inquiry(derivation))],
        practice: Practice(questions: [], suggestions: [], homework: ""), errata: [])
      return ClaimReport.reports([claim], lessons: [lesson], plan: SearchPlan(problems: 1))[0]
    }
    let cases: [([Bearing], ClaimReport.Status)] = [
      (["A-001"], .holds), (["A-001", "A-001"], .holds),
      (["A-001", .against("A-001")], .conditional), ([.against("A-001")], .refuted),
      ([.against("A-001"), .inPlaceOf("A-001")], .refuted),
      (["A-001", .inPlaceOf("A-001")], .holds), ([.inPlaceOf("A-001")], .notChecked),
      ([], .notChecked),
    ]
    for (lines, status) in cases {
      for verdict in ["holds", "conditional", "refuted"] {
        let report = try report(verdict, lines)
        #expect(report.found == status)
        #expect(report.status == (status.rawValue == verdict ? status : .notChecked))
      }
    }
  }

  @Test("Only the lines of the claims asked for are run")
  func economy() throws {
    let claim = try Self.ledger().claims[0]
    let reports = ClaimReport.reports([claim], lessons: [Fixture.lesson], plan: SearchPlan())
    #expect(reports[0].checks.map(\.id) == ["07-halves/half/twice"])
    let run = Fixture.lesson.run(RunRequest(claims: ["A-001"]))
    #expect(run.checks.count == 1)
  }

  @Test("Errata: in numbers, later, or in words")
  func errata() throws {
    let ledger = try Self.ledger()
    let reports = ErratumReport.reports(ledger.errata, lessons: [Fixture.lesson])
    let json = JSONRendering.errata(reports)
    guard case .array(let entries)? = json["errata"] else { throw JSONRenderingTests.Missing() }
    #expect(entries[0]["printed"] == 2)
    #expect(entries[0]["corrected"] == 1.5)
    #expect(entries[0]["difference"] == -0.5)
    #expect(entries[1]["printed"] == "haf")
    #expect(entries[1]["difference"] == .null)
    let rendering = TerminalRendering(TerminalStyle())
    #expect(
      rendering.errata(reports) == [
        "  erratum verdict   in  title                                corrected − printed",
        "✓ E-012  wrong      07  Half of three                                       -0.5",
        "· E-013  sloppy     07  A word                                           wording",
        "· E-014  condition  09  Not yet                                            later",
        "",
        "3 errata: 1 shown in numbers (corrected − printed; “undefined” where a form",
        "gives no number), 1 about wording only, 1 left to later lessons.",
      ])
    let page = rendering.erratum(reports[0], ledger: ledger)
    #expect(page.contains("  In          “Doubles” (A. Person)"))
    #expect(page.contains("    corrected     1.50000000000"))
    #expect(
      rendering.erratum(reports[1], ledger: ledger).last
        == "  Shown       wording only, nothing to compute")
    #expect(
      rendering.erratum(reports[2], ledger: ledger).last
        == "  Shown       not yet; lesson 09-later will")
  }

  /// A lesson with nothing but the numbers of an erratum.
  private func lesson(
    _ numbers: @escaping @Sendable () throws -> ErratumCase.Comparison
  ) -> Lesson {
    Lesson(
      id: "07-halves", title: "", summary: "", frame: Frame(needs: [], gives: [], minutes: 1),
      sections: [], practice: Practice(questions: [], suggestions: [], homework: ""),
      errata: [ErratumCase("E-012", model: "", compute: numbers)])
  }

  // Catches: an erratum that cannot be evaluated and is said to hold, and errata that no run counts.
  @Test("An erratum that fails does not hold, and a lesson counts it as a failure")
  func failing() throws {
    struct Unfinished: Error {}
    let failing = lesson { throw Unfinished() }
    let errata = try Self.ledger().errata
    #expect(!ErratumReport.reports(errata, lessons: [failing])[0].holds)
    #expect(failing.run(RunRequest()).failures == 1 && !failing.run(RunRequest()).holds)
    let right = lesson { ErratumCase.Comparison(printed: 2, corrected: 1.5, independent: 1.5) }
    #expect(right.run(RunRequest()).failures == 0)
  }

  @Test("An erratum whose correction is wrong does not hold")
  func refusal() throws {
    let wrong = lesson { ErratumCase.Comparison(printed: 2, corrected: 1.6, independent: 1.5) }
    #expect(wrong.run(RunRequest()).failures == 1)
    let reports = ErratumReport.reports(try Self.ledger().errata, lessons: [wrong])
    #expect(!reports[0].holds)
    let page = TerminalRendering(TerminalStyle()).erratum(reports[0], ledger: try Self.ledger())
    #expect(page.contains { $0.contains("✗ the corrected form does not agree") })
  }

  @Test("A claim on its page: condition, lectures, checks with numbers")
  func claimPage() throws {
    let ledger = try Self.ledger()
    let reports = ClaimReport.reports(ledger.claims, lessons: [Fixture.lesson], plan: SearchPlan())
    let rendering = TerminalRendering(TerminalStyle())
    let page = rendering.claim(reports[1], ledger: ledger)
    #expect(page.contains("  Condition   x > 0"))
    #expect(page.contains("  Stated in   “Halves”"))
    #expect(page.contains("07-halves/half, line 2"))
    #expect(page.contains { $0.hasPrefix("      0.75 ≤ 1.5") })
    #expect(
      rendering.claims(reports).last
        == "4 claims: 2 holds, 1 not checked yet, 1 reference.")
  }

  @Test("A ledger that is no ledger is refused with the place")
  func unreadable() {
    let error = #expect(throws: LedgerError.self) {
      try Ledger(claims: #"{"lectures": [], "claims": [{"id": 7}]}"#, errata: "{}")
    }
    #expect(error?.description.hasPrefix("claims.claims[0].id: expected a string") == true)
  }
}
