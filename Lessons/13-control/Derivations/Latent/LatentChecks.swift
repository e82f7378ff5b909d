import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Derivation `latent`: what is planned in codes is what would be planned in states.
enum LatentDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The system of the codes z = S x, from that of the states and S⁺.
    var model: @Sendable (LinearQuadratic, _ map: Matrix, _ back: Matrix) throws -> LinearQuadratic
    /// The controls that are played by planning in codes.
    var play:
      @Sendable (_ model: LinearQuadratic, _ code: Vector, _ horizon: Int, _ pushes: [Vector])
        throws
        -> [Double]
    /// The first control of a plan that was learned from pictures: of the newest two, with some steps to go.
    var fromPictures:
      @Sendable (
        _ steps: [PictureTransition], _ goal: [Double], _ now: [Double], _ before: [Double],
        _ remaining: Int
      ) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, LatentProblem>

  static let checks: [Check] = [moves, costs, plans, replans, pictures]

  static let moves = Check(
    "moves", "Ã S x_0 + B̃ u_0 = S (A x_0 + B u_0)",
    because: "Ã = S A S⁺ and B̃ = S B: the code of the next state is the next code", as: .step,
    changing: { [Given("u_0", $0.control.trial[0])] }
  ) { parts, problem in
    let (system, start) = (problem.control.system, problem.control.start)
    let control = Vector(problem.control.trial[0])
    return .equal(
      try model(parts, problem).next(problem.map.times(start), control).array,
      problem.map.times(system.next(start, control)).array, rounding: rounding(problem))
  }

  static let costs = Check(
    "costs", "J̃(u) = J(u)",
    because:
      "Q̃ = S⁺ᵀ Q S⁺, and F likewise: a code costs what its state costs, not what its length says",
    as: .step, changing: { [Given("u", $0.control.trial)] }
  ) { parts, problem in
    let controls = problem.control.trial.map { Vector($0) }
    return .equal(
      try model(parts, problem).cost(
        from: problem.map.times(problem.control.start), controls: controls),
      problem.control.system.cost(from: problem.control.start, controls: controls),
      rounding: rounding(problem))
  }

  static let plans = Check(
    "plans", "ũ_t = û_t,  t = 0, …, 3",
    because: "two functions of the same controls that are equal have the same least place",
    claims: ["A-139"], as: .consequence
  ) { parts, problem in
    let control = problem.control
    let pushes = [Vector](repeating: Vector(zeros: 3), count: ControlProblem.steps)
    return .equal(
      try parts.play(
        try model(parts, problem), problem.map.times(control.start), ControlProblem.steps, pushes),
      try BatchControls(of: control.system, from: control.start, steps: ControlProblem.steps)
        .controls.flatMap(\.array), rounding: rounding(problem))
  }

  static let replans = Check(
    "replans", "ũ_t = −K x_t,  H = 2, K the gain of min(2, 4 − t) steps",
    because: "the same with a short horizon, where pushes come in as codes S w_t",
    claims: ["A-139"], as: .consequence,
    changing: { $0.control.pushGivens + [Given("signs of w", [1.0, -1, -1, 1])] }
  ) { parts, problem in
    let control = problem.control
    let pushes = control.pushes(signs: [1, -1, -1, 1])
    let gains = try ClosedLoop.recedingGains(
      of: control.system, horizon: 2, steps: ControlProblem.steps)
    return .equal(
      try parts.play(
        try model(parts, problem), problem.map.times(control.start), 2,
        pushes.map { problem.map.times($0) }),
      control.controls(gains: gains.map(\.array), pushes: pushes).flatMap(\.array),
      rounding: rounding(problem))
  }

  static let pictures = Check(
    "pictures", "u_0(o_1, o_0) = −K_0 (p_1, p_1 − p_0)",
    because:
      "four steps seen, p_(t+1) = p_t + 0.9 (p_t − p_(t−1)) + u_t, R = 2, four steps to go: pictures that are linear in the place are codes of the state",
    claims: ["A-139"], as: .consequence, changing: { $0.pictureGivens }
  ) { parts, problem in
    let (first, second) = (problem.control.start[0], problem.control.start[0] + 0.7)
    let control = try parts.fromPictures(
      problem.steps, problem.goal, problem.picture(second), problem.picture(first),
      ControlProblem.steps)
    let gain = try RiccatiRecursion(of: try .pointMass(), steps: ControlProblem.steps)
      .gains[0].row(0)
    return .equal(
      control, -gain.dot(Vector(second, second - first)),
      rounding: .of(
        terms: 4096, size: try condition(problem),
        because: "least squares of nearly equal places loses this factor"))
  }

  private static func model(_ parts: Parts, _ problem: LatentProblem) throws -> LinearQuadratic {
    try parts.model(problem.control.system, problem.map, problem.back)
  }

  private static func rounding(_ problem: LatentProblem) -> Rounding {
    let turn = problem.back.array.reduce(0) { $0 + abs($1) }
    return .of(
      terms: 128, size: (1 + turn) * (1 + problem.control.size),
      because: "costs of this size, with S⁺ on both sides")
  }

  /// The largest over the smallest singular value of the seen (p_t, p_{t−1}, u_t), squared.
  private static func condition(_ problem: LatentProblem) throws -> Double {
    var (before, now) = (problem.control.start[0], problem.control.start[0] + 0.7)
    var rows: [Double] = []
    for force in problem.control.trial {
      rows += [now, before, force]
      (before, now) = (now, now + 0.9 * (now - before) + force)
    }
    let values = try LinearAlgebra.singularValues(rows: 4, columns: 3, rows)
    return values[0] * values[0] / (values[2] * values[2])
  }
}
