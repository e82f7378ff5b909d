import Approximate
import GSL
import Models
import Networks
import Probability
import Testing

@Suite("Planners and what they learn from")
struct PlannerTests {
  private static func system(_ seed: UInt64) throws -> LinearQuadratic {
    var cases = try Cases(seed: seed, stream: 0)
    func matrix(_ rows: Int, _ columns: Int) throws -> Matrix {
      Matrix(rows: rows, columns: columns, try cases.reals(rows * columns, from: -1, to: 0.9))
    }
    let (root, end) = (try matrix(3, 3), try matrix(3, 3))
    return try LinearQuadratic(
      dynamics: try matrix(3, 3), input: try matrix(3, 2),
      stateCost: root.times(root.transposed()), controlCost: [[1, 0.2], [0.2, 0.5]],
      finalCost: end.times(end.transposed()))
  }

  // Catches: controls of a step that land in the place of another; a slope that is not zero at the plan.
  @Test("No plan nearby is cheaper than the plan")
  func least() throws {
    let start = Vector(1, -2, 0.5)
    for seed in 1...10 as ClosedRange<UInt64> {
      let system = try Self.system(seed)
      let plan = try RecedingHorizon(model: system, horizon: 4).plan(from: start, steps: 4)
      let cost = system.cost(from: start, controls: plan)
      for t in 0..<4 {
        for i in 0..<2 {
          for shift in [-0.01, 0.01] {
            var other = plan
            other[t] = plan[t].replacing(i, with: plan[t][i] + shift)
            #expect(system.cost(from: start, controls: other) > cost)
          }
        }
      }
    }
  }

  // Catches: a planner that does not look, one that looks past the end.
  @Test("Without pushes, a horizon of all steps plays its first plan")
  func confirmed() throws {
    let (system, start) = (try Self.system(4), Vector(1, -2, 0.5))
    let planner = try RecedingHorizon(model: system, horizon: 9)
    let plan = try planner.plan(from: start, steps: 4)
    let played = try planner.play(
      from: start, pushes: [Vector](repeating: Vector(zeros: 3), count: 4))
    for (one, other) in zip(plan, played) {
      #expect(zip(one.array, other.array).allSatisfy { abs($0 - $1) < 1e-10 })
    }
    #expect(throws: ModelError.self) { try RecedingHorizon(model: system, horizon: 0) }
    #expect(try planner.play(from: start, pushes: []).isEmpty)
  }

  // Catches: rows of A for its columns, a fit that accepts what cannot be known.
  @Test("n + m independent steps say all of a system, fewer are refused")
  func identified() throws {
    let system = try Self.system(2)
    var cases = try Cases(seed: 8, stream: 0)
    let steps = try (0..<5).map { _ in
      let (x, u) = (
        Vector(try cases.reals(3, from: -1, to: 1)), Vector(try cases.reals(2, from: -1, to: 1))
      )
      return (state: x, control: u, next: system.next(x, u))
    }
    let fit = try LinearIdentification(fitting: steps)
    #expect((fit.dynamics - system.dynamics).array.allSatisfy { abs($0) < 1e-10 })
    #expect((fit.input - system.input).array.allSatisfy { abs($0) < 1e-10 })
    #expect(throws: GSLError.self) { try LinearIdentification(fitting: Array(steps.prefix(4))) }
    #expect(throws: GSLError.self) {
      try LinearIdentification(fitting: [steps[0], steps[1], steps[2], steps[3], steps[3]])
    }
    #expect(throws: GSLError.self) { try LinearIdentification(fitting: []) }
    #expect(throws: GSLError.self) {
      try LinearIdentification(fitting: steps + [(Vector(1), Vector(1), Vector(1))])
    }
  }

  // Catches: a code without its goal; costs that are not those of the place.
  @Test(
    "Pictures without noise, of a wide light: the model prices a place nearly as the world does")
  func pictures() throws {
    let (strip, system) = (
      try PictureStrip(pixels: 16, width: 12, noise: 0), try LinearQuadratic.pointMass()
    )
    var choices = try Sampler(seed: 1)
    let steps = try strip.explore(system, transitions: 40, &choices)
    let goal = strip.picture(of: 0)
    let model = try PictureModel(learning: steps, goal: goal, controlCost: 2)
    let still = model.latent(now: goal, before: goal)
    #expect(still.array.allSatisfy { $0 == 0 })
    let code = model.latent(now: strip.picture(of: 2), before: strip.picture(of: 2))
    #expect(abs(model.system.stateCost.quadraticForm(code) - 4) < 0.2)
    #expect(abs(model.direction.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
    #expect(throws: (any Error).self) {
      try PictureModel(learning: [], goal: goal, controlCost: 2)
    }
    #expect(throws: (any Error).self) {
      try PictureModel(learning: Array(steps.prefix(2)), goal: goal, controlCost: 2)
    }
  }

  // Catches: a slope that is climbed.
  @Test("A search for a gain goes down, and its settings must be positive")
  func search() throws {
    let (system, start) = (try LinearQuadratic.pointMass(), Vector(-3, 0))
    let search = try GainSearch(offset: 0.001, rate: 0.005, longest: 0.1)
    let gains = search.gains(of: system, from: start, steps: 12, searches: 20)
    let costs = gains.map { GainSearch.cost(of: system, from: start, gain: $0, steps: 12) }
    #expect(abs(costs[0] - 117) < 1e-12 && gains.count == 21)
    #expect(zip(costs, costs.dropFirst()).allSatisfy { $1 < $0 + 1e-9 })
    #expect(costs[20] < 16.5)
    #expect(throws: ModelError.self) { try GainSearch(offset: 0, rate: 1, longest: 1) }
    #expect(throws: ModelError.self) { try GainSearch(offset: 1, rate: .nan, longest: 1) }
  }
}
