import JSONText
import LessonKit

/// What `lessons oracle` and `lessons approximate` are given: a spec, or a case with a spec and what
/// is expected.
struct CaseFile {
  private let place: JSONPlace
  /// The key that a spec has and a case has not: "model", "approximation".
  private let key: String

  init(_ place: JSONPlace, of key: String) {
    self.place = place
    self.key = key
  }

  private var isCase: Bool {
    get throws(PlaceError) {
      let (word, spec) = (try place.optional(key), try place.optional("spec"))
      return word == nil && spec != nil
    }
  }

  /// The word that says what the spec is about.
  var word: String {
    get throws(PlaceError) { try spec.member(key).string() }
  }

  /// The spec.
  var spec: JSONPlace {
    get throws(PlaceError) { try isCase ? place.member("spec") : place }
  }

  /// How an answer compares with what a case expects; nil for a spec alone.
  func compare(_ answer: JSON) throws(PlaceError) -> CaseComparison? {
    guard try isCase, let expected = try place.optional("expected") else { return nil }
    let tolerance = try place.optional("tolerance")
    return CaseComparison(
      answer, expected: expected.value, tolerance: try tolerance?.number() ?? 1e-9)
  }
}

extension CaseComparison {
  /// Whether all that is expected was found.
  var holds: Bool { differences.isEmpty }

  /// The answer with a key for what differs.
  func added(to answer: JSON) -> JSON {
    guard case .object(let members) = answer else { return answer }
    return .object(members + [(key: "differences", value: .strings(differences))])
  }

  /// "✓ all 12 expected numbers agree", or what does not.
  func lines(_ page: TerminalStyle) -> [String] {
    let total = compared == 1 ? "1 expected number" : "\(compared) expected numbers"
    let allowed = "within \(tolerance) of max(1, |expected|)"
    guard !holds else {
      return Wrapping.paragraph(
        "✓ \(total) found, \(allowed)", width: page.measure, rest: "  ")
    }
    let most = 10
    var lines = Wrapping.paragraph(
      "✗ \(differences.count) of \(total) differ, \(allowed):", width: page.measure, rest: "  ")
    lines += differences.prefix(most).map { "  " + $0 }
    if differences.count > most { lines.append("  … and \(differences.count - most) more") }
    return lines
  }
}
