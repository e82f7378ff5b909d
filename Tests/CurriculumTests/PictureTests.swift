import Curriculum
import LessonKit
import Testing

@Suite("Pictures of the lessons")
struct PictureTests {
  /// All pictures of a lesson, those of computed blocks included.
  private func pictures(of lesson: Lesson) throws -> [Picture] {
    let context = RunContext(seed: 1)
    func pictures(_ block: Block) throws -> [Picture] {
      switch block {
      case .picture(let draw): return [try draw(context)]
      case .computed(let make): return try make(context).flatMap { try pictures($0) }
      default: return []
      }
    }
    return try lesson.sections.flatMap(\.blocks).flatMap { try pictures($0) }
  }

  @Test("No bound is drawn above what it bounds", arguments: Catalogue.lessons)
  func bounds(lesson: Lesson) throws {
    for picture in try pictures(of: lesson) {
      guard case .curves(let curves) = picture.content else { continue }
      #expect(curves.crossings == [], "\(picture.title)")
      // A curve that is called a bound in the legend has said what it bounds.
      for series in curves.series where series.name.contains("ELBO") || series.name.contains("F(q")
      {
        #expect(series.role != .plain, "\(picture.title): \(series.name)")
      }
    }
  }

  @Test(
    "No line is wider than the page, and every shade has its legend", arguments: Catalogue.lessons)
  func page(lesson: Lesson) throws {
    for picture in try pictures(of: lesson) {
      for page in [40, 60, 80, 120] {
        let lines = picture.lines(width: page - 4)
        for line in lines { #expect(line.count <= page - 4, "\(picture.title): \(line)") }
        guard case .grid = picture.content else { continue }
        let legend = lines.suffix(while: { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }).joined()
        for shade in "·░▒▓█" where lines.joined().contains(shade) {
          #expect(legend.contains("\(shade) "), "\(picture.title): \(shade)")
        }
      }
      #expect(!picture.alternative.isEmpty)
    }
  }
}

extension Array {
  fileprivate func suffix(while holds: (Element) -> Bool) -> ArraySlice<Element> {
    self[(lastIndex { !holds($0) }.map { $0 + 1 } ?? startIndex)...]
  }
}
