import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `means`: what a wake step climbs in which means stand for states.
enum MeansDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// Δθ̂ of one pattern.
    var step: @Sendable (HelmholtzMachine, [Bool]) throws -> [Double]
    /// Its mean over the data.
    var average: @Sendable (HelmholtzMachine, BitPatterns) throws -> [ExactValue]
    /// F̂ of one pattern.
    var objective: @Sendable (HelmholtzMachine, [Bool]) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, MachineProblem>

  static let checks: [Check] = [
    ownObjective, climbsItsOwn, averaged, anotherGradient, affineAtTheTop, noBound,
  ]

  static let ownObjective = Check(
    "own-objective", "F̂ = Σ_j [ẑ_j log σ(b_j) + (1 − ẑ_j) log σ(−b_j)] + H(ẑ) + log p(x|ẑ)",
    because: "log p(x,z) with ẑ written for z, and the entropy of independent bits", as: .step
  ) { parts, problem in
    .equal(try parts.objective(problem.machine, problem.pattern), problem.substituted())
  }

  static let climbsItsOwn = Check(
    "climbs-its-own", "Δθ̂ = ∇_θ F̂",
    because: "the delta rule at ẑ is the slope of what was substituted", claims: ["A-165"],
    as: .step
  ) { parts, problem in
    .equal(
      try parts.step(problem.machine, problem.pattern), problem.substitutedGradient(),
      rounding: .of(size: 1, because: "errors of up to one"))
  }

  static let averaged = Check(
    "averaged", "E_D[Δθ̂] = ∇_θ E_D[F̂]",
    because: "nothing is drawn: the mean is over the data alone", as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.average(problem.machine, problem.data),
      try problem.average { problem.substitutedGradient($0) },
      rounding: .of(size: 1, because: "errors of up to one"))
  }

  static let anotherGradient = Check(
    "another-gradient", "Δθ̂ ≠ ∇_θ ELBO",
    because: "log p(x|z) bends in z, so its mean is not its value at the mean",
    claims: [.against("A-165")],
    as: .consequence
  ) { parts, problem in
    let exact = try ExactRecognition(of: problem.machine, problem.pattern).elboGradient
    return .different(
      try parts.step(problem.machine, problem.pattern), exact,
      by: zip(problem.substitutedGradient(), exact).map { $0 - $1 }, atLeast: 1e-12,
      rounding: .of(size: 1, because: "errors of up to one"))
  }

  static let affineAtTheTop = Check(
    "affine-at-the-top", "Δb̂ = ∂ELBO/∂b",
    because: "log p(z) is linear in z: there the mean may stand for the state", claims: ["A-165"],
    as: .specialCase
  ) { parts, problem in
    let exact = try ExactRecognition(of: problem.machine, problem.pattern).elboGradient
    let count = problem.machine.generative.bias.count
    return .equal(
      Array(try parts.step(problem.machine, problem.pattern).prefix(count)),
      Array(exact.prefix(count)), rounding: .of(size: 1, because: "a state minus its probability"))
  }

  static let noBound = Check(
    "no-bound", "F̂ ≥ log p(x),  q = p(z) = ½, W = −2 (c − 1)",
    because: "the mean of p(x|z) over z = 0 and 1 is less than its value at ẑ = ½",
    claims: [.against("A-165")], as: .consequence, changing: { try $0.steep().machine.givens }
  ) { parts, problem in
    let steep = try problem.steep()
    let evidence = try ExactRecognition(of: steep.machine, [true]).logEvidence
    return .atLeast(
      try parts.objective(steep.machine, [true]), evidence,
      gap: steep.substituted([true]) - evidence,
      rounding: .of(size: 2, because: "logarithms of probabilities of one half are added"))
  }
}

// MARK: The exact side: one hidden layer

extension MachineProblem {
  private var layer: SigmoidBeliefNetwork.Layer { machine.generative.layers[0] }

  /// ẑ.
  private func means(_ x: [Bool]) -> [ExactValue] {
    machine.recognition.layers[0].activations(below: x).map { ExactValue(rounded: sigmoid($0)) }
  }

  /// a_j = c_j + Σ_i ẑ_i W_ij.
  private func activations(_ means: [ExactValue]) -> [ExactValue] {
    layer.bias.indices.map { j in
      means.indices.reduce(ExactValue(layer.bias[j])) {
        $0 + means[$1] * ExactValue(layer.weights[$1][j])
      }
    }
  }

  /// F̂, term by term.
  fileprivate func substituted(_ pattern: [Bool]? = nil) -> ExactValue {
    let x = pattern ?? self.pattern
    let means = means(x)
    let prior = zip(means, machine.generative.bias).sum { mean, b in
      mean * ExactValue(rounded: logSigmoid(b)) + (1 - mean) * ExactValue(rounded: logSigmoid(-b))
    }
    let entropy = means.sum { mean in
      ExactValue(0) - mean * mean.logarithm - (1 - mean) * (1 - mean).logarithm
    }
    let likelihood = zip(x, activations(means)).sum { on, a in
      ExactValue(
        logSigmoid(on ? a.value : -a.value),
        roundingBound: a.roundingBound + 4 * Double.ulpOfOne * (1 + abs(a.value)))
    }
    return prior + entropy + likelihood
  }

  /// ∇_θ F̂: by a_j the probability of the other state of x_j, with its sign.
  fileprivate func substitutedGradient(_ other: [Bool]? = nil) -> [ExactValue] {
    let x = other ?? pattern
    let means = means(x)
    let slopes = zip(x, activations(means)).map { on, a -> ExactValue in
      let slope = on ? sigmoid(-a.value) : -sigmoid(a.value)
      return ExactValue(slope, roundingBound: a.roundingBound + 4 * Double.ulpOfOne)
    }
    let top = zip(means, machine.generative.bias).map { mean, b in
      mean * ExactValue(rounded: sigmoid(-b)) - (1 - mean) * ExactValue(rounded: sigmoid(b))
    }
    return top + means.flatMap { mean in slopes.map { mean * $0 } } + slopes
  }

  /// One fair hidden unit, recognised as fair, above one observed unit with c + W/2 = 1: the model
  /// of erratum E-042 on the example.
  fileprivate func steep() throws -> MachineProblem {
    let isExample = try machine == MachineProblem.example().machine
    let half = isExample ? 3 : 1.5 + abs(layer.weights[0][0])
    return MachineProblem(
      machine: try HelmholtzMachine(
        generative: SigmoidBeliefNetwork(
          bias: [0], layers: [.init(weights: [[2 * half]], bias: [1 - half])]),
        recognition: RecognitionNetwork(
          layers: [.init(weights: [[0]], bias: [0])], observedUnits: 1)),
      data: try BitPatterns(uniform: [[true]]))
  }
}

extension ExactValue {
  /// The value of a function of the library: good to a few roundings.
  fileprivate init(rounded value: Double) {
    self.init(value, roundingBound: 4 * Double.ulpOfOne * abs(value))
  }
}
