import Curriculum
import LessonKit
import Testing
import Verification

/// A derivation or an exercise with the lesson that it belongs to, as an argument of a test.
struct Taught: Sendable, CustomTestStringConvertible {
  let lesson: Lesson
  let inquiry: any Inquiry
  var testDescription: String { "\(lesson.id)/\(inquiry.id)" }

  static let all: [Taught] = Catalogue.lessons.flatMap { lesson in
    lesson.inquiries.map { Taught(lesson: lesson, inquiry: $0) }
  }
}

@Suite("Every derivation and exercise")
struct ExerciseLawTests {
  @Test("The answer passes every check on several seeds", arguments: Taught.all)
  func answerPasses(taught: Taught) throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let reports = try #require(
        taught.inquiry.judge(nil, checks: nil, plan: SearchPlan(seed: seed)))
      for report in reports {
        #expect(report.holds, "\(taught.testDescription)/\(report.id): \(report.result)")
        #expect(report.example?.violation().holds == true, "\(report.id) on the example")
      }
    }
  }

  /// Checks that cannot see one part in a billion, and by how much they must be moved instead.
  private static let coarse = [
    "01-kl-forms/directions/ratio-tends-to-one":
      (1e-6, "it reads the order of a difference off steps, and allows 8e-3 of it")
  ]

  @Test(
    "Every check refuses its own reference moved by one part in a billion", arguments: Taught.all)
  func perturbation(taught: Taught) throws {
    for sign in [1.0, -1] {
      let plan = SearchPlan(perturbation: sign * 1e-9, stopsAtRefusal: true)
      for report in try #require(taught.inquiry.judge(nil, checks: nil, plan: plan)) {
        let name = "\(taught.testDescription)/\(report.id)"
        guard let (fraction, _) = Self.coarse[name] else {
          #expect(!report.holds, "\(name) moved by \(sign * 1e-9)")
          continue
        }
        let further = SearchPlan(perturbation: sign * fraction, stopsAtRefusal: true)
        let again = taught.inquiry.judge(nil, checks: [report.id], plan: further)?.first
        #expect(report.holds && again?.holds == false, "\(name) moved by \(sign * fraction)")
      }
    }
  }

  @Test(
    "Every mistake is caught, by some checks and not by all; every check catches a mistake",
    arguments: Taught.all)
  func mistakes(taught: Taught) throws {
    var catching: [String: Int] = [:]
    for mistake in taught.inquiry.mistakes {
      let plan = SearchPlan(stopsAtRefusal: true)
      let reports = try #require(taught.inquiry.judge(mistake.name, checks: nil, plan: plan))
      let refused = reports.filter { !$0.holds }
      for report in refused { catching[report.id, default: 0] += 1 }
      #expect(!refused.isEmpty, "\(taught.testDescription): nothing catches \(mistake.name)")
      #expect(
        refused.count < reports.count,
        "\(taught.testDescription): \(mistake.name) passes no line, so nobody would write it")
    }
    for check in taught.inquiry.checks {
      #expect(
        catching[check.id] != nil, "\(taught.testDescription)/\(check.id) catches no mistake")
    }
  }

  @Test("Names are words joined by hyphens, tasks have hints", arguments: Taught.all)
  func names(taught: Taught) {
    let names =
      [taught.inquiry.id] + taught.inquiry.checks.map(\.id)
      + taught.inquiry.mistakes.map(\.name)
    for name in names {
      #expect(
        !name.isEmpty && name.allSatisfy { $0 == "-" || $0.isNumber || $0.isLowercase },
        "\(taught.testDescription): \(name)")
    }
    for check in taught.inquiry.checks {
      #expect(check.claims.count <= 3, "\(taught.testDescription)/\(check.id)")
      #expect(!check.formula.isEmpty && !check.reason.isEmpty)
    }
    if let assignment = taught.inquiry.assignment {
      #expect(!assignment.task.isEmpty && !assignment.hints.isEmpty)
    }
  }
}

@Suite("Every lesson")
struct LessonLawTests {
  @Test("Names of exercises, checks and mistakes are unique", arguments: Catalogue.lessons)
  func unique(lesson: Lesson) {
    func check(_ names: [String]) {
      #expect(Set(names).count == names.count, "\(lesson.id): \(names.sorted())")
    }
    check(lesson.inquiries.map(\.id))
    check(lesson.inquiries.flatMap { $0.mistakes.map(\.name) })
    for inquiry in lesson.inquiries { check(inquiry.checks.map(\.id)) }
  }

  @Test("Tables and pictures can be computed and fit the page", arguments: Catalogue.lessons)
  func blocks(lesson: Lesson) throws {
    let context = RunContext(seed: 1)
    for block in lesson.sections.flatMap(\.blocks) { try expectReadable(block, context) }
  }

  private func expectReadable(_ block: Block, _ context: RunContext) throws {
    switch block {
    case .table(let make):
      let table = try make(context)
      #expect(!table.rows.isEmpty)
      for row in table.rows {
        #expect(row.count == table.columns.count, "\(table.title)")
        for case .figure(let value, nil, _) in row {
          Issue.record("\(table.title): what \(value) is, is not said")
        }
      }
    case .picture(let make):
      let picture = try make(context)
      #expect(!picture.lines().isEmpty)
      for line in picture.lines() { #expect(line.count <= 76, "\(picture.title): \(line)") }
    case .computed(let make):
      for block in try make(context) { try expectReadable(block, context) }
    case .given(let make): #expect(!(try make(context)).isEmpty)
    case .prose, .inquiry, .code, .experiment: break
    }
  }

  @Test("Every erratum holds: the correction agrees, the printed form does not")
  func errata() throws {
    for lesson in Catalogue.lessons {
      for erratum in lesson.errata {
        let numbers = try erratum.evaluate()
        #expect(numbers.holds, "\(erratum.id): \(numbers)")
      }
    }
  }

  @Test("An erratum whose correction disagrees, or whose printed form agrees, is refused")
  func errataRefusals() {
    typealias Comparison = ErratumCase.Comparison
    #expect(Comparison(printed: 1, corrected: 2, independent: 2).holds)
    #expect(!Comparison(printed: 1, corrected: 2, independent: 2.000001).holds)
    #expect(!Comparison(printed: 2, corrected: 2, independent: 2).holds)
    #expect(
      !Comparison(printed: 1, corrected: 2, independent: 2, underCondition: (1, 1.1)).holds)
  }
}
