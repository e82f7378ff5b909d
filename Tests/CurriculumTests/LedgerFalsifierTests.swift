import Curriculum
import JSONText
import LessonKit
import Testing
import Verification

/// What makes a claim false, as the ledger names it: `madeFalseBy`, a mistake as LESSON/INQUIRY/NAME
/// or "mutation ID", an entry of Tests/Mutations/mutations.json.
@Suite("Every claim that is checked names what makes it false")
struct LedgerFalsifierTests {
  struct Named: Sendable, CustomTestStringConvertible {
    let claim: String
    let mistake: String
    var testDescription: String { "\(claim) by \(mistake)" }
  }

  private static let entries: [(claim: String, isChecked: Bool, madeFalseBy: String?)] = {
    guard let file = try? JSON(parsing: ClaimsText.json),
      let claims = try? JSONPlace(file).member("claims").array()
    else { return [] }
    return claims.compactMap { entry in
      guard let id = try? entry.member("id").string() else { return nil }
      let checks = try? entry.member("checks").array()
      return (
        id, checks?.isEmpty == false, try? entry.optional("madeFalseBy")?.string()
      )
    }
  }()

  static let named: [Named] = entries.compactMap { entry in
    guard let name = entry.madeFalseBy, !name.hasPrefix("mutation ") else { return nil }
    return Named(claim: entry.claim, mistake: name)
  }

  // Catches: a claim whose checks would hold whatever is computed.
  @Test("Each checked claim names one, and no other does")
  func complete() {
    #expect(Self.entries.count == 298)
    for entry in Self.entries {
      #expect((entry.madeFalseBy != nil) == entry.isChecked, "\(entry.claim)")
    }
  }

  @Test("One of the claim's own checks refuses the mistake that it names", arguments: Self.named)
  func refused(named: Named) throws {
    let path = named.mistake.split(separator: "/").map(String.init)
    try #require(path.count == 3)
    let taught = try #require(
      Taught.all.first { $0.lesson.id == path[0] && $0.inquiry.id == path[1] })
    let own = taught.inquiry.checks.filter { check in
      check.bearings.contains { $0.claim == named.claim && $0.kind != .corrects }
    }
    let reports = try #require(
      taught.inquiry.judge(
        path[2], checks: Set(own.map(\.id)),
        plan: SearchPlan(problems: MistakeCatalogue.problems, stopsAtRefusal: true)))
    #expect(reports.contains { !$0.holds })
  }
}
