import Curriculum
import Foundation
import LessonKit
import Testing

@Suite("Code that lessons show")
struct ListingTests {
  // Catches: a source that changed under a page; Reference/embed.sh copies the lines again.
  @Test("Every listing stands in its file, line by line", arguments: Catalogue.lessons)
  func listings(lesson: Lesson) throws {
    for (name, listing) in lesson.listings {
      let file = try Self.code(of: listing.file)
      let lines = Self.code(listing.lines)
      #expect(!lines.isEmpty, "\(lesson.id): \(name) is empty")
      let found =
        lesson.inquiry(withMistake: name) == nil
        ? file.indices.contains { file[$0...].starts(with: lines) }
        : lines.allSatisfy { line in
          // "part: value" is cut from a call, where the value stands after the part.
          let value = line.prefixMatch(of: #/\w+:\s/#).map { line[$0.range.upperBound...] }
          return file.contains { $0.contains(value ?? line[...]) }
        }
      #expect(found, "\(lesson.id): \(name) is not in \(listing.file); run Reference/embed.sh")
    }
  }

  @Test("Every mistake has a listing, and every exercise of a lesson is shown or has none to show")
  func complete() {
    for lesson in Catalogue.lessons {
      for mistake in lesson.inquiries.flatMap(\.mistakes) {
        #expect(lesson.listings[mistake.name] != nil, "\(lesson.id): \(mistake.name)")
      }
      let names = Set(lesson.inquiries.flatMap { [$0.id] + $0.mistakes.map(\.name) })
      let shown = lesson.sections.flatMap(\.blocks).compactMap { block in
        if case .code(let name) = block { name } else { nil }
      }
      for name in lesson.listings.keys {
        #expect(names.contains(name) || shown.contains(name), "\(lesson.id): nothing shows \(name)")
      }
    }
  }

  /// The lines of a file without documentation and blanks at their ends.
  private static func code(of file: String) throws -> [String] {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
    return code(text.components(separatedBy: "\n"))
  }

  private static func code(_ lines: [String]) -> [String] {
    lines.map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("///") }
  }
}
