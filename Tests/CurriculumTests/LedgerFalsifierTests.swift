import Curriculum
import JSONText
import LessonKit
import Testing
import Verification

/// What makes a claim false, as the ledger names it: `madeFalseBy`, a mistake as LESSON/INQUIRY/NAME
/// or "mutation ID", an entry of Tests/Mutations/mutations.json.
///
/// A claim that holds under a condition is made false under it, by what a line that shows the claim
/// refuses; a refuted one is false already, and what is named takes its counterexample away.
@Suite("Every claim that is checked names what makes it false")
struct LedgerFalsifierTests {
  struct Named: Sendable, CustomTestStringConvertible {
    let claim: String
    let isRefuted: Bool
    let mistake: String
    var testDescription: String { "\(claim) by \(mistake)" }
  }

  private struct Entry {
    let claim: String
    let isRefuted: Bool
    let isChecked: Bool
    let madeFalseBy: String?
  }

  private static let entries: [Entry] = {
    guard let file = try? JSON(parsing: ClaimsText.json),
      let claims = try? JSONPlace(file).member("claims").array()
    else { return [] }
    return claims.compactMap { entry in
      guard let id = try? entry.member("id").string() else { return nil }
      let checks = try? entry.member("checks").array()
      return Entry(
        claim: id, isRefuted: (try? entry.member("verdict").string()) == "refuted",
        isChecked: checks?.isEmpty == false,
        madeFalseBy: try? entry.optional("madeFalseBy")?.string())
    }
  }()

  static let named: [Named] = entries.compactMap { entry in
    guard let name = entry.madeFalseBy, !name.hasPrefix("mutation ") else { return nil }
    return Named(claim: entry.claim, isRefuted: entry.isRefuted, mistake: name)
  }

  // Catches: a claim whose checks would hold whatever is computed.
  @Test("Each checked claim names one, and no other does")
  func complete() {
    #expect(Self.entries.count == 298)
    for entry in Self.entries {
      #expect((entry.madeFalseBy != nil) == entry.isChecked, "\(entry.claim)")
    }
  }

  // Catches: a condition that is dropped, or a correction that is spoilt, where the claim should be.
  @Test(
    "A line that shows the claim refuses the mistake; if it is refuted, a line against it does",
    arguments: Self.named)
  func refused(named: Named) throws {
    let path = named.mistake.split(separator: "/").map(String.init)
    try #require(path.count == 3)
    let taught = try #require(
      Taught.all.first { $0.lesson.id == path[0] && $0.inquiry.id == path[1] })
    let own = taught.inquiry.checks.filter { check in
      check.bearings.contains {
        $0.claim == named.claim && $0.kind == (named.isRefuted ? .refutes : .shows)
      }
    }
    let reports = try #require(
      taught.inquiry.judge(
        path[2], checks: Set(own.map(\.id)),
        plan: SearchPlan(problems: MistakeCatalogue.problems, stopsAtRefusal: true)))
    #expect(reports.contains { !$0.holds })
  }
}
