import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// A system of two numbers and one control, where it starts, and what pushes it.
struct ControlProblem: Sendable {
  /// T.
  static let steps = 4
  /// g, the direction of a push.
  static let direction = Vector(1, 0.5)

  /// A, B, Q, R and F.
  let system: LinearQuadratic
  /// x_0.
  let start: Vector
  /// σ: a push is σ g or −σ g, by a fair coin.
  let noise: Double
  /// u_t of somebody who just tries.
  let trial: [Double]

  static var example: ControlProblem {
    get throws {
      ControlProblem(
        system: try .pointMass(), start: Vector(-3, 0), noise: 0.3, trial: [1, 0.5, -0.4, 0.2])
    }
  }

  static func random(_ cases: inout Cases) throws -> ControlProblem {
    func cost(_ cases: inout Cases) throws -> Matrix {
      let (a, c) = (try cases.real(from: 0.5, to: 1.2), try cases.real(from: 0.2, to: 0.9))
      let b = try cases.real(from: 0.1, to: 0.5)
      return [[a * a, a * b], [a * b, b * b + c * c]]
    }
    let (a, d) = (try cases.real(from: 0.6, to: 1.1), try cases.real(from: 0.5, to: 0.9))
    let (b, c) = (try cases.real(from: 0.3, to: 0.9), try cases.real(from: 0.05, to: 0.3))
    let input = try cases.reals(2, from: 0.4, to: 1.2)
    let system = try LinearQuadratic(
      dynamics: [[a, b], [-c, d]], input: [[input[0]], [input[1]]], stateCost: try cost(&cases),
      controlCost: [[try cases.real(from: 0.5, to: 2)]], finalCost: try cost(&cases))
    let start = try cases.reals(2, from: 0.4, to: 1.5)
    return ControlProblem(
      system: system, start: Vector(-start[0], start[1]),
      noise: try cases.real(from: 0.1, to: 0.5),
      trial: try cases.reals(4, from: -0.8, to: 0.7))
  }

  /// W = σ² g gᵀ.
  var covariance: Matrix { noise * noise * outer(Self.direction, Self.direction) }

  /// One w_t for each step, by coins.
  func pushes<Choices: DiscreteChoices>(_ choices: inout Choices) throws(ChoiceError) -> [Vector] {
    var pushes: [Vector] = []
    for _ in 0..<Self.steps {
      pushes.append((try choices.flip(0.5) ? noise : -noise) * Self.direction)
    }
    return pushes
  }

  /// w_t with signs that are told.
  func pushes(signs: [Double]) -> [Vector] { signs.map { $0 * noise * Self.direction } }

  /// How large the terms of a cost are: everything without its sign, and controls of size 2.
  var size: Double {
    let (a, b) = (
      system.dynamics.withEntries(system.dynamics.array.map(abs)),
      system.input.withEntries(system.input.array.map(abs))
    )
    let (q, f) = (
      system.stateCost.withEntries(system.stateCost.array.map(abs)),
      system.finalCost.withEntries(system.finalCost.array.map(abs))
    )
    var (state, sum) = (Vector(start.array.map { abs($0) + noise }), 0.0)
    for _ in 0..<Self.steps {
      sum += q.quadraticForm(state) + 4 * system.controlCost[0, 0]
      state = a.times(state) + b.times(Vector(2))
    }
    return sum + f.quadraticForm(state)
  }

  /// Costs are sums of terms of this size.
  var rounding: Rounding {
    .of(terms: 256, size: size, because: "a cost is a sum of squares of states that controls undo")
  }

  /// K_t of T steps that are the best.
  var recursion: RiccatiRecursion {
    get throws { try RiccatiRecursion(of: system, steps: Self.steps) }
  }

  /// The controls of gains, and of nothing but what was seen: u_t = −K_t x_t.
  func controls(gains: [[Double]], pushes: [Vector] = []) -> [Vector] {
    var (state, controls) = (start, [Vector]())
    for (t, gain) in gains.enumerated() {
      let control = Vector(-Vector(gain).dot(state))
      controls.append(control)
      state = system.next(state, control)
      if pushes.indices.contains(t) { state += pushes[t] }
    }
    return controls
  }

  /// A matrix as its rows.
  func rows(_ matrix: Matrix) -> [[Double]] { (0..<matrix.rows).map { matrix.row($0).array } }
}

extension ControlProblem: Shown {
  /// The system, the costs and the start.
  var givens: [Given] {
    [
      Given("A", rows(system.dynamics)), Given("B", system.input.column(0).array),
      Given("Q", rows(system.stateCost)), Given("R", system.controlCost[0, 0]),
      Given("F", rows(system.finalCost)), Given("x_0", start.array), Given("T", Self.steps),
    ]
  }

  /// The push, where there is one.
  var pushGivens: [Given] { [Given("σ", noise), Given("g", Self.direction.array)] }
}
