import Approximate
import Foundation
import JSONText
import LessonKit
import Testing

@testable import LessonRunner

@Suite("lessons zoo")
struct ZooTests {
  // Catches: an estimator without code, and code that is no longer in its file.
  @Test("Every estimator shows the code that runs, line by line") func listings() throws {
    for estimator in DiscreteZoo.all {
      #expect(zooListings[estimator.name] != nil, "\(estimator.name) has no listing")
    }
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    func code(_ lines: [String]) -> [String] {
      lines.map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty && !$0.hasPrefix("///") }
    }
    for (name, listing) in zooListings {
      let text = try String(contentsOf: root.appending(path: listing.file), encoding: .utf8)
      let file = code(text.components(separatedBy: "\n"))
      let lines = code(listing.lines)
      #expect(
        file.indices.contains { file[$0...].starts(with: lines) }, "\(name): run Reference/embed.sh"
      )
    }
  }

  @Test("Without a word: three problems, the exact gradient on top, the least variance first")
  func overview() throws {
    let answer = call("zoo", course: .real)
    #expect(answer.status == .held)
    #expect(answer.output.contains("one-bit: one bit of logit −1, f = (b − 0.45)²"))
    #expect(answer.output.contains("straight-through"))
    #expect(answer.output.contains("wrong sign"))
    let lines = answer.output.components(separatedBy: "\n")
    let first = try #require(lines.firstIndex { $0.contains("exact gradient") })
    #expect(lines[first].contains("0.0197"))
    for estimator in DiscreteZoo.all where estimator.fits(DiscreteZoo.examples[0].problem) {
      #expect(lines.contains { $0.contains("  \(estimator.name)  ") }, "\(estimator.name)")
    }
  }

  @Test("A name: formula, code, law, picture and verdict", arguments: DiscreteZoo.all.map(\.name))
  func page(name: String) throws {
    let answer = call("zoo", name, course: .real)
    #expect(answer.status == .held, "\(answer.complaints)")
    #expect(answer.output.contains("Code  "))
    #expect(answer.output.contains("plain REINFORCE on"))
    for line in answer.lines { #expect(line.count <= 80, "\(line)") }
  }

  @Test("A name that is nearly one, and a file that is none") func unknown() {
    #expect(
      call("zoo", "disram", course: .real).complaints.contains("unknown estimator; nearest: disarm")
    )
    let (status, written) = call("zoo", on: #"{"variable": 3}"#, ["--json"], course: .real)
    #expect(status == .unusable && written.output.isEmpty)
    #expect(written.complaints == "lessons: model.json: top level: missing key \"objective\"\n")
  }
}
