import Curriculum
import JSONText
import LessonKit
import Testing
import Verification

@Suite("The ledger and the lessons")
struct LedgerCoverageTests {
  private let ledger: Ledger
  private let lessons = Catalogue.lessons

  init() throws {
    ledger = try Ledger(claims: ClaimsText.json, errata: ErrataText.json)
  }

  /// The names of the checks of each claim.
  private func checks() -> [String: [String]] {
    var found: [String: [String]] = [:]
    for taught in Taught.all {
      for check in taught.inquiry.checks {
        for claim in check.claims {
          found[claim, default: []].append(taught.lesson.checkID(taught.inquiry, check.id))
        }
      }
    }
    return found
  }

  @Test("All 298 claims and 78 errata are listed once")
  func complete() {
    #expect(Set(ledger.claims.map(\.id)).count == 298)
    #expect(Set(ledger.errata.map(\.id)).count == 78)
  }

  @Test("Every checkable claim of a lesson that exists has a check; every check names real claims")
  func claims() {
    let checks = checks()
    let taught = Set(lessons.map(\.id))
    let missing = ledger.claims.filter { claim in
      claim.isCheckable && taught.contains(claim.lesson ?? "") && checks[claim.id] == nil
    }
    #expect(missing.map(\.id) == [])
    let known = Dictionary(uniqueKeysWithValues: ledger.claims.map { ($0.id, $0) })
    for (id, lines) in checks {
      #expect(known[id]?.isCheckable == true, "\(id), named by \(lines)")
    }
  }

  @Test("claims.json names the checks of each claim, as the lessons have them")
  func checkNames() throws {
    let checks = checks()
    let file = JSONPlace(try JSON(parsing: ClaimsText.json), named: "claims")
    for entry in try file.member("claims").array() {
      let id = try entry.member("id").string()
      let named = try entry.member("checks")
      guard let expected = checks[id] else {
        // A pointer for reading has no checks; anything else says that it waits for its lesson.
        let waits = try entry.member("checkable").bool()
        if waits { #expect(try named.string() == "not checked yet", "\(id)") }
        continue
      }
      #expect(try named.array().map { try $0.string() } == expected, "\(id)")
    }
  }

  @Test("Every erratum of a lesson that exists has its case there; wording alone has none")
  func errata() {
    for lesson in lessons {
      let shown = lesson.errata.map(\.id)
      #expect(Set(shown).count == shown.count)
      let wanted = ledger.errata.filter { $0.lesson == lesson.id && !$0.isWordingOnly }
      #expect(Set(wanted.map(\.id)) == Set(shown), "\(lesson.id)")
    }
    #expect(ledger.errata.filter(\.isWordingOnly).count == 5)
  }

  @Test("An erratum that is a condition shows where the printed form is right")
  func conditions() throws {
    let known = Dictionary(uniqueKeysWithValues: ledger.errata.map { ($0.id, $0) })
    for lesson in lessons {
      for erratum in lesson.errata where known[erratum.id]?.verdict == "condition" {
        let numbers = try erratum.evaluate()
        #expect(numbers.underCondition != nil, "\(erratum.id)")
      }
    }
  }

  @Test("At least twelve exercises, forty mistakes, twenty-five of them seen in the wild")
  func catalogue() {
    let inquiries = lessons.flatMap(\.inquiries)
    let mistakes = inquiries.flatMap(\.mistakes)
    let assignments = inquiries.compactMap(\.assignment)
    #expect(assignments.count >= 12)
    #expect(mistakes.count >= 40)
    #expect(mistakes.filter { $0.source != nil }.count >= 25)
    for assignment in assignments {
      #expect(!assignment.task.isEmpty && assignment.hints.count >= 3)
    }
  }
}
