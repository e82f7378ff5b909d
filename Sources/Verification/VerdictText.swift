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

  /// How near the sides are, in units of the last place of the terms that they are made of.
  private static func measure(_ relation: Relation, _ worst: Violation) -> String {
    switch relation {
    case .equal: return ulps(worst.worst, of: worst.allowed)
    case .within:
      return "\(Format.brief(worst.worst)) apart, \(Format.brief(worst.allowed)) allowed"
    case .atLeast, .atMost:
      return "the gap as stated, " + ulps(worst.gapWorst, of: worst.gapAllowed)
    case .different:
      return "the difference as stated, " + ulps(worst.gapWorst, of: worst.gapAllowed)
    case .tends:
      return "order off by \(Format.brief(worst.worst)), \(Format.brief(worst.allowed)) allowed"
    }
  }

  /// "the same to the last digit", "3.5 ulps apart at most, 256 allowed".
  private static func ulps(_ worst: Double, of allowed: Double) -> String {
    guard worst > 0 else { return "the same to the last digit" }
    func inUlps(_ value: Double) -> String { Format.short(value / .ulpOfOne, digits: 2) }
    return "\(inUlps(worst)) ulps apart at most, \(inUlps(allowed)) allowed"
  }

  private static func complaint(_ finding: Finding, _ worst: Violation) -> String {
    let missed = worst.worst > worst.allowed
    guard (missed ? worst.worst : worst.gapWorst).isFinite else { return incomparable(finding) }
    switch finding.relation {
    case .different where !missed:
      return "the difference is wrong by " + distance(finding.difference, finding.gap ?? [])
    case _ where !missed:
      return "the gap is wrong by " + distance(finding.difference, finding.gap ?? [])
    case .equal, .within: return "the sides are " + distance(finding.left, finding.right) + " apart"
    case .atLeast: return "the left side is too small by " + shortfall(finding)
    case .atMost: return "the left side is too large by " + shortfall(finding)
    case .different: return "too near by \(Format.brief(worst.worst))"
    case .tends:
      return "order off by \(Format.brief(worst.worst)), \(Format.brief(worst.allowed)) allowed"
    }
  }

  /// The largest difference of two lists, and what share it is of the larger of its two numbers.
  private static func distance(_ one: [Double], _ other: [Double]) -> String {
    let pairs = Array(zip(one, other))
    guard let worst = pairs.max(by: { abs($0.0 - $0.1) < abs($1.0 - $1.1) }) else {
      return "nothing"
    }
    return amount(abs(worst.0 - worst.1), of: max(abs(worst.0), abs(worst.1)))
  }

  private static func shortfall(_ finding: Finding) -> String {
    let short = zip(finding.left, finding.right).map { left, right in
      finding.relation == .atMost ? (left - right, left, right) : (right - left, left, right)
    }
    guard let worst = short.max(by: { $0.0 < $1.0 }) else { return "nothing" }
    return amount(worst.0, of: max(abs(worst.1), abs(worst.2)))
  }

  /// "0.13 (11 %)": a difference, and its share of a size.
  private static func amount(_ difference: Double, of size: Double) -> String {
    guard size > 0, size.isFinite else { return Format.brief(difference) }
    return "\(Format.brief(difference)) (\(Format.brief(100 * difference / size)) %)"
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
