import Probability

/// The verdict over random models in words, in the relation's own measure.
package enum VerdictText {
  /// "200 models, worst 3.1e-16 of 5.7e-14 allowed".
  package static func passed(_ result: SearchResult) -> String {
    let models = count(result.problems)
    guard let worst = result.worst, let relation = result.finding?.relation else { return models }
    return "\(models), " + measure(relation, worst)
  }

  /// "refused: off by 0.31 where 5.7e-14 is allowed".
  package static func refused(_ result: SearchResult) -> String {
    if let failure = result.failure { return "refused: \(failure)" }
    guard let worst = result.worst, let finding = result.finding else { return "refused" }
    return "refused: " + complaint(finding, worst)
  }

  /// Which case it was: "case t04, the smallest found in 200 models:".
  package static func place(_ token: CaseToken, _ result: SearchResult) -> String {
    switch token {
    case .trail where result.problems > 1:
      "case \(token), the smallest found after \(count(result.problems)):"
    case .drawn where result.problems > 1: "case \(token), the worst of \(count(result.problems)):"
    default: "case \(token):"
    }
  }

  private static func count(_ models: Int) -> String {
    models == 1 ? "1 model" : Format.count(models) + " models"
  }

  private static func measure(_ relation: Relation, _ worst: Violation) -> String {
    let gap = "\(Format.brief(worst.gapWorst)) of \(Format.brief(worst.gapAllowed)) allowed"
    switch relation {
    case .equal where worst.allowed == 0: return "the same in all"
    case .equal, .within:
      return "worst \(Format.brief(worst.worst)) of \(Format.brief(worst.allowed)) allowed"
    case .atLeast, .atMost:
      let short = worst.worst > 0 ? "short by \(Format.brief(worst.worst)), " : ""
      return "\(short)gap off by \(gap)"
    case .different: return "difference off by \(gap)"
    case .tends:
      return "order off by \(Format.brief(worst.worst)) of \(Format.brief(worst.allowed)) allowed"
    }
  }

  private static func complaint(_ finding: Finding, _ worst: Violation) -> String {
    let missed = worst.worst > worst.allowed
    guard (missed ? worst.worst : worst.gapWorst).isFinite else { return incomparable(finding) }
    let by = Format.brief(missed ? worst.worst : worst.gapWorst)
    let allowed = "where \(Format.brief(missed ? worst.allowed : worst.gapAllowed)) is allowed"
    switch finding.relation {
    case .different where !missed: return "difference off by \(by) \(allowed)"
    case _ where !missed: return "gap off by \(by) \(allowed)"
    case .equal, .within: return "off by \(by) \(allowed)"
    case .atLeast: return "\(by) below \(allowed)"
    case .atMost: return "\(by) above \(allowed)"
    case .different: return "too near by \(by)"
    case .tends: return "order off by \(by) \(allowed)"
    }
  }

  /// No distance between the sides can be stated.
  private static func incomparable(_ finding: Finding) -> String {
    let (left, right) = (finding.left.count, finding.right.count)
    if finding.relation != .tends, left != right {
      return "\(left) numbers on the left, \(right) on the right"
    }
    let sides = finding.left + finding.right + (finding.gap ?? [])
    if sides.contains(where: \.isNaN) { return "a side is not a number" }
    return sides.allSatisfy(\.isFinite) ? "no order can be measured" : "a side is infinite"
  }
}
