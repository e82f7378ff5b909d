import Curriculum
import Testing

@testable import LessonKit

@Suite("The map of the lessons")
struct CourseMapTests {
  @Test("Lessons stand on the lessons that their frames name, each arrow drawn once")
  func arrows() {
    let arrows = CourseMap(Catalogue.lessons).edges.map { "\($0.from)→\($0.to)" }
    #expect(arrows.prefix(5) == ["00→01", "00→02", "01→03", "02→03", "03→04"])
  }

  @Test("Numbers of two digits behind the word lesson are lessons, others are not")
  func needed() {
    let frame = Frame(
      needs: ["12 states", "the bound, from lessons 00 and 01", "lesson 03 up to 4"], gives: [],
      minutes: 10)
    #expect(frame.lessonsNeeded == ["00", "01", "03"])
  }
}
