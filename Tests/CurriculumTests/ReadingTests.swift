import Curriculum
import LessonKit
import Testing

@Suite("How long a page takes, and how far its sentences are apart")
struct ReadingTests {
  private static let measures = Catalogue.lessons.map(ReadingMeasure.init)

  // Catches: a measure that forgets something that the page prints, or counts it twice.
  @Test("What is measured is what is printed", arguments: measures.indices)
  func lines(index: Int) {
    let measure = Self.measures[index]
    for ((section, pieces), printed) in zip(measure.sections, measure.printed) {
      let counted = pieces.reduce(0) { $0 + $1.lines }
      #expect(counted == printed, "\(measure.lesson.id)/\(section.id)")
    }
  }

  // Catches: a wall of formulas, tables and code that no sentence interrupts.
  @Test("At most 15 printed lines stand between two sentences", arguments: measures.indices)
  func distance(index: Int) {
    for stretch in Self.measures[index].stretches(over: 15) { Issue.record("\(stretch)") }
  }

  // Catches: a frame that promises less time than its lesson takes, or more.
  @Test("Minutes are those of the page, in steps of five", arguments: measures.indices)
  func minutes(index: Int) {
    let lesson = Self.measures[index].lesson
    let (main, aside) = Self.measures[index].minutes
    let frame = lesson.frame
    #expect(frame.minutes == Self.rounded(main), "\(lesson.id): \(main) minutes, and \(aside)")
    #expect(frame.minutesAside == Self.rounded(aside), "\(lesson.id): \(main), and \(aside)")
  }

  private static func rounded(_ minutes: Double) -> Int { 5 * Int((minutes / 5).rounded()) }
}
