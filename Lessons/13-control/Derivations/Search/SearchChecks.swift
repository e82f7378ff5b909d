import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Derivation `search`: steering without a model.
enum SearchDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// J of a run with u = −K x.
    var cost: @Sendable (LinearQuadratic, _ start: Vector, _ gain: Vector) throws -> Double
    /// Its slope in K, by runs at a distance δ.
    var slope:
      @Sendable (LinearQuadratic, _ start: Vector, _ gain: Vector, _ offset: Double) throws ->
        [Double]
    /// The gain after one step of the search from K = 0, with δ, a rate, and the longest step.
    var step: @Sendable (LinearQuadratic, _ start: Vector, _ rate: Double) throws -> [Double]
    /// What the rooms of a corridor are worth after so many walks to its end, where the reward is 1.
    var values: @Sendable (_ rooms: Int, _ walks: Int) -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, ControlProblem>

  static let checks: [Check] = [run, slope, step, corridor]

  static let run = Check(
    "run", "J(K) = x_0ᵀ S_0 x_0",
    because:
      "one run says what a gain costs, and no more; S_t = Q + Kᵀ R K + (A − B K)ᵀ S_(t+1) (A − B K)",
    as: .step, changing: { [Given("K", gain($0).array)] }
  ) { parts, problem in
    .equal(
      try parts.cost(problem.system, problem.start, gain(problem)),
      loop(problem).value(from: problem.start), rounding: problem.rounding)
  }

  static let slope = Check(
    "slope",
    "(56 d(δ) − 28 d(2 δ) + 8 d(3 δ) − d(4 δ))/35 = 2 Σ_t (R K + Bᵀ S_(t+1) (B K − A)) x_t x_tᵀ e",
    because:
      "e = (1, 0); J is a polynomial of degree 8 in K, of which four central differences are exact",
    as: .consequence, changing: { [Given("K", gain($0).array), Given("δ", 0.125)] }
  ) { parts, problem in
    let (system, gain, costs) = (problem.system, gain(problem), loop(problem).costsToGo)
    let weights: [Double] = [56, -28, 8, -1]
    var (slope, largest) = (0.0, 0.0)
    for (k, weight) in weights.enumerated() {
      let offset = 0.125 * Double(k + 1)
      slope += weight / 35 * (try parts.slope(system, problem.start, gain, offset)[0])
      for side in [-offset, offset] {
        let moved = gain.replacing(0, with: gain[0] + side)
        largest = max(largest, loop(problem, moved).value(from: problem.start))
      }
    }
    var (state, exact) = (problem.start, 0.0)
    let row = Matrix([gain.array])
    for t in 0..<ControlProblem.steps {
      let turned = system.input.transposed().times(costs[t + 1])
      let inner =
        system.controlCost.times(row) + turned.times(system.input.times(row) - system.dynamics)
      exact += 2 * inner.row(0).dot(state) * state[0]
      state = system.next(state, Vector(-gain.dot(state)))
    }
    return .equal(
      slope, exact,
      rounding: .of(size: 8 * largest, because: "costs of this size over δ cancel"))
  }

  static let step = Check(
    "step", "K_new = −min(r, 1/(4 |∇J(0)|)) ∇J(0),  K = 0",
    because: "downhill by the rate r, or by a length of ¼ where that is less", as: .consequence,
    changing: { _ in [Given("r", 0.001)] }
  ) { parts, problem in
    let zero = Vector(zeros: 2)
    let slope = try (0..<2).map { i in
      let runs = try [0.001, -0.001].map { offset in
        try parts.cost(problem.system, problem.start, zero.replacing(i, with: offset))
      }
      return (runs[0] - runs[1]) / 0.002
    }
    let length = slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let rate = min(0.001, 0.25 / length)
    return .equal(
      try parts.step(problem.system, problem.start, 0.001), slope.map { -rate * $0 },
      rounding: .of(
        size: problem.size, because: "costs of this size are subtracted, and r is 2 δ/2"))
  }

  static let corridor = Check(
    "corridor", "V = (0, 0, 0, 1, 1),  five rooms, two walks",
    because:
      "a walk tells each room what the next one was worth; then after four walks, and after five: L walks of L steps until the first room knows, where a model needs one walk",
    as: .consequence
  ) { parts, _ in
    .equal(
      parts.values(5, 2) + parts.values(5, 4) + parts.values(5, 5),
      [0, 0, 0, 1, 1] + [0, 1, 1, 1, 1] + [1, 1, 1, 1, 1])
  }

  /// Some gain that is not the best.
  @Sendable static func gain(_ problem: ControlProblem) -> Vector {
    Vector(0.2 + 0.1 * problem.trial[0], 0.15 + 0.1 * problem.trial[1])
  }

  private static func loop(_ problem: ControlProblem, _ other: Vector? = nil) -> ClosedLoop {
    ClosedLoop(
      of: problem.system,
      gains: [Matrix](
        repeating: Matrix([(other ?? gain(problem)).array]), count: ControlProblem.steps))
  }
}
