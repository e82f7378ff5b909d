import JSONText
import Probability
import Testing

@testable import Interchange

@Suite("Files with a part of an answer") struct PartFileTests {
  /// A part of two, whose sums hold what JSON has no numbers for.
  private func part() throws -> PartFile {
    PartFile(
      command: "oracle", version: "1", share: try #require(LeafShare("1/2")), settings: ["a": 1],
      input: ["model": "hmm", "initial": [1]],
      sums: [
        ("0", [LeafNode(leaves: 0..<3, numbers: [0.1, -.infinity, .infinity, .nan, -0.0])]),
        ("1", [LeafNode(leaves: 4..<5, numbers: [])]),
      ])
  }

  // Catches: a sum of nothing, −∞ in logarithms, that is read back as its opposite.
  @Test("A part reads back to the same bits, infinities among them") func readsBack() throws {
    let part = try part()
    let text = part.json.text(.pretty)
    let read = try PartFile(JSONPlace(try JSON(parsing: text)))
    #expect(read.json.text(.pretty) == text)
    #expect(read.sums.map(\.name) == ["0", "1"] && read.share == part.share)
    for (one, other) in zip(read.sums, part.sums) {
      #expect(one.nodes.map(\.leaves) == other.nodes.map(\.leaves))
      #expect(
        one.nodes.map { $0.numbers.map { $0.isNaN ? 1 : $0.bitPattern } }
          == other.nodes.map { $0.numbers.map { $0.isNaN ? 1 : $0.bitPattern } })
    }
  }

  // Catches: a part whose model was exchanged together with the digest.
  @Test("A part that names another model than it holds is refused, whatever its digest")
  func input()
    throws
  {
    guard case .object(let members) = try part().json else { return }
    func forged(_ key: String, _ value: JSON) -> JSON {
      let rest = members.filter { $0.key != "digest" }.map { $0.key == key ? (key, value) : $0 }
      return .object(rest + [("digest", .string(JSON.object(rest).fingerprint))])
    }
    func refusal(_ json: JSON) -> String {
      do throws(PlaceError) {
        _ = try PartFile(JSONPlace(json))
        return ""
      } catch { return error.description }
    }
    #expect(refusal(forged("command", "moments")) == "")
    #expect(
      refusal(forged("input", ["model": "hmm", "initial": [0.5]]))
        == "model: not the model that stands in \"input\"")
    #expect(refusal(forged("part", "3/2")) == "part: expected I/N, found \"3/2\"")
    #expect(
      refusal(.object(members.map { $0.key == "command" ? ($0.key, "moments") : $0 }))
        == "digest: damaged: this is not what was written")
  }
}
