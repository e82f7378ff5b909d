import Curriculum
import LessonKit
import Testing
import Verification

@Suite("The status of a claim is what its lines find")
struct LedgerStatusTests {
  /// Refuted claims that say that something cannot be, is needed, or is the least: doing it, or
  /// something smaller, is the counterexample, and no line is a ≠.
  private static let counterexamples = [
    "A-113": "q̃ has a larger ELBO than another q, so that it is no minimum",
    "A-122": "an update of a model that is not conjugate",
    "A-123": "coordinate ascent in a model that is not conjugate",
    "A-251": "a Gibbs distribution of Poisson latents, and a posterior with a name",
    "A-267": "a shared p(x) after which the latents are independent",
    "A-276": "weighted draws of any other law, whose mean is that derivative",
  ]

  private let reports: [ClaimReport]

  init() throws {
    let ledger = try Ledger(claims: ClaimsText.json, errata: ErrataText.json)
    reports = ClaimReport.reports(
      ledger.claims, lessons: Catalogue.lessons, plan: SearchPlan(problems: 5))
  }

  @Test("It holds where no line refutes it, is conditional with both, refuted where none shows it")
  func found() {
    for report in reports where report.claim.isCheckable && !report.checks.isEmpty {
      #expect(report.found.rawValue == report.claim.verdict, "\(report.claim.id)")
      #expect(report.status == report.found, "\(report.claim.id)")
      #expect(
        (report.claim.condition != nil) == (report.found == .conditional), "\(report.claim.id)")
    }
    #expect(reports.count { $0.found == .conditional } >= 30)
    #expect(reports.count { $0.found == .refuted } >= 25)
  }

  // Catches: a claim that is called refuted though no line evaluates what is printed.
  @Test("A refuted claim has a line that evaluates it on the left, and whose relation refuses it")
  func refuted() {
    for report in reports where report.found == .refuted {
      let against = report.checks.filter { report.kind($0) == .refutes }
      let relations = against.compactMap { $0.report.example?.relation }
      let isNamed = Self.counterexamples[report.claim.id] != nil
      #expect(relations.contains(.different) != isNamed, "\(report.claim.id): \(relations)")
    }
  }

  @Test("A line that says what is true instead stands beside one that refutes")
  func corrected() {
    for report in reports where report.checks.contains(where: { report.kind($0) == .corrects }) {
      #expect(
        report.checks.contains { report.kind($0) == .refutes }, "\(report.claim.id)")
    }
  }
}
