import Curriculum
import Lesson02
import LessonKit
import Testing

@Suite("02-exact-marginals: errata about sequences and grammars")
struct ExactMarginalsStructureTests {
  private func comparison(_ id: String) throws -> ErratumCase.Comparison {
    try #require(Lesson02.lesson.errata.first { $0.id == id }).evaluate()
  }

  @Test("E-053: .9 printed, .986301 with the observation in the condition") func inWords() throws {
    let numbers = try comparison("E-053")
    #expect(((numbers.corrected ?? 0) * 1e6).rounded() == 986_301)
    #expect(abs((numbers.printed ?? 0) - 0.9) <= 8 * Double.ulpOfOne)
  }

  @Test("E-054: no information printed, .08600877314355 nats found") func inSymbols() throws {
    let numbers = try comparison("E-054")
    #expect(((numbers.corrected ?? 0) * 1e14).rounded() == 8_600_877_314_355)
  }

  @Test("E-071: five shapes, 320 labelled trees") func trees() throws {
    let numbers = try comparison("E-071")
    #expect(numbers.printed == 5 && numbers.corrected == 320 && numbers.independent == 320)
  }
}
