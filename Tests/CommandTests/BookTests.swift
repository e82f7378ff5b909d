import Foundation
import Interchange
import JSONText
import Lesson00
import LessonKit
import Probability
import Synchronization
import Testing
import Verification

@testable import LessonRunner

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("The book")
struct BookTests {
  /// Lesson 00 and the fixture's lessons, few models, as files.
  private static let written: [String: String] = {
    let folder = Folder()
    _ = write(into: folder)
    return folder.files
  }()

  private static func write(into folder: Folder) -> (
    status: LessonRunner.ExitStatus, written: Collected
  ) {
    var written = Collected()
    let course = Course(
      lessons: [Lesson00.lesson] + Fixture.course.lessons, claims: Course.real.claims,
      errata: Course.real.errata, glossary: Course.real.glossary,
      bibliography: Course.real.bibliography)
    let status = run(
      arguments: ["book", "out", "--models", "3"],
      environment: CommandEnvironment(
        columns: nil, variables: [:], course: course, files: folder), output: &written)
    return (status, written)
  }

  private static var pages: [(name: String, page: PageReader)] {
    written.filter { $0.key.hasSuffix(".html") }.sorted { $0.key < $1.key }
      .map { (String($0.key.dropFirst(4)), PageReader($0.value)) }
  }

  @Test("there is a page for every lesson, and pages of claims, errata, mistakes, words and works")
  func pagesAreThere() {
    #expect(
      Self.pages.map(\.name) == [
        "00-jensen-elbo.html", "03-halves.html", "04-whole-halves.html", "bibliography.html",
        "claims.html", "errata.html", "glossary.html", "index.html", "mistakes.html",
        "models.html", "zoo.html",
      ])
  }

  // Catches: a new kind of model without a picture and a sentence.
  @Test("every kind of model is drawn, written and answered on its page") func models() throws {
    #expect(ModelPictures.kinds == Set(oracleModels))
    let page = try #require(Self.written["out/models.html"])
    for kind in oracleModels {
      #expect(page.contains("id=\"\(kind)\""), "\(kind)")
      #expect(page.contains("\u{2500} \(kind) \u{2500}"), "\(kind)")
    }
    #expect(page.components(separatedBy: "<svg").count == oracleModels.count + 1)
  }

  @Test("pages are well-formed, no id stands twice, and none is larger than 400 kB")
  func wellFormed() {
    for (name, page) in Self.pages {
      #expect(page.fault == nil, "\(name)")
      #expect(Set(page.ids).count == page.ids.count, "\(name): \(page.ids.repeated)")
      #expect((Self.written["out/" + name] ?? "").utf8.count <= 400_000, "\(name)")
    }
  }

  @Test("links lead to pages and places of the book")
  func links() {
    let ids = Dictionary(uniqueKeysWithValues: Self.pages.map { ($0.name, Set($0.page.ids)) })
    for (name, page) in Self.pages {
      #expect(!page.links.isEmpty)
      for link in page.links {
        let parts = link.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
        let target = parts[0].isEmpty ? name : parts[0]
        #expect(ids[target] != nil, "\(name): \(link)")
        if parts.count == 2 { #expect(ids[target]?.contains(parts[1]) == true, "\(name): \(link)") }
      }
    }
  }

  @Test("every picture and every formula has words, and nothing is loaded")
  func alternatives() {
    let lesson = Self.pages.first { $0.name == "00-jensen-elbo.html" }?.page
    #expect((lesson?.pictures ?? 0) >= 2)
    #expect((lesson?.formulas ?? 0) >= 100)
    for (name, page) in Self.pages {
      #expect(page.withoutWords == 0, "\(name)")
      #expect(page.loads == [], "\(name)")
      #expect(Self.written["out/" + name]?.contains("url(") == false)
    }
  }

  @Test("the same seed writes the same bytes, and a book may be written again")
  func reproducible() {
    let folder = Folder()
    let first = Self.write(into: folder)
    #expect(folder.files == Self.written)
    #expect(first.status == .held)
    #expect(first.written.output.hasPrefix("11 pages, "))
    #expect(first.written.output.hasSuffix("begin with out/index.html\n"))
  }

  @Test("the numbers of chains are those of the JSON")
  func numbers() throws {
    let page = try #require(Self.written["out/00-jensen-elbo.html"])
    let run = Lesson00.lesson.run(RunRequest(plan: SearchPlan(problems: 3), showsPages: false))
    let json = JSONRendering.object([run], seed: 1)
    let checks = try JSONPlace(json, named: "run").member("lessons").array()[0]
      .member("checks").array()
    var compared = 0
    for inquiry in run.inquiries {
      for link in inquiry.chains.flatMap(\.links) where Double(link.number) != nil {
        let check = try #require(
          try checks.first { try $0.member("id").string() == link.check.id })
        let right = try check.member("example").member("right").array().map { try $0.number() }
        #expect(right.count == 1)
        #expect(abs((Double(link.number) ?? .nan) - right[0]) <= 1e-5 * max(1, abs(right[0])))
        let name = link.check.id.split(separator: "/").dropFirst().joined(separator: "-")
        let row = page.components(separatedBy: "<tr id=\"x-\(name)\">").dropFirst().first
        #expect(
          row?.components(separatedBy: "</tr>").first?.contains(">\(link.number)</td>") == true)
        compared += 1
      }
    }
    #expect(compared >= 15)
  }

  @Test("a file, and a folder with something else in it, are refused")
  func refusals() {
    let file = Folder(["out": "text"])
    #expect(Self.write(into: file).status == .unusable)
    #expect(
      Self.write(into: file).written.complaints
        == "lessons: out: is a file, expected a folder\n")
    let full = Folder(["out/thesis.tex": "text"])
    #expect(
      Self.write(into: full).written.complaints
        == "lessons: out: is not empty and holds no book; choose another folder\n")
    #expect(full.files.count == 1)
  }
}

/// One folder in memory.
private final class Folder: FileAccess {
  private let contents: Mutex<[String: String]>

  init(_ files: [String: String] = [:]) { contents = Mutex(files) }

  var files: [String: String] { contents.withLock { $0 } }
  let currentFolder = "/"

  func read(_ path: String, limit: Int) throws(CommandError) -> [UInt8] {
    guard let text = files[path] else { throw CommandError(path, "no such file") }
    return Array(text.utf8)
  }
  func exists(_ path: String) -> Bool { files[path] != nil || entries(of: path) != nil }
  func entries(of folder: String) -> [String]? {
    let names = files.keys.filter { $0.hasPrefix(folder + "/") }
      .map { String($0.dropFirst(folder.count + 1)) }
    return names.isEmpty ? nil : names
  }
  func makeFolder(_ path: String) throws(CommandError) {}
  func write(_ text: String, to path: String) throws(CommandError) {
    contents.withLock { $0[path] = text }
  }
}

/// What a page consists of, read as XML.
private final class PageReader: NSObject, XMLParserDelegate {
  private(set) var ids: [String] = []
  private(set) var links: [String] = []
  private(set) var loads: [String] = []
  private(set) var pictures = 0
  private(set) var formulas = 0
  private(set) var withoutWords = 0
  private(set) var fault: String?

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    if !parser.parse() {
      fault =
        "line \(parser.lineNumber), column \(parser.columnNumber): "
        + (parser.parserError.map { "\($0)" } ?? "no XML")
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    if let id = attributes["id"] { ids.append(id) }
    if name == "a", let target = attributes["href"] { links.append(target) }
    if name != "a", let target = attributes["href"] { loads.append(target) }
    if let source = attributes["src"] { loads.append(source) }
    if name == "svg" {
      pictures += 1
      if (attributes["aria-label"] ?? "").isEmpty { withoutWords += 1 }
    }
    if name == "math" {
      formulas += 1
      if (attributes["alttext"] ?? "").isEmpty { withoutWords += 1 }
    }
  }
}

extension [String] {
  fileprivate var repeated: [String] {
    var seen: Set<String> = []
    return filter { !seen.insert($0).inserted }
  }
}
