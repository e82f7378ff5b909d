import Curriculum
import Foundation
import JSONText
import Testing

@testable import LessonKit
@testable import LessonRunner

@Suite("The ledger in the binary")
struct EmbeddedLedgerTests {
  private static func reference(_ name: String) throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: root.appending(path: "Reference/\(name)"), encoding: .utf8)
  }

  @Test("The embedded text is the file byte for byte; if not, run Reference/embed.sh")
  func embedded() throws {
    #expect(Array(ClaimsText.json.utf8) == Array(try Self.reference("claims.json").utf8))
    #expect(Array(GlossaryText.markdown.utf8) == Array(try Self.reference("glossary.md").utf8))
    #expect(
      Array(BibliographyText.markdown.utf8) == Array(try Self.reference("bibliography.md").utf8))
    #expect(Array(ErrataText.json.utf8) == Array(try Self.reference("errata.json").utf8))
  }

  @Test("All 298 claims and all 78 errata are always listed")
  func counts() throws {
    let claims = try JSON(parsing: call("claims", "--json").output)
    let errata = try JSON(parsing: call("errata", "--json").output)
    guard case .array(let all)? = claims["claims"], case .array(let wrong)? = errata["errata"]
    else { throw JSONMissing() }
    #expect(all.count == 298)
    #expect(wrong.count == 78)
    #expect(all[0]["status"] == "holds")
    #expect(all[0]["checks"] == ["03-halves/half/twice", "04-whole-halves/half/twice"])
    #expect(call("claims").lines.count { $0.dropFirst(2).hasPrefix("A-") } == 298)
    #expect(call("errata").lines.count { $0.dropFirst(2).hasPrefix("E-") } == 78)
  }

  @Test("Every line of the course cites claims that exist, every case an erratum that exists")
  func citations() throws {
    let ledger = try Course.real.ledger()
    let claims = Set(ledger.claims.map(\.id))
    let errata = Set(ledger.errata.map(\.id))
    for lesson in Catalogue.lessons {
      for check in lesson.inquiries.flatMap(\.checks) {
        for claim in check.claims { #expect(claims.contains(claim), "\(lesson.id) \(check.id)") }
      }
      for test in lesson.errata { #expect(errata.contains(test.id), "\(lesson.id) \(test.id)") }
    }
    #expect(claims.count == ledger.claims.count && errata.count == ledger.errata.count)
  }
}
