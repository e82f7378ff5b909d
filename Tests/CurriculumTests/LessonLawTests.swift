import Curriculum
import LessonKit
import Testing
import Verification

/// An exercise with the lesson that it belongs to, as an argument of a test.
struct Taught: Sendable, CustomTestStringConvertible {
  let lesson: Lesson
  let exercise: any ExerciseProtocol
  var testDescription: String { "\(lesson.id)/\(exercise.id)" }

  static let all: [Taught] = Catalogue.lessons.flatMap { lesson in
    lesson.exercises.map { Taught(lesson: lesson, exercise: $0) }
  }
}

@Suite("Every exercise")
struct ExerciseLawTests {
  @Test("The answer passes every line on several seeds", arguments: Taught.all)
  func answerPasses(taught: Taught) throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      let reports = try #require(
        taught.exercise.judge(nil, lines: nil, plan: SearchPlan(seed: seed)))
      for report in reports {
        #expect(report.holds, "\(taught.testDescription)/\(report.id): \(report.result)")
        #expect(report.example?.violation().holds == true, "\(report.id) on the example")
      }
    }
  }

  @Test(
    "Every line refuses its own reference moved by one part in a million", arguments: Taught.all)
  func perturbation(taught: Taught) throws {
    for fraction in [1e-6, -1e-6] {
      let plan = SearchPlan(perturbation: fraction, stopsAtRefusal: true)
      for report in try #require(taught.exercise.judge(nil, lines: nil, plan: plan)) {
        #expect(!report.holds, "\(taught.testDescription)/\(report.id) moved by \(fraction)")
      }
    }
  }

  @Test(
    "Every mistake is caught, by some lines and not by all; every line catches a mistake",
    arguments: Taught.all)
  func mistakes(taught: Taught) throws {
    var catching: [String: Int] = [:]
    for mistake in taught.exercise.mistakes {
      let plan = SearchPlan(stopsAtRefusal: true)
      let reports = try #require(taught.exercise.judge(mistake.name, lines: nil, plan: plan))
      let refused = reports.filter { !$0.holds }
      for report in refused { catching[report.id, default: 0] += 1 }
      #expect(!refused.isEmpty, "\(taught.testDescription): nothing catches \(mistake.name)")
      #expect(
        refused.count < reports.count,
        "\(taught.testDescription): \(mistake.name) passes no line, so nobody would write it")
    }
    for line in taught.exercise.lines {
      #expect(
        catching[line.id] != nil, "\(taught.testDescription)/\(line.id) catches no mistake")
    }
  }

  @Test("Names are words joined by hyphens, tasks have hints", arguments: Taught.all)
  func names(taught: Taught) {
    let names =
      [taught.exercise.id] + taught.exercise.lines.map(\.id)
      + taught.exercise.mistakes.map(\.name)
    for name in names {
      #expect(
        !name.isEmpty && name.allSatisfy { $0 == "-" || $0.isNumber || $0.isLowercase },
        "\(taught.testDescription): \(name)")
    }
    for line in taught.exercise.lines {
      #expect(line.claims.count <= 3, "\(taught.testDescription)/\(line.id)")
      #expect(!line.formula.isEmpty && !line.reason.isEmpty)
    }
    #expect(taught.exercise.task.isEmpty == taught.exercise.hints.isEmpty)
  }
}

@Suite("Every lesson")
struct LessonLawTests {
  @Test("Names of exercises, lines and mistakes are unique", arguments: Catalogue.lessons)
  func unique(lesson: Lesson) {
    func check(_ names: [String]) {
      #expect(Set(names).count == names.count, "\(lesson.id): \(names.sorted())")
    }
    check(lesson.exercises.map(\.id))
    check(lesson.exercises.flatMap { $0.mistakes.map(\.name) })
    for exercise in lesson.exercises { check(exercise.lines.map(\.id)) }
  }

  @Test("Tables and pictures can be computed and fit the page", arguments: Catalogue.lessons)
  func blocks(lesson: Lesson) throws {
    let context = RunContext(seed: 1)
    for block in lesson.blocks { try expectReadable(block, context) }
  }

  private func expectReadable(_ block: Block, _ context: RunContext) throws {
    switch block {
    case .table(let make):
      let table = try make(context)
      #expect(!table.rows.isEmpty)
      for row in table.rows { #expect(row.count == table.columns.count, "\(table.title)") }
    case .picture(let make):
      let picture = try make(context)
      #expect(!picture.lines.isEmpty)
      for line in picture.lines { #expect(line.count <= 76, "\(picture.title): \(line)") }
    case .computed(let make):
      for block in try make(context) { try expectReadable(block, context) }
    case .heading, .prose, .exercise: break
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
