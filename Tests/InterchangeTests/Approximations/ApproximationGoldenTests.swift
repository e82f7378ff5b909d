import Exact
import Foundation
import JSONText
import Testing

@testable import Interchange

/// The cases of `Reference/golden/approximate` whose kind is answered.
struct ApproximationCase: Sendable, CustomTestStringConvertible {
  let name: String
  var testDescription: String { name }

  private static let folder = GoldenCase.folder.appending(path: "approximate")

  static let all: [ApproximationCase] = {
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "json" }
      .map { ApproximationCase(name: $0.deletingPathExtension().lastPathComponent) }
      .filter { golden in approximations.contains { golden.name.hasPrefix($0) } }
      .sorted { $0.name < $1.name }
  }()

  func read() throws -> JSON {
    let path = ApproximationCase.folder.appending(path: "\(name).json")
    return try JSON(parsing: try String(contentsOf: path, encoding: .utf8))
  }
}

@Suite("Approximations: the golden cases") struct ApproximationGoldenTests {
  // Catches: a number, a key or a shape that is not what the format says, for any kind.
  @Test("Every case is answered", arguments: ApproximationCase.all)
  func answered(golden: ApproximationCase) throws {
    let file = try golden.read()
    let answer = try approximation(JSONPlace(try #require(file["spec"])))
    guard case .number(let tolerance) = try #require(file["tolerance"]) else { return }
    #expect(
      differences(try #require(file["expected"]), answer.json, tolerance: tolerance) == [],
      "\(golden.name)")
    #expect(!answer.sections.isEmpty && !answer.work.isEmpty)
    // As a number, and not within "logDeterminant".
    #expect(!answer.json.text().contains(/[:\[,"]nan/))
  }

  // Catches: a kind that answers and of which no case is held.
  @Test("There is a case for every kind") func complete() throws {
    var seen: Set<String> = []
    for golden in ApproximationCase.all {
      guard case .string(let word) = try golden.read()["spec"]?["approximation"] else { continue }
      seen.insert(word)
    }
    #expect(seen == Set(approximations))
    #expect(approximations == approximations.sorted())
  }

  // Catches: a word or a file of the other command that is taken for one of this.
  @Test(
    "What is no approximation is refused with its place",
    arguments: [
      (
        #"{"approximation": "importanse"}"#,
        #"approximation: unknown name "importanse" (did you mean "importance"?)"#
      ),
      (#"{"joint": [1]}"#, #"top level: missing key "approximation""#),
      (
        #"{"spec": {}, "expected": {}}"#,
        #"top level: this is a case file: its approximation stands under "spec", give that alone"#
      ),
      (
        #"{"model": "hmm"}"#,
        #"top level: missing key "approximation" (the exact answer to a model: lessons oracle)"#
      ),
      ("[]", "top level: expected an object, found an empty array"),
    ])
  func refused(text: String, words: String) throws {
    #expect(try approximationRefusal(text) == words)
  }
}

/// The words with which an approximation written as text is refused; empty where it is answered.
func approximationRefusal(_ text: String, _ request: ExactRequest = ExactRequest()) throws -> String
{
  let json = try JSON(parsing: text)
  do throws(OracleRefusal) {
    _ = try approximation(JSONPlace(json), request)
    return ""
  } catch { return error.description }
}
