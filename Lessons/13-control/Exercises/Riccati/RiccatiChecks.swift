import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Exercise `riccati`: the best controls from the last step backwards.
enum RiccatiExercise {
  /// What is written.
  struct Parts: Sendable {
    /// K_t from P_{t+1}.
    var gain: @Sendable (LinearQuadratic, _ next: Matrix) throws -> [Double]
    /// P_t from P_{t+1} and K_t.
    var costToGo: @Sendable (LinearQuadratic, _ next: Matrix, _ gain: [Double]) throws -> Matrix
    /// K_0 to K_{T−1}.
    var gains: @Sendable (LinearQuadratic, _ steps: Int) throws -> [[Double]]

    /// P_0 to P_T, with their K_t.
    func recursion(_ system: LinearQuadratic, steps: Int) throws -> (
      costs: [Matrix], gains: [[Double]]
    ) {
      var (costs, found) = ([system.finalCost], [[Double]]())
      for _ in 0..<steps {
        let gain = try gain(system, costs[0])
        costs.insert(try costToGo(system, costs[0], gain), at: 0)
        found.insert(gain, at: 0)
      }
      return (costs, found)
    }
  }

  typealias Check = LessonKit.Check<Parts, ControlProblem>

  static let checks: [Check] = [minimum, attained, together, squares, grid, last, still]

  static let minimum = Check(
    "minimum", "min_u J(u) = x_0ᵀ P_0 x_0",
    because: "whatever was played before, the rest is best from where one is (left: least squares)",
    claims: ["A-139"], as: .step
  ) { parts, problem in
    let batch = try BatchControls(
      of: problem.system, from: problem.start, steps: ControlProblem.steps)
    let costs = try parts.recursion(problem.system, steps: ControlProblem.steps).costs
    return .equal(
      batch.cost, costs[0].quadraticForm(problem.start), rounding: problem.rounding)
  }

  static let attained = Check(
    "attained", "x_0ᵀ P_0 x_0 = J(u*)",
    because: "u*_t = −K_t x_t, played from x_0 on", claims: ["A-139"], as: .step
  ) { parts, problem in
    let controls = problem.controls(
      gains: try parts.gains(problem.system, ControlProblem.steps))
    return .equal(
      try problem.recursion.value(from: problem.start),
      problem.system.cost(from: problem.start, controls: controls), rounding: problem.rounding)
  }

  static let together = Check(
    "together", "u*_t = û_t,  t = 0, …, 3",
    because: "û is one problem of least squares in all four controls: another route to the same",
    claims: ["A-139"], as: .consequence
  ) { parts, problem in
    let batch = try BatchControls(
      of: problem.system, from: problem.start, steps: ControlProblem.steps)
    return .equal(
      problem.controls(gains: try parts.gains(problem.system, ControlProblem.steps))
        .flatMap(\.array), batch.controls.flatMap(\.array), rounding: problem.rounding)
  }

  static let squares = Check(
    "squares", "J(u) − J(u*) = Σ_t (R + Bᵀ P_(t+1) B) (u_t + K_t x_t)²",
    because: "each step pays for its own departure from the plan, and nothing else",
    as: .consequence, changing: { [Given("u", $0.trial)] }
  ) { parts, problem in
    let controls = problem.trial.map { Vector($0) }
    let batch = try BatchControls(
      of: problem.system, from: problem.start, steps: ControlProblem.steps)
    return .equal(
      problem.system.cost(from: problem.start, controls: controls) - batch.cost,
      try excess(parts, problem.system, problem.start, problem.trial),
      rounding: problem.rounding)
  }

  static let grid = Check(
    "grid", "J(u) ≥ P_0 x_0²,  u on a grid, T = 2",
    because: "one number a state: 21 × 21 pairs of controls, and the least of their costs",
    as: .specialCase
  ) { parts, problem in
    let (system, start) = (try scalar(problem), Vector(problem.start[0]))
    let values = (-10...10).map { 0.2 * Double($0) }
    var best = (cost: Double.infinity, controls: [0.0, 0.0])
    for first in values {
      for second in values {
        let cost = system.cost(from: start, controls: [Vector(first), Vector(second)])
        if cost < best.cost { best = (cost, [first, second]) }
      }
    }
    return .atLeast(
      best.cost, try parts.recursion(system, steps: 2).costs[0].quadraticForm(start),
      gap: try excess(parts, system, start, best.controls), rounding: problem.rounding)
  }

  static let last = Check(
    "last", "K_3 = Bᵀ F A/(R + Bᵀ F B)",
    because: "before the last step only the final cost is left to think of", as: .specialCase
  ) { parts, problem in
    let system = problem.system
    let column = system.input.column(0)
    let turned = system.finalCost.times(column)
    let weight = system.controlCost[0, 0] + turned.dot(column)
    return .equal(
      try parts.gains(system, ControlProblem.steps)[ControlProblem.steps - 1],
      system.dynamics.transposedTimes(turned).array.map { $0 / weight },
      rounding: problem.rounding)
  }

  static let still = Check(
    "still", "P_0 = P_1,  B² P_1² + (R − A² R − Q B²) P_1 − Q R = 0",
    because:
      "one number a state, far from the end: the recursion stands still at the positive root",
    as: .specialCase
  ) { parts, problem in
    let system = try scalar(problem)
    let (a, b) = (system.dynamics[0, 0], system.input[0, 0])
    let (q, r) = (system.stateCost[0, 0], system.controlCost[0, 0])
    let half = (r - a * a * r - q * b * b) / 2
    let root = (-half + (half * half + b * b * q * r).squareRoot()) / (b * b)
    let cost = Matrix([[root]])
    return .equal(
      try parts.costToGo(system, cost, try parts.gain(system, cost))[0, 0], root,
      rounding: .of(size: 16 / (b * b), because: "a difference of terms of size 1 over B²"))
  }

  /// Σ_t (R + Bᵀ P_{t+1} B)(u_t + K_t x_t)².
  static func excess(
    _ parts: Parts, _ system: LinearQuadratic, _ start: Vector, _ controls: [Double]
  ) throws -> Double {
    let (costs, gains) = try parts.recursion(system, steps: controls.count)
    var (state, sum) = (start, 0.0)
    for (t, control) in controls.enumerated() {
      let weight =
        system.controlCost[0, 0] + costs[t + 1].quadraticForm(system.input.column(0))
      let departure = control + Vector(gains[t]).dot(state)
      sum += weight * departure * departure
      state = system.next(state, Vector(control))
    }
    return sum
  }

  /// The first number of the state alone.
  static func scalar(_ problem: ControlProblem) throws -> LinearQuadratic {
    let system = problem.system
    return try LinearQuadratic(
      dynamics: [[system.dynamics[0, 0]]], input: [[system.input[0, 0]]],
      stateCost: [[system.stateCost[0, 0]]], controlCost: system.controlCost,
      finalCost: [[system.finalCost[0, 0]]])
  }
}
