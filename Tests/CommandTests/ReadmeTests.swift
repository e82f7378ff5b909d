import Curriculum
import Foundation
import Testing

@testable import LessonRunner

@Suite("The README's sample")
struct ReadmeTests {
  @Test("What the README shows is what the command prints")
  func sample() throws {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let shown = try #require(
      readme.components(separatedBy: "## What it prints").last?
        .components(separatedBy: "```\n").dropFirst().first)
    let parts = shown.components(separatedBy: "\n[…]\n").map {
      $0.trimmingCharacters(in: .newlines)
    }
    try #require(parts.count == 2)
    let course = Course.real
    // The page does not depend on the number of models, the lines do.
    let page = call("run", "04-nvil", "--models", "1", course: course)
    let lines = call("run", "04-nvil", "--only", "gradient-of-an-expectation", course: course)
    #expect(page.output.contains(parts[0]))
    #expect(lines.output.contains(parts[1]))
  }
}
