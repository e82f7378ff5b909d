import Exact
import Interchange
import JSONText

/// Reads a part of an answer, as it stands and with its numbers for what stands in it made right: what
/// can be read then is put together and answered.
func judgePart(_ tree: JSON, _ maxStates: Double) -> Verdict {
  do throws(PlaceError) {
    _ = try PartFile(JSONPlace(tree))
  } catch {
    let verdict = refused("part: refused", error.description, hasPlace: true)
    guard verdict.complaints.isEmpty else { return verdict }
  }
  do throws(PlaceError) {
    let part = try PartFile(JSONPlace(sealed(tree)))
    let parts = try JoinedParts([(file: "part", part: part)], version: part.version)
    guard part.command == "oracle" else { return Verdict(outcome: "part: joined") }
    var request = ExactRequest(route: .bruteForce, maxStates: maxStates)
    request.found = (0..<parts.sums.count).map { parts.nodes(of: "\($0)") }
    do throws(OracleRefusal) {
      _ = try oracle(JSONPlace(part.input), request)
      return Verdict(outcome: "part: answered")
    } catch {
      return refused("part: \(error.kind)", error.description, hasPlace: false)
    }
  } catch {
    return refused("part: refused", error.description, hasPlace: true)
  }
}

/// The same part with the numbers that say what stands in it.
private func sealed(_ tree: JSON) -> JSON {
  guard case .object(let members) = tree else { return tree }
  let input = (tree["input"] ?? .null).fingerprint
  let rest = members.filter { $0.key != "digest" }.map { member in
    member.key == "model" ? (key: member.key, value: JSON.string(input)) : member
  }
  return .object(rest + [(key: "digest", value: .string(JSON.object(rest).fingerprint))])
}
