import Approximate
import Exact
import Foundation
import JSONText
import Testing

@testable import Interchange

/// The cases of `Reference/golden/zoo`.
struct ZooCase: Sendable, CustomTestStringConvertible {
  let name: String
  var testDescription: String { name }

  private static let folder = GoldenCase.folder.appending(path: "zoo")

  static let all: [ZooCase] = {
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "json" }
      .map { ZooCase(name: $0.deletingPathExtension().lastPathComponent) }
      .sorted { $0.name < $1.name }
  }()

  func read() throws -> JSON {
    let path = ZooCase.folder.appending(path: "\(name).json")
    return try JSON(parsing: try String(contentsOf: path, encoding: .utf8))
  }

  /// The spec and what is expected of it, with the estimators that are written.
  func written() throws -> (spec: JSON, expected: JSON, rows: Int) {
    let file = try read()
    guard case .object(let spec)? = file["spec"], case .object(let expected)? = file["expected"],
      case .array(let requests)? = file["spec"]?["estimators"],
      case .array(let rows)? = file["expected"]?["estimators"]
    else { return (.null, .null, 0) }
    let isGaussian = file["spec"]?["variable"]?["kind"] == .string("gaussian")
    let names = isGaussian ? GaussianZoo.all.map(\.name) : DiscreteZoo.all.map(\.name)
    let kept = requests.indices.filter { index in
      guard case .string(let name)? = requests[index]["name"] else { return false }
      return names.contains(name)
    }
    func with(_ members: [(key: String, value: JSON)], _ list: [JSON]) -> JSON {
      .object(
        members.map { $0.key == "estimators" ? ($0.key, .array(kept.map { list[$0] })) : $0 })
    }
    return (with(spec, requests), with(expected, rows), kept.count)
  }
}

@Suite("The zoo: the golden cases") struct ZooGoldenTests {
  // Catches: a formula, a setting, a target, a key that is not what the format says.
  @Test("Every row that is written agrees", arguments: ZooCase.all)
  func answered(golden: ZooCase) throws {
    let (spec, expected, rows) = try golden.written()
    guard rows > 0 else { return }
    guard case .number(let tolerance)? = try golden.read()["tolerance"] else { return }
    let answer = try ZooSpec(JSONPlace(spec)).answer(ExactRequest())
    #expect(differences(expected, answer.json, tolerance: tolerance) == [], "\(golden.name)")
  }

  // Catches: a case that is skipped because its estimators are not found.
  @Test("The cases have many rows") func complete() throws {
    #expect(try ZooCase.all.reduce(0) { try $0 + $1.written().rows } >= 152)
  }
}
