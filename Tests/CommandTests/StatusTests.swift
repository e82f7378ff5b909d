import Curriculum
import Probability
import Testing
import Verification

@testable import LessonKit
@testable import LessonRunner

/// A course in which something does not hold: commands must end with the status that says so.
@Suite("The exit status of lists that are not well") struct StatusTests {
  private func course(
    answer: Double, mistakes: [Mistake<Double>] = [], errata: [ErratumCase] = []
  ) -> Course {
    let derivation = Derivation<Double, Double>(
      id: "half", title: "Half", example: 3, draw: { Double(try $0.integer(3...9)) },
      checks: [
        Check("twice", "2 h = 1", because: "counted", claims: ["A-001"], as: .step) { half, _ in
          .equal(2 * half, 1.0)
        }
      ], answer: answer, mistakes: mistakes)
    let lesson = Lesson(
      id: "00-jensen-elbo", title: "Halves", summary: "",
      frame: Frame(needs: [], gives: [], minutes: 1),
      sections: [Section("half", "Half", .inquiry(derivation))],
      practice: Practice(questions: [], suggestions: [], homework: ""), errata: errata)
    return Course(lessons: [lesson], claims: ClaimsText.json, errata: ErrataText.json)
  }

  private func status(_ course: Course, _ command: String, _ word: String? = nil)
    -> LessonRunner.ExitStatus
  {
    (word.map { call(command, $0, course: course) } ?? call(command, course: course)).status
  }

  // Catches: lists that end with 0 although a line was refused.
  @Test(
    "claims and mistakes: 0 where all is well, 1 where a check fails or nothing catches a mistake")
  func lists() {
    let wrong = Mistake<Double>("third", "a third", \.self, 1.0 / 3)
    let idle = Mistake<Double>("idle", "half after all", \.self, 0.5)
    #expect(status(course(answer: 0.5), "claims", "A-001") == .held)
    #expect(status(course(answer: 0.4), "claims", "A-001") == .failed)
    #expect(status(course(answer: 0.4), "claims") == .failed)
    #expect(status(course(answer: 0.5, mistakes: [wrong]), "mistakes") == .held)
    #expect(status(course(answer: 0.5, mistakes: [wrong, idle]), "mistakes") == .failed)
  }

  // Catches: an erratum whose numbers disagree, in a list that ends with 0.
  @Test("errata: 1 where a correction disagrees")
  func errata() {
    func shown(_ corrected: Double) -> Course {
      course(
        answer: 0.5,
        errata: [
          ErratumCase("E-050", model: "") {
            ErratumCase.Comparison(printed: 2, corrected: corrected, independent: 1.5)
          }
        ])
    }
    #expect(status(shown(1.5), "errata", "E-050") == .held)
    #expect(status(shown(1.6), "errata", "E-050") == .failed)
    #expect(status(shown(1.6), "errata") == .failed)
    #expect(status(shown(1.6), "run", "00") == .failed)
  }
}
