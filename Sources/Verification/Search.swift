package import Probability

/// How many problems a search draws, from which seed.
public struct SearchPlan: Sendable, Equatable {
  /// The seed: one seed gives one sequence of problems.
  public var seed: UInt64
  /// The number of random problems.
  public var problems: Int
  /// A single case to replay instead.
  public var only: CaseToken?
  /// The fraction by which the left side is moved, to see that a check refuses it.
  public var perturbation: Double
  /// Whether to stop at the first refusal and to leave out shrinking.
  public var stopsAtRefusal: Bool

  /// Two hundred problems of seed 1, unless said otherwise.
  public init(
    seed: UInt64 = 1, problems: Int = 200, only: CaseToken? = nil, perturbation: Double = 0,
    stopsAtRefusal: Bool = false
  ) {
    self.seed = seed
    self.problems = problems
    self.only = only
    self.perturbation = perturbation
    self.stopsAtRefusal = stopsAtRefusal
  }
}

/// What a search found for one check.
public struct SearchResult: Sendable {
  /// Whether it held on every problem.
  public let holds: Bool
  /// How many problems were drawn.
  public let problems: Int
  /// The measure on the worst problem.
  public let worst: Violation?
  /// The worst case, shrunk if it was refused.
  public let token: CaseToken?
  /// Both sides on that case.
  public let finding: Finding?
  /// What went wrong where a side could not be evaluated.
  public let failure: String?
}

/// Evaluates checks on random problems and keeps each one's worst case.
///
/// - Parameters:
///   - stream: tells apart the problems of different derivations under one seed.
///   - findings: what each check finds on a problem; all see the same problems.
///   - plan: how many problems, from which seed.
///   - draw: makes a problem from choices.
/// - Returns: one result a check, in their order.
package func search<Problem>(
  stream: String, findings: [@Sendable (Problem) throws -> Finding], plan: SearchPlan,
  draw: @Sendable (inout Cases) throws -> Problem
) -> [SearchResult] {
  var worst = [Trial?](repeating: nil, count: findings.count)
  var counts = [Int](repeating: 0, count: findings.count)
  for index in 0..<(plan.only == nil ? plan.problems : 1) {
    if plan.stopsAtRefusal, worst.allSatisfy({ $0?.refused == true }) { break }
    let token = plan.only ?? .drawn(seed: plan.seed, index: index)
    let (problem, trail) = token.draw(stream: stream, draw)
    for (number, find) in findings.enumerated() {
      if plan.stopsAtRefusal, worst[number]?.refused == true { continue }
      let trial = Trial(find, problem, trail: trail, token: token, plan: plan)
      counts[number] += 1
      if trial.severity > worst[number]?.severity ?? -1 { worst[number] = trial }
    }
  }
  return findings.indices.map { number in
    guard var trial = worst[number] else {
      return SearchResult(
        holds: false, problems: 0, worst: nil, token: nil, finding: nil,
        failure: "no problem was drawn")
    }
    if trial.refused, !plan.stopsAtRefusal, plan.only == nil {
      trial = shrink(trial, find: findings[number], plan: plan, draw: draw)
    }
    return SearchResult(
      holds: !trial.refused, problems: counts[number], worst: trial.violation, token: trial.token,
      finding: trial.finding, failure: trial.failure)
  }
}

/// One check on one problem.
struct Trial {
  let trail: [Int]
  let token: CaseToken
  let finding: Finding?
  let violation: Violation?
  let failure: String?

  init<Problem>(
    _ find: (Problem) throws -> Finding, _ problem: Result<Problem, any Error>, trail: [Int],
    token: CaseToken, plan: SearchPlan
  ) {
    self.trail = trail
    self.token = token
    do {
      let finding = try find(try problem.get())
      self.finding = finding
      violation = finding.violation(perturbedBy: plan.perturbation)
      failure = nil
    } catch {
      finding = nil
      violation = nil
      failure = "\(error)"
    }
  }

  var refused: Bool { violation.map { !$0.holds } ?? true }
  var severity: Double { violation?.severity ?? .infinity }
}

extension CaseToken {
  /// The problem of this case, or why it could not be drawn, and the trail that made it.
  package func draw<Problem>(
    stream: String, _ draw: (inout Cases) throws -> Problem
  ) -> (Result<Problem, any Error>, [Int]) {
    do {
      var cases = try cases(stream: stream)
      let problem = Result { try draw(&cases) }
      return (problem, cases.trail)
    } catch {
      return (.failure(error), [])
    }
  }

  private func cases(stream: String) throws -> Cases {
    switch self {
    case .drawn(let seed, let index):
      return try Cases(seed: seed, stream: streamNumber(stream) &+ UInt64(index))
    case .trail(let trail): return try Cases(replaying: trail)
    }
  }
}

/// The 64-bit FNV-1a hash: the same name gives the same stream on every machine.
func streamNumber(_ name: String) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return hash
}
