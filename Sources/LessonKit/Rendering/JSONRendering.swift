public import JSONText
import Verification

/// Lessons as JSON for machines: every line of every derivation is a check.
public enum JSONRendering {
  /// One object for the lessons that were run.
  public static func object(_ runs: [LessonRun], seed: UInt64) -> JSON {
    [
      "holds": .bool(runs.allSatisfy(\.holds)),
      "seed": seedNumber(seed),
      "lessons": .array(runs.map(lesson)),
    ]
  }

  /// A seed; one that a double cannot hold is written as text.
  private static func seedNumber(_ seed: UInt64) -> JSON {
    Int(exactly: seed).flatMap { $0 < 1 << 53 ? .integer($0) : nil } ?? .string("\(seed)")
  }

  private static func lesson(_ run: LessonRun) -> JSON {
    var members: [(key: String, value: JSON)] = [
      ("id", .string(run.lesson.id)), ("title", .string(run.lesson.title)),
      ("holds", .bool(run.holds)),
    ]
    if let mistake = run.request.mistake { members.append(("mistake", .string(mistake))) }
    members.append(
      (
        "exercises",
        .array(
          run.inquiries.map { inquiry in
            [
              "id": .string(inquiry.inquiry.id), "title": .string(inquiry.inquiry.title),
              "given": givens(inquiry.inquiry.givens),
            ]
          })
      ))
    members.append(("checks", .array(run.checks.map(check))))
    return .object(members)
  }

  private static func check(_ check: CheckRun) -> JSON {
    let result = check.report.result
    let example = check.report.example
    let finding = result.finding ?? example
    // A line that only its example refuses is measured there.
    let worst = result.holds && !check.report.exampleHolds ? example?.violation() : result.worst
    return [
      "id": .string(check.id),
      "exercise": .string(check.inquiry),
      "formula": .string(check.check.formula),
      "reason": .string(check.check.reason),
      "claims": .strings(check.check.claims),
      "role": .string(check.check.role.rawValue),
      "relation": finding.map { .string($0.relation.rawValue) } ?? .null,
      "holds": .bool(check.holds),
      "models": .integer(result.problems),
      "worst": number(worst?.worst),
      "allowed": number(worst?.allowed),
      "gapWorst": number(finding?.gap == nil ? nil : worst?.gapWorst),
      "gapAllowed": number(finding?.gap == nil ? nil : worst?.gapAllowed),
      "case": result.token.map { .string($0.description) } ?? .null,
      "failure": check.report.failure.map(JSON.string) ?? .null,
      "example": example.map { ["left": .numbers($0.left), "right": .numbers($0.right)] } ?? .null,
      "changes": givens(check.report.changes),
      "caseGiven": givens(check.report.caseGivens),
      "caughtMistakes": .strings(check.caughtMistakes ?? []),
    ]
  }

  /// Symbols with their values, in the order in which they are printed.
  static func givens(_ givens: [Given]) -> JSON {
    .array(
      givens.map { given in
        let value: JSON =
          switch given.value {
          case .number(let number): .number(number)
          case .list(let numbers): .numbers(numbers)
          case .table(let rows): .array(rows.map(JSON.numbers))
          case .words(let words): .string(words)
          }
        return ["symbol": .string(given.symbol), "value": value]
      })
  }

  static func number(_ value: Double?) -> JSON { value.map(JSON.number) ?? .null }
}
