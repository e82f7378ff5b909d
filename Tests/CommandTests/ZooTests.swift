import Approximate
import Foundation
import Interchange
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
    for estimator in GaussianZoo.all {
      #expect(gaussianListings[estimator.name] != nil, "\(estimator.name) has no listing")
    }
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    func code(_ lines: [String]) -> [String] {
      lines.map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty && !$0.hasPrefix("///") }
    }
    for (name, listing) in Array(zooListings) + Array(gaussianListings) {
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

  // Catches: a Gaussian problem that is not asked, an estimator that fits and is left out.
  @Test("Below them three problems of a Gaussian, as in files") func gaussians() throws {
    let tables = try ZooOverview().tables
    #expect(tables.map(\.name).suffix(3) == ["sine", "cubic", "joint-mixture"])
    for (example, shown) in zip(GaussianZoo.examples, tables.suffix(3)) {
      let fitting = GaussianZoo.all.filter { $0.fits(example.problem) }.map(\.name)
      #expect(shown.answer.rows.map(\.name) == fitting)
    }
    let shown = Set(tables.flatMap { $0.answer.rows.map(\.name) })
    #expect(GaussianZoo.all.allSatisfy { shown.contains($0.name) })
    let landed = try #require(
      tables.last?.answer.rows.first { $0.name == "sticking-the-landing" }?.variances)
    #expect(abs(landed.reduce(0, +) - 2.99) < 0.005)
  }

  // Catches: numbers that are put in the order of their letters, a bias of rounding.
  @Test("The book's tables hold a number to put each row in order by") func sortable() throws {
    let overview = try ZooOverview()
    for (shown, table) in zip(overview.tables, overview.book.tables) {
      #expect(table.rows.count == shown.answer.rows.count)
      for (cells, row) in zip(
        table.rows,
        shown.answer.rows.sorted {
          ($0.totalVariance ?? .infinity) < ($1.totalVariance ?? .infinity)
        })
      {
        #expect(cells[3].order == row.totalVariance)
        #expect(row.fault != .none || cells[2].order == 0)
      }
    }
  }

  @Test(
    "A name: formula, code, law, picture and verdict", arguments: zooNames)
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
