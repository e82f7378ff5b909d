import Foundation
import JSONText
import Testing

/// A case of Reference/golden: a model, what its answer must be, and how precisely.
struct GoldenCase {
  let spec: JSON
  let expected: JSON
  let tolerance: Double

  init(_ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Reference/golden")
    let text = try String(contentsOf: folder.appending(path: "\(name).json"), encoding: .utf8)
    let json = try JSON(parsing: text)
    spec = try #require(json["spec"])
    expected = try #require(json["expected"])
    tolerance = try #require(json["tolerance"]).number
  }

  /// |got − want| ≤ tolerance · max(1, |want|), entry by entry, where want stands under a key.
  func expect(_ got: [Double], _ key: String) throws {
    let want: JSON = try #require(expected[key], "\(key)")
    expect(got, want, key)
  }

  /// |got − want| ≤ tolerance · max(1, |want|), entry by entry.
  func expect(_ got: [Double], _ want: JSON?, _ name: String) {
    let want = want?.numbers ?? []
    #expect(got.count == want.count, "\(name)")
    for (g, w) in zip(got, want) where g != w {
      #expect(abs(g - w) <= tolerance * max(1, abs(w)), "\(name): \(g) against \(w)")
    }
  }
}

extension JSON {
  var elements: [JSON] {
    if case .array(let elements) = self { elements } else { [] }
  }
  var text: String {
    if case .string(let text) = self { text } else { "" }
  }
  /// A number; "-inf" is how minus infinity is written.
  var number: Double {
    switch self {
    case .number(let value): value
    case .string("-inf"): -.infinity
    default: .nan
    }
  }
  /// All numbers of nested lists in a row; null stands for nothing.
  var numbers: [Double] {
    switch self {
    case .array(let elements): elements.flatMap(\.numbers)
    case .null: []
    default: [number]
    }
  }
  var matrix: [[Double]] { elements.map(\.numbers) }
}
