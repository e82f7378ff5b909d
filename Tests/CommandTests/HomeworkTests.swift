import Assignments
import Curriculum
import LessonKit
import Synchronization
import Testing

@testable import LessonRunner

/// Files in memory that can be written.
private final class Folder: FileAccess {
  private let texts: Mutex<[String: String]>
  let currentFolder: String

  init(_ texts: [String: String] = [:], current: String = "/users/me") {
    self.texts = Mutex(texts)
    currentFolder = current
  }

  var all: [String: String] { texts.withLock { $0 } }

  func read(_ path: String, limit: Int) throws(CommandError) -> [UInt8] {
    guard let text = all[path] else { throw CommandError(path, "no such file") }
    return Array(text.utf8)
  }

  func exists(_ path: String) -> Bool {
    all.keys.contains { $0 == path || $0.hasPrefix(path + "/") }
  }

  func entries(of folder: String) -> [String]? {
    if all[folder] != nil { return nil }
    return all.keys.filter { $0.hasPrefix(folder + "/") }
  }

  func makeFolder(_ path: String) throws(CommandError) {}

  func write(_ text: String, to path: String) throws(CommandError) {
    texts.withLock { $0[path] = text }
  }
}

private struct Written: CommandOutput {
  var output = ""
  var complaints = ""
  mutating func write(_ text: String) { output += text }
  mutating func complain(_ text: String) { complaints += text }
}

private let manifest = "let package = Package(\n  name: \"Tightbound\",\n  products: [])"

private func homework(_ words: [String], in folder: Folder) -> (LessonRunner.ExitStatus, Written) {
  var written = Written()
  let status = run(
    arguments: ["homework"] + words,
    environment: CommandEnvironment(
      columns: nil, variables: [:], course: LessonNames(lessons: Catalogue.lessons), files: folder),
    output: &written)
  return (status, written)
}

@Suite("lessons homework new")
struct HomeworkTests {
  private let checkout = ["/src/tightbound/Package.swift": manifest]

  @Test("Writes a manifest, a stub, the text with all hints, and tests")
  func files() throws {
    let folder = Folder(checkout, current: "/src/tightbound/Lessons")
    let (status, written) = homework(["new", "nvil", "/folder/work"], in: folder)
    #expect(status == .held, "\(written.complaints)")
    let all = folder.all
    let package = try #require(all["/folder/work/Package.swift"])
    #expect(package.contains(".package(name: \"Tightbound\", path: \"/src/tightbound\")"))
    let readme = try #require(all["/folder/work/README.md"])
    #expect(readme.components("<summary>Hint") == Assignment.scoreFunction.hints.count)
    #expect(all["/folder/work/Tests/HomeworkTests/ScoreFunctionTests.swift"] != nil)
    let stub = try #require(all["/folder/work/Sources/Homework/ScoreFunction.swift"])
    #expect(stub.contains("[Double](repeating: 0"))
  }

  // Catches: an answer that travels with the exercise.
  @Test("No file names the approximate side or holds an answer")
  func noAnswer() {
    let folder = Folder(checkout, current: "/src/tightbound")
    _ = homework(["new", "4", "out"], in: folder)
    for (path, text) in folder.all where path.hasPrefix("out/") {
      for word in ["Approximate", "Curriculum", "PlainScoreFunction", "LibraryScore"] {
        #expect(!text.contains(word), "\(path) mentions \(word)")
      }
    }
  }

  @Test("A repository or a folder can be named")
  func package() throws {
    let folder = Folder(checkout)
    let url = "https://example.org/someone/tightbound.git"
    #expect(homework(["new", "4", "a", "--package", url], in: folder).0 == .held)
    let remote = try #require(folder.all["a/Package.swift"])
    #expect(remote.contains("url: \"\(url)\"") && remote.contains("package: \"tightbound\""))
    let (status, _) = homework(
      ["new", "4", "b", "--package", "../../src/./tightbound"], in: folder)
    #expect(status == .held)
    #expect(folder.all["b/Package.swift"]?.contains("path: \"/src/tightbound\"") == true)
  }

  @Test("Names with quotation marks stay inside their quotation marks")
  func quoting() {
    #expect(swiftLiteral("a\"b\\(c)\n") == #""a\"b\\(c)\u{a}""#)
  }

  @Test("A folder that is not empty, a file, and a missing package are refused; nothing is written")
  func refusals() {
    func refused(_ words: [String], _ reason: String, _ texts: [String: String], current: String) {
      let folder = Folder(texts, current: current)
      let (status, written) = homework(words, in: folder)
      #expect(status == .unusable && written.output.isEmpty)
      #expect(written.complaints.contains(reason), "\(written.complaints)")
      #expect(written.complaints.split(separator: "\n").count == 1)
      #expect(folder.all == texts)
    }
    let src = "/src/tightbound"
    var texts = checkout
    texts["/folder/used/notes.txt"] = "mine"
    refused(["new", "4", "/folder/used"], "is not empty", texts, current: src)
    refused(["new", "4", "/folder/used/notes.txt"], "is a file", texts, current: src)
    refused(["new", "4", "/folder/new"], "--package", texts, current: "/users/me")
    refused(
      ["new", "4", "/folder/new", "--package", "/nowhere"], "no Tightbound", texts, current: src)
    refused(["new", "0", "/folder/new"], "no homework for this lesson", texts, current: src)
    refused(["new", "nvill", "/folder/new"], "unknown lesson", texts, current: src)
    refused(["old", "4", "/folder/new"], "unknown word", texts, current: src)
    refused(["new", "4"], "DIR: missing", texts, current: src)
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(_ text: String) -> Int {
    indices.count { self[$0...].hasPrefix(text) }
  }
}
