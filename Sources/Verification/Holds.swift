public import Probability

/// Evaluates a check on random problems: the whole of this package in one call of a test.
///
/// ```swift
/// let verdict = holds("leave-one-out is unbiased", on: 200) { cases in
///   try Ranking.random(&cases)
/// } check: { ranking in
///   .equal(try exactMoments { try ranking.estimate(&$0) }.means, ranking.gradient)
/// }
/// #expect(verdict.holds, "\(verdict)")
/// ```
///
/// A refused check comes back with the smallest problem that it refuses, both sides, and a token
/// that makes the problem again. An equality that would also accept a left side moved by a part in
/// a million does not hold either: a check that cannot fail shows nothing.
///
/// - Parameters:
///   - name: the statement in words; it also tells apart the problems of different checks.
///   - count: how many problems are drawn.
///   - seed: one seed gives one sequence of problems.
///   - token: a case to replay instead, as a verdict printed it.
///   - draw: makes a problem from choices. Outcome 0 of a choice should be the simplest.
///   - check: both sides and how they must relate.
/// - Returns: the verdict, whose description says all that is needed to see it again.
public func holds<Problem>(
  _ name: String, on count: Int = 200, seed: UInt64 = 1, replaying token: String? = nil,
  _ draw: @Sendable (inout Cases) throws -> Problem,
  check: @escaping @Sendable (Problem) throws -> Finding
) -> Verdict {
  var plan = SearchPlan(seed: seed, problems: count)
  if let token {
    guard let only = CaseToken(token) else {
      return Verdict(name: name, unusable: "\(token) is no case: a verdict prints 1-57 or t04")
    }
    plan.only = only
  }
  func result(_ plan: SearchPlan) -> SearchResult? {
    search(stream: name, findings: [check], plan: plan, draw: draw).first
  }
  guard let found = result(plan) else { return Verdict(name: name, unusable: "nothing was run") }
  let problem = found.token.flatMap { try? $0.draw(stream: name, draw).0.get() }
  let verdict = Verdict(name: name, found, problem: problem.map { ProblemText.lines($0) } ?? [])
  guard verdict.holds, let finding = found.finding, finding.relation == .equal,
    finding.rounding > 0
  else { return verdict }
  // The smallest move that counts is a thousand times what rounding is allowed.
  plan.perturbation = max(1e-6, 1e3 * finding.rounding)
  plan.stopsAtRefusal = true
  guard let moved = result(plan), moved.holds else { return verdict }
  return Verdict(
    name: name,
    unusable: "shows nothing: it also accepts left sides moved by "
      + "\(Format.brief(plan.perturbation)) of themselves")
}

/// What ``holds(_:on:seed:replaying:_:check:)`` found, written out by its description.
public struct Verdict: Sendable, CustomStringConvertible {
  /// The statement.
  public let name: String
  /// Whether it held on every problem.
  public let holds: Bool
  /// How many problems were drawn.
  public let problems: Int
  /// The worst case; the smallest that is refused where one is.
  public let token: String?
  /// Both sides on that case; nil where a side threw.
  public let finding: Finding?
  /// The problem of that case, line by line.
  public let problem: [String]
  /// The reason in one line: how near the worst case was, or what is refused.
  public let reason: String
  /// Where the case came from, in words.
  private let place: String

  init(name: String, _ result: SearchResult, problem: [String]) {
    self.name = name
    holds = result.holds
    problems = result.problems
    token = result.token?.description
    finding = result.finding
    self.problem = problem
    reason = result.holds ? VerdictText.passed(result) : VerdictText.refused(result)
    place = result.token.map { VerdictText.place($0, result) } ?? ""
  }

  init(name: String, unusable reason: String) {
    self.name = name
    self.reason = reason
    (holds, problems, token, finding, problem, place) = (false, 0, nil, nil, [], "")
  }

  /// One line if it holds; if not, the smallest problem, both sides, and how to see it again.
  public var description: String {
    let head = "\(holds ? "✓" : "✗") \(name): \(reason)"
    guard !holds, let token else { return head }
    var lines = [head, "  \(place)"] + problem.map { "    " + $0 }
    if let finding {
      let sides = SidesText(finding, holds: false)
      let note = sides.note.isEmpty ? "" : "   (\(sides.note))"
      lines.append("  \(sides.left) \(sides.sign) \(sides.right)\(note)")
      let differences = zip(finding.left, finding.right).map { abs($0 - $1) }
      if finding.relation == .equal, let largest = differences.max() {
        lines.append("  the sides differ by up to \(Format.short(largest))")
      }
    }
    lines.append("  again: holds(\"\(name)\", replaying: \"\(token)\") { … }")
    return lines.joined(separator: "\n")
  }
}
