import Foundation
import Testing

@Suite("The house: its rules hold")
struct HouseTests {
  @Test("no file breaks a rule", arguments: Rule.all)
  func rule(rule: Rule) {
    let findings = Repository.files.flatMap { rule.findings(in: $0) }
    #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    #expect(Repository.files.contains { rule.applies($0.path) }, "the rule sees no file at all")
  }

  @Test("every room of the table has files, and the reader found them")
  func roomsExist() {
    let found = Set(Repository.files.compactMap { Rooms.room(of: $0.path) })
    #expect(found == Set(Rooms.table.keys))
  }

  @Test("the manifest's arrows are the table's")
  func manifest() {
    let manifest = Manifest(Repository.text("Package.swift") ?? "")
    #expect(manifest.rooms == Rooms.table)
  }

  // Catches: an import that only the first step of the gate would refuse, after a whole build.
  @Test("a test imports what the manifest lets it see and nothing else")
  func importsOfTests() {
    let manifest = Manifest(Repository.text("Package.swift") ?? "")
    #expect(manifest.tests.count > 10)
    for file in Repository.files where file.path.hasSuffix(".swift") {
      let folders = file.path.split(separator: "/").map(String.init)
      guard folders.first == "Tests", let seen = manifest.tests[folders[1]] else { continue }
      for (module, line) in file.imports {
        let room = Rooms.room(named: module)
        let isSeen = Rooms.table[room] == nil || seen.contains(room)
        #expect(isSeen, "\(file.path):\(line) imports \(module), which it does not declare")
      }
    }
  }

  @Test("the arrows in Reference/architecture.md are the table's")
  func page() {
    let page = Repository.text("Reference/architecture.md") ?? ""
    #expect(roomsOfPage(page) == Rooms.table)
  }

  @Test("the top level holds what it should and nothing else")
  func topLevel() throws {
    let found = try FileManager.default.contentsOfDirectory(atPath: Repository.root.path)
    let visible = Set(found.filter { !$0.hasPrefix(".") && $0 != "Package.resolved" })
    #expect(
      visible.subtracting(["Benchmarks", "Fuzz", "Examples"]) == [
        "Package.swift", "Sources", "Tests", "Lessons", "Reference", "README.md", "LICENSE",
        "CONTRIBUTING.md",
      ])
  }

  @Test("The exercise that CONTRIBUTING.md shows is the one that is run")
  func shownExercise() throws {
    let page = Repository.text("CONTRIBUTING.md") ?? ""
    let shown = shownFiles(of: page)
    #expect(shown.count == 2)
    for (path, text) in shown { #expect(Repository.text(path) == text, "\(path)") }
  }
}

/// The files that a page shows: a comment that names each, then a block of its lines.
func shownFiles(of page: String) -> [String: String] {
  var files: [String: String] = [:]
  var path: String?
  var text: String?
  for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
    if let open = text {
      if line == "```" {
        files[path ?? ""] = open
        (path, text) = (nil, nil)
      } else {
        text = open + line + "\n"
      }
    } else if line.hasPrefix("<!-- Lessons/"), line.hasSuffix(" -->") {
      path = String(line.dropFirst(5).dropLast(4))
    } else if path != nil, line == "```swift" {
      text = ""
    }
  }
  return files
}

/// The table of rooms as a page draws it: rows of `| room | sees | … |`, names in backticks.
func roomsOfPage(_ page: String) -> [String: Set<String>] {
  var rooms: [String: Set<String>] = [:]
  for line in page.split(separator: "\n") where line.hasPrefix("| `") {
    let cells = line.split(separator: "|").map { cell in
      cell.split(separator: "`", omittingEmptySubsequences: false)
        .enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    }
    guard cells.count >= 2, let room = cells[0].first else { continue }
    rooms[room] = Set(cells[1])
  }
  return rooms
}
