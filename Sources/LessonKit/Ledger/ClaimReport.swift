public import Verification

/// A claim with the checks that were run for it.
public struct ClaimReport: Sendable {
  /// What has been established of a claim.
  public enum Status: String, Sendable, CaseIterable {
    /// True as stated: all its checks hold.
    case holds
    /// True under its condition and false without, and checks show both.
    case conditional
    /// False as stated, and a check shows where.
    case refuted
    /// No check yet, or one that failed.
    case notChecked = "not checked yet"
    /// Nothing to check: cited for reading.
    case reference
  }

  /// The claim.
  public let claim: Claim
  /// Its checks with their verdicts, in the order of the lessons.
  public let checks: [CheckRun]

  /// What its checks find, if there are some, all hold, and the ledger says the same.
  public var status: Status {
    guard claim.isCheckable else { return .reference }
    guard checks.allSatisfy(\.holds) else { return .notChecked }
    return found.rawValue == claim.verdict ? found : .notChecked
  }

  /// What the lines say together, whatever the ledger says: a claim that some show and some refute
  /// is conditional.
  public var found: Status {
    let kinds = Set(checks.compactMap(kind))
    guard kinds.contains(.refutes) else { return kinds.contains(.shows) ? .holds : .notChecked }
    return kinds.contains(.shows) ? .conditional : .refuted
  }

  /// What one of its checks says of the claim.
  public func kind(_ check: CheckRun) -> Bearing.Kind? {
    check.check.bearings.first { $0.claim == claim.id }?.kind
  }

  /// Whether no check failed; a claim without checks has none that did.
  public var holds: Bool { checks.allSatisfy(\.holds) }

  /// Runs the checks of claims, and no other lines.
  public static func reports(
    _ claims: [Claim], lessons: [Lesson], plan: SearchPlan
  ) -> [ClaimReport] {
    let request = RunRequest(plan: plan, claims: Set(claims.map(\.id)), showsPages: false)
    var checks: [String: [CheckRun]] = [:]
    for check in lessons.flatMap({ $0.run(request).checks }) {
      for claim in check.check.claims { checks[claim, default: []].append(check) }
    }
    return claims.map { ClaimReport(claim: $0, checks: checks[$0.id] ?? []) }
  }
}
