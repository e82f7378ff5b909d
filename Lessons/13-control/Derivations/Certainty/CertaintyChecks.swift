import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Derivation `certainty`: noise costs, and changes no control.
enum CertaintyDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// tr(P W): what a push of covariance W adds to xᵀ P x.
    var push: @Sendable (_ cost: Matrix, _ noise: Matrix) -> Double
    /// E[J] of the best controls.
    var value: @Sendable (LinearQuadratic, _ start: Vector, _ noise: Matrix) throws -> Double
    /// The best gains under noise.
    var gains: @Sendable (LinearQuadratic, _ noise: Matrix) throws -> [Matrix]
  }

  typealias Check = LessonKit.Check<Parts, ControlProblem>

  static let checks: [Check] = [onePush, all, same, blind]

  static let onePush = Check(
    "one-push", "E[(x_0 + w)ᵀ F (x_0 + w)] − x_0ᵀ F x_0 = σ² gᵀ F g",
    because:
      "the mean of w is zero: what is linear in w goes, what is quadratic stays, wherever x_0 is",
    as: .step, changing: { $0.pushGivens }
  ) { parts, problem in
    let cost = problem.system.finalCost
    let mean = try exactMean { choices in
      cost.quadraticForm(problem.start + (try problem.pushes(&choices))[0])
    }
    return .equal(
      mean.value - cost.quadraticForm(problem.start), parts.push(cost, problem.covariance),
      rounding: problem.rounding)
  }

  static let all = Check(
    "all", "E[J] = x_0ᵀ P_0 x_0 + σ² Σ_t gᵀ P_(t+1) g",
    because: "over 16 outcomes, by u_t = −K_t x_t: each step adds its own constant",
    as: .step, changing: { $0.pushGivens }
  ) { parts, problem in
    let gains = try problem.recursion.gains.map(\.array)
    return .equal(
      try expected(problem) { problem.controls(gains: gains, pushes: $0) },
      try parts.value(problem.system, problem.start, problem.covariance),
      rounding: problem.rounding)
  }

  static let same = Check(
    "same", "K_t(σ) = K_t(0),  t = 0, …, 3",
    because: "a constant has no slope: the best control of the mean is the best control",
    as: .consequence, changing: { $0.pushGivens }
  ) { parts, problem in
    .equal(
      try parts.gains(problem.system, problem.covariance).flatMap(\.array),
      try problem.recursion.gains.flatMap(\.array), rounding: problem.rounding)
  }

  static let blind = Check(
    "blind", "E[J(û)] − E[J] = σ² Σ_t gᵀ (S_(t+1) − P_(t+1)) g",
    because:
      "û is fixed at the start, so that nothing answers a push: S is the cost to go of no control",
    as: .consequence, changing: { $0.pushGivens }
  ) { parts, problem in
    let (best, system) = (try problem.recursion, problem.system)
    let fixed = try BatchControls(of: system, from: problem.start, steps: ControlProblem.steps)
      .controls
    let idle = ClosedLoop(
      of: system,
      gains: [Matrix](repeating: Matrix(zeros: 1, 2), count: ControlProblem.steps))
    let difference = zip(idle.costsToGo, best.costsToGo).dropFirst().reduce(0) {
      $0 + parts.push($1.0 - $1.1, problem.covariance)
    }
    return .equal(
      try expected(problem) { _ in fixed }
        - best.value(from: problem.start, noise: problem.covariance), difference,
      rounding: problem.rounding)
  }

  /// E[J], by every outcome of the pushes.
  static func expected(
    _ problem: ControlProblem, _ rule: ([Vector]) -> [Vector]
  ) throws -> Double {
    try exactMean { choices in
      let pushes = try problem.pushes(&choices)
      return problem.system.cost(from: problem.start, controls: rule(pushes), pushes: pushes)
    }.value
  }
}
