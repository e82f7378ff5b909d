import Approximate
import Exact
import LessonKit
import Models
import Networks
import Probability

/// A planner that sees pictures only, in the world of the point mass.
enum CameraRuns {
  /// How many steps the task has.
  static let steps = 12
  /// How far the planner looks ahead.
  static let horizon = 4
  /// The strongest force of the motor.
  static let strongest = 1.5
  /// x_0.
  static let start = Vector(-3, 0)

  /// Sixteen pixels, a light of width four, a hundredth of noise.
  static var strip: PictureStrip {
    get throws { try PictureStrip(pixels: 16, width: 4, noise: 0.01) }
  }

  /// What stands above what it does.
  static let givens: [Given] = [
    Given("pixel j", words: "e^(−(j − p)²/32) + .01 ε, ε ~ N(0, 1), j = −7.5, −6.5, …, 7.5"),
    Given("experience", words: "p from −3 to 3, speed and u from −½ to ½, anew every 4 steps"),
    Given("the task", words: "x_0 = (−3, 0), T = 12, H = 4, R = 2, |u| at most 1.5"),
    Given("the search", words: "K = 0 at first, δ = .001, r = .01, no step longer than .2"),
  ]

  /// The least cost, for one who knows the system and sees the state.
  static var least: Double {
    get throws {
      try RiccatiRecursion(of: try .pointMass(), steps: steps).value(from: start)
    }
  }

  /// What one run costs with a model of so many steps, drawn by a seed; and its pictures.
  static func run(
    transitions: Int, seed: UInt64
  ) throws -> (cost: Double, places: [Double], pictures: [[Double]]) {
    var choices = try Sampler(seed: seed, stream: 13)
    let (system, strip) = (try LinearQuadratic.pointMass(), try strip)
    let model = try PictureModel(
      learning: try strip.explore(system, transitions: transitions, &choices),
      goal: strip.picture(of: 0), controlCost: system.controlCost[0, 0])
    let planner = try RecedingHorizon(model: model.system, horizon: horizon)
    var (state, controls) = (start, [Vector]())
    var before = try strip.draw(state[0] - state[1], &choices)
    var (places, pictures) = ([state[0]], [[Double]]())
    for t in 0..<steps {
      let now = try strip.draw(state[0], &choices)
      let wanted = try planner.control(
        at: model.latent(now: now, before: before), remaining: steps - t)[0]
      let control = Vector(max(-strongest, min(strongest, wanted)))
      controls.append(control)
      state = system.next(state, control)
      pictures.append(now)
      places.append(state[0])
      before = now
    }
    return (system.cost(from: start, controls: controls), places, pictures)
  }

  /// The costs of eleven runs, each with its own experience, the least first.
  static func costs(transitions: Int, seed: UInt64) throws -> [Double] {
    try (0..<11).map { try run(transitions: transitions, seed: seed + $0).cost }.sorted()
  }

  /// The numbers of steps of which the lesson measures what they are worth.
  static let counts = [3, 4, 6, 10, 20, 50, 120]

  /// A search for a gain that is told the state and has no noise: its costs, and how many transitions each took.
  static func search(_ searches: Int) throws -> [(transitions: Int, cost: Double)] {
    let system = try LinearQuadratic.pointMass()
    let search = try GainSearch(offset: 0.001, rate: 0.01, longest: 0.2)
    let gains = search.gains(of: system, from: start, steps: steps, searches: searches)
    return gains.enumerated().dropFirst().map { index, gain in
      (
        index * 2 * system.stateCount * steps,
        GainSearch.cost(of: system, from: start, gain: gain, steps: steps)
      )
    }
  }
}
