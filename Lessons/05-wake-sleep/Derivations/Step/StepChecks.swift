import Exact
import LessonKit
import Models
import Probability
import Verification

/// Derivation `step`: one step of the training on two patterns, every unit taking its likelier state.
enum StepDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The machine after a step on a batch.
    var step: @Sendable (HelmholtzMachine, [[Bool]], _ rate: Double) throws -> HelmholtzMachine
    /// The same by the code that trains.
    var kernel: @Sendable (HelmholtzMachine, [[Bool]], _ rate: Double) throws -> HelmholtzMachine
  }

  typealias Check = LessonKit.Check<Parts, MachineProblem>

  static let checks: [Check] = [awake, asleep, fastAwake, fastAsleep]

  private static let rate = 0.5
  private static let rounding = Rounding.of(size: 8, because: "parameters of that size are moved")

  static let awake = Check(
    "awake-first", "θ′ = θ + ½ E_D[∇_θ log p(x,z)],  z_i = 1 where q(z_i=1|x) > ½",
    because:
      "step size ½, a wake step for each of two patterns; every unit takes its likelier state",
    as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.step(problem.machine, problem.data.patterns, rate).generative.parameters,
      try problem.woken().generative.parameters, rounding: rounding)
  }

  static let asleep = Check(
    "asleep-on-what-was-learned", "φ′ = φ + ½ ∇_φ log q(z|x),  x and z the likelier dream of θ′",
    because: "it is the new θ that dreams; both dreams are the same one here", as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.step(problem.machine, problem.data.patterns, rate).recognition.parameters,
      try problem.rested(), rounding: rounding)
  }

  static let fastAwake = Check(
    "fast-awake", "θ′ = θ + ½ E_D[∇_θ log p(x,z)],  by the code that trains",
    because: "the same step from the same choices, in blocks of patterns", as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.kernel(problem.machine, problem.data.patterns, rate).generative.parameters,
      try problem.woken().generative.parameters, rounding: rounding)
  }

  static let fastAsleep = Check(
    "fast-asleep", "φ′ = φ + ½ ∇_φ log q(z|x),  by the code that trains",
    because: "and the dream of the new θ", as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.kernel(problem.machine, problem.data.patterns, rate).recognition.parameters,
      try problem.rested(), rounding: rounding)
  }
}

extension MachineProblem {
  /// The machine before the patterns (1, 1) and (0, 0), each half of the data.
  static func pairOfPatterns(_ problem: MachineProblem) throws -> MachineProblem {
    MachineProblem(
      machine: problem.machine, data: try BitPatterns(uniform: [[true, true], [false, false]]))
  }

  /// θ after half of the mean slope of log p(x,z) at the likelier states; φ as it was.
  fileprivate func woken() throws -> HelmholtzMachine {
    let layer = machine.recognition.layers[0]
    var step = machine.generative.parameters.map { _ in 0.0 }
    for x in data.patterns {
      let z = layer.activations(below: x).map { $0 > 0 }
      step = zip(step, machine.generative.logSlopes([z, x])).map { $0 + 0.25 * $1 }
    }
    return try machine.moved(generative: step)
  }

  /// φ after half of the slope of log q at the dream of the woken machine.
  fileprivate func rested() throws -> [Double] {
    let woken = try woken()
    let top = woken.generative.bias.map { $0 > 0 }
    let dream = woken.generative.layers[0].activations(below: top).map { $0 > 0 }
    let slopes = woken.recognition.logSlopes([top], given: dream)
    return zip(woken.recognition.parameters, slopes).map { $0 + 0.5 * $1 }
  }
}
