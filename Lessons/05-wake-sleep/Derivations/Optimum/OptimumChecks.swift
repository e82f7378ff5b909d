import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `optimum`: what both phases do where the likelihood could not be better.
enum OptimumDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// E_D[E[Δθ]].
    var wake: @Sendable (HelmholtzMachine, BitPatterns) throws -> [ExactValue]
    /// E[Δφ].
    var sleep: @Sendable (HelmholtzMachine) throws -> [ExactValue]
  }

  typealias Check = LessonKit.Check<Parts, MachineProblem>

  static let checks: [Check] = [
    pulled, leaves, boundLeavesToo, sleepAtHome, stillNotTheBound, restsWithExactRecognition,
  ]

  static let pulled = Check(
    "pulled", "E_D[E[Δθ]] = E_D[Σ_z (q(z|x) − p(z|x)) ∇_θ log p(x,z)]",
    because: "E_D[∇_θ log p(x)] = Σ_x ∇_θ p(x) = 0 for D = p, and may be taken off", as: .step
  ) { parts, problem in
    .equal(
      try parts.wake(problem.machine, problem.data), try problem.pull(),
      rounding: .of(size: 1, because: "errors of up to one cancel"))
  }

  static let leaves = Check(
    "leaves", "E_D[Σ_z (q(z|x) − p(z|x)) ∇_θ log p(x,z)] ≠ 0",
    because: "q is a product and p(z|x) is none: θ is drawn to where products fit", as: .step
  ) { parts, problem in
    let pull = try problem.pull()
    return .different(
      try parts.wake(problem.machine, problem.data), pull.map { _ in 0.0 }, by: pull, atLeast: 1e-9,
      rounding: .of(size: 1, because: "errors of up to one cancel"))
  }

  static let boundLeavesToo = Check(
    "bound-leaves-too", "E_D[E[Δθ]] = ∇_θ E_D[ELBO]",
    because: "wake is the slope of the bound: what leaves is the bound, and wake follows it",
    claims: ["A-297"], as: .consequence
  ) { parts, problem in
    .equal(
      try parts.wake(problem.machine, problem.data), try problem.onData().average(\.elboGradient),
      rounding: .of(size: 1, because: "errors of up to one cancel"))
  }

  static let sleepAtHome = Check(
    "sleep-at-home", "E[Δφ] = −∇_φ E_D[KL(p(z|x)‖q)]",
    because: "D = p, so dreams are data", as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.sleep(problem.machine),
      try problem.onData().average(\.inclusiveGradient).map { -$0 },
      rounding: .of(size: 1, because: "errors of up to one are averaged"))
  }

  static let stillNotTheBound = Check(
    "still-not-the-bound", "E[Δφ] ≠ ∇_φ E_D[ELBO]",
    because: "the x are the same now: what is left is KL(p‖q) against KL(q‖p)",
    claims: ["A-297"], as: .consequence
  ) { parts, problem in
    let exact = try problem.onData()
    let (outward, inward) = (exact.average(\.exclusiveGradient), exact.average(\.inclusiveGradient))
    return .different(
      try parts.sleep(problem.machine), outward.map { -$0 },
      by: zip(outward, inward).map { $0 - $1 }, atLeast: 1e-9,
      rounding: .of(size: 1, because: "errors of up to one are averaged"))
  }

  static let restsWithExactRecognition = Check(
    "rests-with-exact-recognition", "E_D[E[Δθ]] = 0  at q = p(z|x)",
    because: "nothing pulls where recognition is exact: one hidden unit shows no such effect",
    as: .specialCase, changing: { try $0.recognisedExactly().dreaming().givens }
  ) { parts, problem in
    let home = try problem.recognisedExactly().dreaming()
    let found = try parts.wake(home.machine, home.data)
    return .equal(
      found, found.map { _ in 0.0 },
      rounding: .of(size: 4, because: "errors of up to one cancel"))
  }
}

extension MachineProblem {
  /// Explaining away: two rare causes of the same sign, seen by D = p, recognised as well as
  /// independent units can in the sense of sleep.
  static func explainingAway() throws -> MachineProblem {
    let generative = try SigmoidBeliefNetwork(
      bias: [-1, -1], layers: [.init(weights: [[4, 1], [4, -1]], bias: [-3, 0])])
    let blank = try RecognitionNetwork.blank(observed: 2, hidden: 2)
    let start = MachineProblem(
      machine: try HelmholtzMachine(generative: generative, recognition: blank),
      data: try BitPatterns(uniform: [[true, true]]))
    return try start.dreaming().asleepForLong()
  }

  /// The same machine with recognition at the bottom of KL(p‖q) over dreams, by Newton's method.
  ///
  /// Each unit is a logistic regression on x: a convex problem with one solution.
  func asleepForLong() throws -> MachineProblem {
    let layer = machine.recognition.layers[0]
    let patterns = BitStates(of: machine.observedUnits).map { $0.map { $0 == 1 } }
    var columns: [[Double]] = []
    for j in layer.bias.indices {
      var parameters = [Double](repeating: 0, count: machine.observedUnits + 1)
      for _ in 0..<40 {
        var slope = [Double](repeating: 0, count: parameters.count)
        var curvature = [Double](repeating: 0, count: parameters.count * parameters.count)
        for x in patterns {
          let features = x.map { $0 ? 1.0 : 0 } + [1]
          let f = sigmoid(zip(features, parameters).reduce(0) { $0 + $1.0 * $1.1 })
          for z in hidden {
            let weight = exp(machine.generative.logJoint(z + [x]))
            for (i, feature) in features.enumerated() {
              slope[i] += weight * feature * ((z[0][j] ? 1 : 0) - f)
              for (k, other) in features.enumerated() {
                curvature[i * features.count + k] += weight * f * (1 - f) * feature * other
              }
            }
          }
        }
        let step = try LinearAlgebra.solve(order: parameters.count, curvature, right: slope)
        parameters = zip(parameters, step).map { $0 + $1 }
      }
      columns.append(parameters)
    }
    let weights = (0..<machine.observedUnits).map { i in columns.map { $0[i] } }
    let recognition = try RecognitionNetwork(
      layers: [.init(weights: weights, bias: columns.map { $0[machine.observedUnits] })],
      observedUnits: machine.observedUnits)
    return MachineProblem(
      machine: try HelmholtzMachine(generative: machine.generative, recognition: recognition),
      data: data)
  }
}

extension RecognitionNetwork {
  /// A network that guesses ½ for every unit.
  static func blank(observed: Int, hidden: Int) throws -> RecognitionNetwork {
    let row = [Double](repeating: 0, count: hidden)
    return try RecognitionNetwork(
      layers: [.init(weights: Array(repeating: row, count: observed), bias: row)],
      observedUnits: observed)
  }
}
