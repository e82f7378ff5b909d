import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `sleep`: the step by φ of a machine that dreams.
enum SleepExercise {
  /// What is judged.
  struct Parts: Sendable {
    /// Δφ of one dream, in the order of the recognition layers from x up, weights then biases.
    var step: @Sendable (HelmholtzMachine, inout Exhaustive) throws -> [Double]
    /// The same by the rule that the lecture prints.
    var printed: @Sendable (HelmholtzMachine, inout Exhaustive) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, MachineProblem>

  static let checks: [Check] = [
    meanOfTheStep, sumOverDreams, spread, notAtTheData, unlessDataAreDreams, notTheBound,
    asPrinted, printedIsAnother,
  ]

  static let meanOfTheStep = Check(
    "mean-of-the-step", "E[Δφ] = −∇_φ E_p(x)[KL(p(z|x)‖q)]",
    because: "of KL(p‖q) only −E_p[log q] contains φ, and dreams are draws of p",
    claims: ["A-173"], as: .step
  ) { parts, problem in
    .equal(
      try exactMeans { try parts.step(problem.machine, &$0) },
      try problem.onDreams().average(\.inclusiveGradient).map { -$0 })
  }

  static let sumOverDreams = Check(
    "sum-over-dreams", "−∇_φ E_p(x)[KL(p(z|x)‖q)] = Σ_x Σ_z p(x,z) ∇_φ log q(z|x)",
    because: "p does not contain φ: the gradient goes inside the sum, as in wake", as: .step
  ) { parts, problem in
    let found = try exactMeans { try parts.step(problem.machine, &$0) }
    return .equal(
      found, problem.overDreams { problem.machine.recognition.logSlopes($0, given: $1) })
  }

  static let spread = Check(
    "spread", "E[Δr_j²] = E_p(x,z)[(z_j − q(z_j=1|x))²]",
    because: "Δr = z − f at the lowest layer: a dream is drawn, so the step is noisy",
    as: .specialCase
  ) { parts, problem in
    let law = try exactMoments { try parts.step(problem.machine, &$0) }
    let layer = problem.machine.recognition.layers[0]
    let first = layer.weights.count * layer.bias.count
    let squares = layer.bias.indices.map { j in
      ExactValue(law.variances[first + j]) + law.means[first + j] * law.means[first + j]
    }
    let exact = problem.overDreams { hidden, x in
      let f = layer.activations(below: x).map { sigmoid($0) }
      return zip(hidden.last ?? [], f).map { ($0 ? 1 - $1 : $1) * ($0 ? 1 - $1 : $1) }
    }
    return .equal(
      squares, exact, rounding: .of(size: 1, because: "squares of errors of up to one"))
  }

  static let notAtTheData = Check(
    "not-at-the-data", "E[Δφ] ≠ −∇_φ E_D[KL(p(z|x)‖q)]",
    because: "the machine dreams p(x); what it is shown, D(x), never enters",
    claims: [.against("A-173")],
    as: .consequence
  ) { parts, problem in
    let atData = try problem.onData().average(\.inclusiveGradient)
    let atDreams = try problem.onDreams().average(\.inclusiveGradient)
    return .different(
      try exactMeans { try parts.step(problem.machine, &$0) }, atData.map { -$0 },
      by: zip(atData, atDreams).map { $0 - $1 }, atLeast: 1e-9,
      rounding: .of(size: 1, because: "errors of up to one are averaged"))
  }

  static let unlessDataAreDreams = Check(
    "unless-data-are-dreams", "E[Δφ] = −∇_φ E_D[KL(p(z|x)‖q)]  at D = p",
    because: "a model that has learnt its data dreams them", claims: ["A-173"], as: .specialCase,
    changing: { try $0.dreaming().dataGivens }
  ) { parts, problem in
    let atHome = try problem.dreaming()
    return .equal(
      try exactMeans { try parts.step(atHome.machine, &$0) },
      try atHome.onData().average(\.inclusiveGradient).map { -$0 })
  }

  static let notTheBound = Check(
    "not-the-bound", "E[Δφ] ≠ ∇_φ E_D[ELBO]",
    because: "∇_φ ELBO = −∇_φ KL(q‖p): the other order, and averaged over other x",
    claims: ["A-297"], as: .consequence
  ) { parts, problem in
    let climb = try problem.onData().average(\.exclusiveGradient)
    let atDreams = try problem.onDreams().average(\.inclusiveGradient)
    return .different(
      try exactMeans { try parts.step(problem.machine, &$0) }, climb.map { -$0 },
      by: zip(climb, atDreams).map { $0 - $1 }, atLeast: 1e-9,
      rounding: .of(size: 1, because: "errors of up to one are averaged"))
  }

  static let asPrinted = Check(
    "as-printed", "E[Σ_j (z_j − f_j) ∇_φ f_j] = −½ ∇_φ E_p(x,z)[Σ_j (z_j − f_j)²]",
    because: "the printed rule descends a squared error", claims: [.inPlaceOf("A-167")],
    as: .erratum
  ) { parts, problem in
    .equal(
      try exactMeans { try parts.printed(problem.machine, &$0) }, problem.squaredErrorDescent(),
      rounding: .of(size: 1, because: "errors of up to one are averaged"))
  }

  static let printedIsAnother = Check(
    "printed-is-another", "E[Σ_j (z_j − f_j) ∇_φ f_j] ≠ −∇_φ E_p(x)[KL(p(z|x)‖q)]",
    because: "each error is multiplied by f_j (1 − f_j) ≤ ¼, each by another one",
    claims: [.against("A-167")], as: .erratum
  ) { parts, problem in
    let right = try problem.onDreams().average(\.inclusiveGradient).map { -$0 }
    return .different(
      try exactMeans { try parts.printed(problem.machine, &$0) }, right,
      by: zip(problem.squaredErrorDescent(), right).map { $0 - $1 }, atLeast: 1e-9,
      rounding: .of(size: 1, because: "errors of up to one are averaged"))
  }
}

// MARK: The exact side

extension MachineProblem {
  /// Σ_x Σ_z p(x,z) h(z, x), the hidden layers with the top first.
  fileprivate func overDreams(_ value: ([[Bool]], [Bool]) -> [Double]) -> [ExactValue] {
    var sums: [ExactValue] = []
    for state in BitStates(of: machine.observedUnits) {
      let x = state.map { $0 == 1 }
      for z in hidden {
        let log = machine.generative.logJoint(z + [x])
        let weight = ExactValue(
          exp(log), roundingBound: 64 * Double.ulpOfOne * exp(log) * (1 + abs(log)))
        let values = value(z, x)
        if sums.isEmpty { sums = values.map { _ in 0 } }
        for (i, value) in values.enumerated() { sums[i] += weight * ExactValue(value) }
      }
    }
    return sums
  }

  /// −½ ∇_φ E_p[Σ_j (z_j − f_j)²], from the two slopes of log q: f(1 − f) is their product.
  ///
  /// log q(z_j) has the slope z_j − f_j; in the other state of z_j it has another sign and size, and
  /// the product of the two magnitudes is f_j (1 − f_j).
  fileprivate func squaredErrorDescent() -> [ExactValue] {
    overDreams { hidden, x in
      var (descent, lower) = ([Double](), x)
      for (layer, upper) in zip(machine.recognition.layers, hidden.reversed()) {
        let slopes = zip(upper, layer.activations(below: lower)).map { on, a in
          (on ? sigmoid(-a) : -sigmoid(a)) * sigmoid(a) * sigmoid(-a)
        }
        descent += lower.flatMap { $0 ? slopes : slopes.map { _ in 0 } } + slopes
        lower = upper
      }
      return descent
    }
  }
}
