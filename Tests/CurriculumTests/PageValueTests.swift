import Curriculum
import Foundation
import LessonKit
import Testing

/// The numbers of the pages, as they were when the sentences around them were read.
///
/// A check is judged by two sides; a number of the prose, a cell or a point of a curve has one. The files of
/// `Tests/Independent/pages` hold what these were, and `Tests/Independent/page_numbers.py` computes some of them from
/// their definitions, by other code in another language. After a change that is meant to move a number,
///
///     TIGHTBOUND_WRITE_PAGES=1 swift test --disable-xctest --filter PageValueTests
///
/// writes the files anew: the difference in them is what a reader will see, and the prose has to be read again.
/// TIGHTBOUND_PAGES=09 looks at one lesson only.
@Suite("The numbers on the pages")
struct PageValueTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../Independent/pages").standardized

  private static let environment = ProcessInfo.processInfo.environment
  private static let lessons = Catalogue.lessons.filter { lesson in
    environment["TIGHTBOUND_PAGES"].map { lesson.id.hasPrefix($0) } ?? true
  }

  private static func file(_ lesson: Lesson) -> URL { folder.appending(path: lesson.id + ".txt") }

  private static func text(_ line: PageValues.Line) -> String {
    line.name + "\t" + line.values.map { String(format: "%.9g", $0) }.joined(separator: " ") + "\n"
  }

  private static func line(_ text: Substring) -> PageValues.Line? {
    let parts = text.split(separator: "\t")
    guard parts.count == 2 else { return nil }
    return PageValues.Line(
      name: String(parts[0]), values: parts[1].split(separator: " ").map { Double($0) ?? .nan })
  }

  /// The same but for rounding on the way, which processors do in other orders.
  private static func agree(_ one: [Double], _ other: [Double]) -> Bool {
    one.count == other.count
      && zip(one, other).allSatisfy { a, b in
        a == b || (a.isNaN && b.isNaN) || abs(a - b) <= 1e-9 + 1e-6 * max(abs(a), abs(b))
      }
  }

  // Catches: a number, a table, a picture or a model on a page that is computed otherwise than it was when the prose
  // about it was written: "a third" where it is a half by now, a column that shows another one, a factor of two.
  @Test("They are what they were when the page was read", arguments: lessons)
  func unmoved(lesson: Lesson) throws {
    let found = try PageValues(of: lesson).lines
    #expect(found.count > 20)
    if Self.environment["TIGHTBOUND_WRITE_PAGES"] != nil {
      let text = found.map(Self.text).joined()
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: Self.file(lesson))
    }
    let kept = try String(contentsOf: Self.file(lesson), encoding: .utf8)
      .split(separator: "\n").compactMap(Self.line)
    #expect(found.map(\.name) == kept.map(\.name), "\(lesson.id)")
    let moved = zip(found, kept).filter { $0.name == $1.name && !Self.agree($0.values, $1.values) }
    for (now, before) in moved.prefix(5) {
      Issue.record("\(lesson.id), \(now.name): \(before.values) has become \(now.values)")
    }
  }

  @Test("A number that moves by one part in ten thousand is seen, one by rounding is not")
  func agreement() {
    #expect(Self.agree([1, -0.5], [1 + 1e-13, -0.5]))
    #expect(!Self.agree([1, -0.5], [1.0001, -0.5]))
    #expect(!Self.agree([1e-5], [1.001e-5]))
    #expect(!Self.agree([1], [1, 2]))
    #expect(Self.agree([.infinity], [.infinity]))
  }
}
