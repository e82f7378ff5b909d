import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Derivation `identification`: how many steps one must have seen.
enum IdentificationDerivation {
  /// A step that was seen.
  typealias Step = (state: Vector, control: Vector, next: Vector)

  /// What is judged.
  struct Parts: Sendable {
    /// (A B), row by row, from steps.
    var fit: @Sendable (_ steps: [Step]) throws -> [[Double]]
    /// Another system that made the same two steps, at a distance of one.
    var rival: @Sendable (LinearQuadratic, _ steps: [Step]) throws -> LinearQuadratic
    /// How many steps are independent.
    var rank: @Sendable (_ steps: [Step]) throws -> Int
    /// How many draws of one of n things it takes on average to have drawn them all.
    var draws: @Sendable (_ things: Int) -> Double
  }

  typealias Check = LessonKit.Check<Parts, ControlProblem>

  static let checks: [Check] = [known, rival, policy, drawn]

  static let known = Check(
    "known", "(A B) = X′ Y⁻¹,  three steps",
    because: "columns of Y are (x, u), of X′ what followed: three independent ones leave no choice",
    as: .step, changing: { [Given("Y", words: seenText($0, 3))] }
  ) { parts, problem in
    .equal(
      rows(problem.system).flatMap { $0 },
      try parts.fit(steps(problem, count: 3)).flatMap { $0 },
      rounding: .of(terms: 1024, size: 64, because: "the steps of Y are this far from dependent"))
  }

  static let rival = Check(
    "rival", "A′ x + B′ u = A x + B u,  two steps, (A′ B′) ≠ (A B)",
    because:
      "with n + m − 1 steps there is a direction of (x, u) in which nobody has looked; the last number is the squared distance of (A′ B′) from (A B)",
    as: .consequence, changing: { [Given("Y", words: seenText($0, 2))] }
  ) { parts, problem in
    let seen = steps(problem, count: 2)
    let other = try parts.rival(problem.system, seen)
    let distance = zip(rows(other), rows(problem.system)).reduce(0.0) { sum, pair in
      sum + zip(pair.0, pair.1).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return .equal(
      seen.flatMap { other.next($0.state, $0.control).array } + [distance],
      seen.flatMap(\.next.array) + [1], rounding: .of(size: 8, because: "sums of a few products"))
  }

  static let policy = Check(
    "policy", "rank Y = 2,  six steps with u = −K x",
    because:
      "who follows a rule never learns what another control would have done: n of n + m, for ever",
    as: .consequence
  ) { parts, problem in
    let gain = try problem.recursion.gains[0].row(0)
    let seen = (0..<6).map { i -> Step in
      let state = Vector(problem.start[0] + 0.7 * Double(i * i), problem.start[1] - 0.5 * Double(i))
      let control = Vector(-gain.dot(state))
      return (state, control, problem.system.next(state, control))
    }
    return .equalCounts(try parts.rank(seen), 2)
  }

  static let drawn = Check(
    "drawn", "E[N] = 6 (1 + 1/2 + 1/3 + 1/4 + 1/5 + 1/6)",
    because:
      "three states, two actions: six visits that are chosen say all of a world without noise; drawn by chance, these many (left: by the rule of inclusion and exclusion)",
    as: .consequence
  ) { parts, _ in
    // E[N] = Σ_k (−1)^(k+1) C(6, k) 6/k.
    let counts: [Double] = [6, 15, 20, 15, 6, 1]
    let mean = counts.enumerated().reduce(0.0) { sum, pair in
      sum + (pair.offset % 2 == 0 ? 1 : -1) * pair.element * 6 / Double(pair.offset + 1)
    }
    return .equal(mean, parts.draws(6), rounding: .of(size: 64, because: "terms up to 45 cancel"))
  }

  /// Steps from places that no line and no plane holds.
  static func steps(_ problem: ControlProblem, count: Int) -> [Step] {
    seen(problem).prefix(count).map { state, control in
      (state, control, problem.system.next(state, control))
    }
  }

  private static func seen(_ problem: ControlProblem) -> [(Vector, Vector)] {
    let shift = problem.trial
    return [
      (Vector(1 + 0.1 * shift[0], 0.3), Vector(0.2)), (Vector(-0.2, 1), Vector(0.1 * shift[1])),
      (Vector(0.4, -0.3 + 0.1 * shift[2]), Vector(1)),
    ]
  }

  private static func seenText(_ problem: ControlProblem, _ count: Int) -> String {
    seen(problem).prefix(count).map { state, control in
      "("
        + (state.array + control.array).map { Format.short($0, digits: 4) }.joined(separator: ", ")
        + ")"
    }.joined(separator: ", ")
  }

  /// (A B).
  static func rows(_ system: LinearQuadratic) -> [[Double]] {
    (0..<system.stateCount).map { system.dynamics.row($0).array + system.input.row($0).array }
  }
}
