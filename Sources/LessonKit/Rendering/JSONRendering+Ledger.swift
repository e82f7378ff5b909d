public import JSONText

extension JSONRendering {
  /// Claims with the checks that establish them.
  public static func claims(_ reports: [ClaimReport]) -> JSON {
    let entries = reports.map { report -> JSON in
      let claim = report.claim
      return [
        "id": .string(claim.id), "kind": .string(claim.kind),
        "lesson": text(claim.lesson),
        "status": .string(report.status.rawValue),
        "checks": .strings(report.checks.map(\.id)),
        "refutedBy": .strings(report.checks.filter { report.kind($0) == .refutes }.map(\.id)),
        "holds": .bool(report.holds), "verdict": .string(claim.verdict),
        "statement": .string(claim.statement), "condition": text(claim.condition),
        "lectures": .strings(claim.lectures), "errata": .strings(claim.errata),
      ]
    }
    return ["claims": .array(entries)]
  }

  /// Errata with both forms evaluated where a lesson shows them, in words where none does.
  public static func errata(_ reports: [ErratumReport]) -> JSON {
    ["errata": .array(reports.map(erratum))]
  }

  private static func erratum(_ report: ErratumReport) -> JSON {
    let erratum = report.erratum
    var members: [(key: String, value: JSON)] = [
      ("id", .string(erratum.id)), ("verdict", .string(erratum.verdict)),
      ("lesson", .string(erratum.lesson)),
    ]
    if case .shown(_, let model, let numbers) = report.outcome {
      members += [
        ("printed", number(numbers.printed)), ("corrected", number(numbers.corrected)),
        ("difference", number(numbers.difference)),
        ("independent", number(numbers.independent)), ("model", .string(model)),
      ]
    } else {
      members += [
        ("printed", .string(erratum.printed)), ("corrected", .string(erratum.corrected)),
        ("difference", .null),
      ]
    }
    var shown = false
    if case .shown = report.outcome { shown = true }
    members += [
      ("shown", .bool(shown)), ("holds", .bool(report.holds)),
      ("wordingOnly", .bool(erratum.isWordingOnly)), ("title", .string(erratum.title)),
      ("problem", .string(erratum.problem)),
    ]
    return .object(members)
  }

  private static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
}
