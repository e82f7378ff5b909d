import Exact
import Foundation
import JSONText
import Testing

@testable import Interchange

/// The oracle cases of `Reference/golden`: a model, what its answer must be, and how precisely.
struct GoldenCase: Sendable, CustomTestStringConvertible {
  let name: String
  var testDescription: String { name }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "../../Reference/golden")

  /// Every case there is, in the order of their names.
  static let all: [GoldenCase] = {
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "json" }
      .map { GoldenCase(name: $0.deletingPathExtension().lastPathComponent) }
      .sorted { $0.name < $1.name }
  }()

  func read() throws -> JSON {
    let path = GoldenCase.folder.appending(path: "\(name).json")
    return try JSON(parsing: try String(contentsOf: path, encoding: .utf8))
  }
}

/// Where an answer differs from what is wanted: |got − want| ≤ tolerance · max(1, |want|), null only
/// for null, minus infinity as "-inf", keys that are not wanted left aside.
func differences(_ want: JSON, _ got: JSON?, tolerance: Double, at place: String = "") -> [String] {
  switch (want, got) {
  case (.object(let members), .object):
    return members.flatMap {
      differences($0.value, got?[$0.key], tolerance: tolerance, at: "\(place).\($0.key)")
    }
  case (.array(let wanted), .array(let found)) where wanted.count == found.count:
    return zip(wanted, found).enumerated().flatMap {
      differences($1.0, $1.1, tolerance: tolerance, at: "\(place)[\($0)]")
    }
  case (.number(let a), .number(let b)) where abs(a - b) <= tolerance * max(1, abs(a)): return []
  case (.string("-inf"), .number(-.infinity)), (.null, .null): return []
  case (.string(let a), .string(let b)) where a == b: return []
  default: return ["\(place): \(got.map { $0.text() } ?? "nothing"), wanted \(want.text())"]
  }
}

/// The answer to a model written as text.
func answer(_ text: String, _ request: ExactRequest = ExactRequest()) throws -> OracleAnswer {
  try oracle(JSONPlace(try JSON(parsing: text)), request)
}

/// The words with which a model written as text is refused; empty where it is answered.
func refusal(_ text: String, _ request: ExactRequest = ExactRequest()) throws -> String {
  let json = try JSON(parsing: text)
  do throws(OracleRefusal) {
    _ = try oracle(JSONPlace(json), request)
    return ""
  } catch {
    return error.description
  }
}

/// A change to a spec that is right, and the refusal it must meet.
struct SpecRefusal: Sendable, CustomTestStringConvertible {
  let spec: String
  let (old, new): (String, String)
  let words: String
  var testDescription: String { words }

  init(_ spec: String, _ old: String, _ new: String, _ words: String) {
    (self.spec, self.old, self.new, self.words) = (spec, old, new, words)
  }
}
