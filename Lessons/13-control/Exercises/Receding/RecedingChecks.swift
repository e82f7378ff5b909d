import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Exercise `receding`: plan, play the first control, look, plan again.
enum RecedingExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The best controls of so many steps from a state.
    var plan: @Sendable (LinearQuadratic, _ state: [Double], _ steps: Int) throws -> [Double]
    /// The controls that are played, with a horizon, where the world pushes.
    var play:
      @Sendable (LinearQuadratic, _ start: [Double], _ horizon: Int, _ pushes: [[Double]]) throws
        -> [Double]

    func controls(
      _ problem: ControlProblem, horizon: Int, pushes: [Vector]
    ) throws -> [Vector] {
      try play(problem.system, problem.start.array, horizon, pushes.map(\.array)).map { Vector($0) }
    }

    /// E[J] of a horizon, over every outcome of the coins.
    func expected(_ problem: ControlProblem, horizon: Int) throws -> [ExactValue] {
      try exactMeans { choices in
        let pushes = try problem.pushes(&choices)
        return [
          problem.system.cost(
            from: problem.start,
            controls: try controls(problem, horizon: horizon, pushes: pushes), pushes: pushes)
        ]
      }
    }
  }

  typealias Check = LessonKit.Check<Parts, ControlProblem>

  static let checks: [Check] = [planned, played, noisy, short, again, blind, greedy]

  static let planned = Check(
    "planned", "J(û) = x_0ᵀ P_0 x_0",
    because: "û is a plan of T steps: the least of J", claims: ["A-139"], as: .step,
    changing: { _ in [Given("σ", 0.0)] }
  ) { parts, problem in
    let plan = try parts.plan(problem.system, problem.start.array, ControlProblem.steps)
    return .equal(
      problem.system.cost(from: problem.start, controls: plan.map { Vector($0) }),
      try problem.recursion.value(from: problem.start), rounding: problem.rounding)
  }

  static let played = Check(
    "played", "x_0ᵀ P_0 x_0 = J_T",
    because: "the rest of a best plan is best for the rest: to plan again changes nothing",
    claims: ["A-139"], as: .step, changing: { _ in [Given("σ", 0.0)] }
  ) { parts, problem in
    let pushes = problem.pushes(signs: [0, 0, 0, 0])
    let controls = try parts.controls(problem, horizon: ControlProblem.steps, pushes: pushes)
    return .equal(
      try problem.recursion.value(from: problem.start),
      problem.system.cost(from: problem.start, controls: controls), rounding: problem.rounding)
  }

  static let noisy = Check(
    "noisy", "E[J_T] = x_0ᵀ P_0 x_0 + σ² Σ_t gᵀ P_(t+1) g",
    because: "over all 16 outcomes of the pushes: who looks after each push pays the least",
    claims: ["A-139"], as: .consequence, changing: { $0.pushGivens }
  ) { parts, problem in
    .equal(
      try parts.expected(problem, horizon: ControlProblem.steps),
      [try problem.recursion.value(from: problem.start, noise: problem.covariance)],
      rounding: problem.rounding)
  }

  static let short = Check(
    "short", "E[J_2] ≥ E[J_T]",
    because:
      "two steps are not four; what it costs is a sum over the steps, by the squares of `riccati`",
    claims: ["A-139"], as: .consequence, changing: { $0.pushGivens }
  ) { parts, problem in
    let best = try problem.recursion
    return .atLeast(
      try parts.expected(problem, horizon: 2),
      [best.value(from: problem.start, noise: problem.covariance)],
      gap: [try loss(problem, best)], rounding: problem.rounding)
  }

  static let again = Check(
    "again", "u_t = −K x_t,  H = 2, K the gain of min(2, 4 − t) steps",
    because: "from wherever the pushes led, the first control of a new plan", as: .consequence,
    changing: { $0.pushGivens + [Given("signs of w", [1.0, -1, -1, 1])] }
  ) { parts, problem in
    let pushes = problem.pushes(signs: [1, -1, -1, 1])
    let gains = try ClosedLoop.recedingGains(
      of: problem.system, horizon: 2, steps: ControlProblem.steps)
    return .equal(
      try parts.controls(problem, horizon: 2, pushes: pushes).flatMap(\.array),
      problem.controls(gains: gains.map(\.array), pushes: pushes).flatMap(\.array),
      rounding: problem.rounding)
  }

  static let blind = Check(
    "blind", "u_t(w) = u_t(w′),  t = 0, 1, 2, w and w′ differ from t = 2 on",
    because: "a push is seen after its step, not before", as: .specialCase
  ) { parts, problem in
    let (one, other) = (
      try parts.controls(problem, horizon: 3, pushes: problem.pushes(signs: [1, -1, 1, 1])),
      try parts.controls(problem, horizon: 3, pushes: problem.pushes(signs: [1, -1, -1, -1]))
    )
    return .equal(one.prefix(3).flatMap(\.array), other.prefix(3).flatMap(\.array))
  }

  static let greedy = Check(
    "greedy", "u_0 = −Bᵀ F A x_0/(R + Bᵀ F B),  H = 1",
    because: "a plan of one step fears the cost of its own end only", as: .specialCase
  ) { parts, problem in
    let column = problem.system.input.column(0)
    let turned = problem.system.finalCost.times(column)
    let weight = problem.system.controlCost[0, 0] + turned.dot(column)
    return .equal(
      try parts.play(
        problem.system, problem.start.array, 1, problem.pushes(signs: [1, 1, 1, 1]).map(\.array))[
          0],
      -turned.dot(problem.system.dynamics.times(problem.start)) / weight,
      rounding: problem.rounding)
  }

  /// Σ_t (R + Bᵀ P_{t+1} B) E[((K_t − G_t) x_t)²], G_t the gains of a horizon of two.
  static func loss(_ problem: ControlProblem, _ best: RiccatiRecursion) throws -> Double {
    let system = problem.system
    let gains = try ClosedLoop.recedingGains(of: system, horizon: 2, steps: ControlProblem.steps)
    var (second, sum) = (outer(problem.start, problem.start), 0.0)
    for (t, gain) in gains.enumerated() {
      let weight =
        system.controlCost[0, 0] + best.costsToGo[t + 1].quadraticForm(system.input.column(0))
      sum += weight * second.quadraticForm((best.gains[t] - gain).row(0))
      let steered = system.dynamics - system.input.times(gain)
      second = steered.times(second).times(steered.transposed()) + problem.covariance
    }
    return sum
  }
}
