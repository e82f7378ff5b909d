import Curriculum
import Foundation
import LessonKit
import Testing

@testable import LessonRunner

@Suite("The README's samples")
struct ReadmeTests {
  /// A command whose output the README shows, and the pieces of it that stand there.
  struct Sample: Sendable, CustomStringConvertible {
    let words: [String]
    let pieces: [String]
    var description: String { words.joined(separator: " ") }
  }

  private static let readme: String = {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return (try? String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)) ?? ""
  }()

  /// Everything that stands in a fence behind a marker "<!-- shows … -->".
  static let samples = readme.components(separatedBy: "<!-- shows ").dropFirst().map { rest in
    let words = rest.components(separatedBy: " -->").first ?? ""
    let shown = rest.components(separatedBy: "```\n").dropFirst().first ?? ""
    return Sample(
      words: words.split(separator: " ").map(String.init),
      pieces: shown.components(separatedBy: "\n[…]\n").map {
        $0.trimmingCharacters(in: .newlines)
      })
  }

  @Test("The README shows a screen of the reader, an experiment and numbers of lesson 04")
  func present() {
    #expect(Self.samples.map(\.words.first) == ["read", "try", "run"])
    #expect(Self.samples.allSatisfy { !$0.pieces.contains("") })
  }

  @Test("What the README shows is what the command prints", arguments: samples)
  func sample(_ sample: Sample) {
    let screen = ScriptedScreen("q", rows: 30)
    let isRead = sample.words.first == "read"
    let printed = perform(
      sample.words, on: isRead ? screen : nil, files: MemoryFiles(), course: .real
    ).output
    let seen = isRead ? screen.last : printed
    for piece in sample.pieces { #expect(trimmed(seen).contains(piece), "\(piece)\n\(seen)") }
  }

  // Catches: a lesson that a newcomer does not hear of.
  @Test("The README's table of lessons is the catalogue") func lessons() {
    for lesson in Course.real.lessons {
      let row = "| `\(lesson.id)` | \(lesson.title) | \(lesson.summary) |"
      #expect(Self.readme.contains(row), "\(row)")
    }
  }

  @Test("The page of the book that the README links to is one of a lesson")
  func book() {
    let links = Self.readme.components(separatedBy: "](book/").dropFirst().compactMap {
      $0.components(separatedBy: ".html)").first
    }
    #expect(links == ["04-nvil"])
    #expect(Course.real.lessons.map(\.id).contains("04-nvil"))
  }

  /// What stands in a fence behind a marker "<!-- tried: … -->", by its language.
  static let tried = readme.components(separatedBy: "<!-- tried: ").dropFirst().map { rest in
    (
      language: rest.components(separatedBy: " -->").first ?? "",
      lines: rest.components(separatedBy: "```sh\n").dropFirst().first?
        .components(separatedBy: "```").first ?? ""
    )
  }

  @Test(
    "Three lines for whoever writes Python, Swift or C++ work in an empty folder, as they stand",
    .enabled(if: BuiltCommand.isThere && Submission.hasPython),
    arguments: ["python", "swift", "c++"])
  func threeLines(language: String) throws {
    let lines = try #require(Self.tried.first { $0.language == language }).lines
    #expect(lines.split(separator: "\n").count == 3)
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "readme-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (status, output) = try BuiltCommand.shell(lines, in: folder)
    #expect(status == 1, "\(output)")
    #expect(output.contains("✗ baselines: behaves like the mistake includes-itself"), "\(output)")
  }

  /// Lines without the blanks at their ends.
  private func trimmed(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var line = line
      while line.last == " " { line.removeLast() }
      return String(line)
    }.joined(separator: "\n")
  }
}
