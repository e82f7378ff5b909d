import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `bound`: the machine, its guess, and the bound that both make.
enum BoundDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// log w(z) = log p(x,z) − log q(z|x) of one draw z of the recognition network.
    var logWeight: @Sendable (HelmholtzMachine, [Bool], inout Exhaustive) throws -> Double
    /// The hidden units of one draw, from the lowest layer up.
    var units: @Sendable (HelmholtzMachine, [Bool], inout Exhaustive) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, MachineProblem>

  static let checks: [Check] = [
    evidence, boundFromBelow, meansAreProbabilities, independentUnits, layersCorrelate,
    anyStructure,
  ]

  static let evidence = Check(
    "evidence", "log p(x) = E_q[log w(z)] + KL(q‖p(z|x))",
    because: "log w(z) = log p(x) + log p(z|x) − log q(z|x)", claims: ["A-164", "A-048"], as: .step
  ) { parts, problem in
    let exact = try ExactRecognition(of: problem.machine, problem.pattern)
    return .equal(exact.logEvidence, try problem.bound(parts.logWeight) + exact.exclusive)
  }

  static let boundFromBelow = Check(
    "bound", "E_q[log w(z)] + KL(q‖p(z|x)) ≥ E_q[log w(z)]",
    because: "KL ≥ 0: recognition that is wrong only lowers the bound", claims: ["A-164"], as: .step
  ) { parts, problem in
    let exact = try ExactRecognition(of: problem.machine, problem.pattern)
    return .atLeast(
      exact.logEvidence, try problem.bound(parts.logWeight), gap: exact.exclusive,
      rounding: .of(size: abs(exact.elbo.value), because: "the gap is a difference of such numbers")
    )
  }

  static let meansAreProbabilities = Check(
    "means-are-probabilities", "E_q[z_j] = σ(r_j + Σ_i x_i R_ij)",
    because: "the mean of a bit is the probability that it is on; the lowest layer reads x",
    claims: ["A-166"], as: .consequence
  ) { parts, problem in
    let layer = problem.machine.recognition.layers[0]
    let means = try exactMeans { choices in
      Array(
        try parts.units(problem.machine, problem.pattern, &choices).prefix(layer.bias.count))
    }
    return .equal(means, layer.activations(below: problem.pattern).map(sigmoid))
  }

  static let independentUnits = Check(
    "units-are-independent", "E_q[Π_j z_j] = Π_j σ(r_j + Σ_i x_i R_ij)",
    because: "given x no unit of the lowest layer looks at another", claims: ["A-164"],
    as: .specialCase
  ) { parts, problem in
    let layer = problem.machine.recognition.layers[0]
    let allOn = try exactMean { choices in
      try parts.units(problem.machine, problem.pattern, &choices).prefix(layer.bias.count)
        .reduce(1, *)
    }
    let product = layer.activations(below: problem.pattern).reduce(ExactValue(1)) {
      $0 * ExactValue(sigmoid($1))
    }
    return .equal(allOn, product)
  }

  static let layersCorrelate = Check(
    "layers-correlate", "Cov_q[z₁, z₂] = q₁ (1 − q₁) (q(z₂=1|z₁=1) − q(z₂=1|z₁=0))",
    because: "z₂ reads the z₁ that was drawn: layers drawn one from the other are dependent",
    claims: ["A-169"], as: .specialCase, changing: { try $0.deep().machine.givens }
  ) { parts, problem in
    let deep = try problem.deep()
    let law = try exactMoments { try parts.units(deep.machine, deep.pattern, &$0) }
    let layers = deep.machine.recognition.layers
    let q = sigmoid(layers[0].activations(below: deep.pattern)[0])
    let on = sigmoid(layers[1].activations(below: [true])[0])
    let off = sigmoid(layers[1].activations(below: [false])[0])
    return .equal(
      law.covariance[0][1],
      ExactValue(q) * (1 - ExactValue(q)) * (ExactValue(on) - ExactValue(off)),
      rounding: .of(size: 0.25, because: "a covariance of bits is made of products up to ¼"))
  }

  static let anyStructure = Check(
    "any-structure", "log p(x) = E_q[log w(z)] + KL(q‖p(z|x)),  R = 0",
    because: "nothing was asked of q but that it sums to one: it may even ignore x",
    claims: ["A-170"], as: .specialCase, changing: { try $0.ignoringX().machine.givens }
  ) { parts, problem in
    let blind = try problem.ignoringX()
    let exact = try ExactRecognition(of: blind.machine, blind.pattern)
    return .equal(exact.logEvidence, try blind.bound(parts.logWeight) + exact.exclusive)
  }
}

extension MachineProblem {
  /// The mean of a judged log weight at the first pattern.
  fileprivate func bound(
    _ logWeight: (HelmholtzMachine, [Bool], inout Exhaustive) throws -> Double
  ) throws -> ExactValue {
    try exactMean { try logWeight(machine, pattern, &$0) }
  }

  /// Two hidden layers of one unit each; q(z₁=1|x) = .3, q(z₂=1|z₁) = .1 or .8 for the example.
  fileprivate func deep() throws -> MachineProblem {
    let (b, layer) = (machine.generative.bias[0], machine.generative.layers[0])
    let first = machine.recognition.layers[0]
    let isExample = try machine == MachineProblem.example().machine
    let (low, high) = isExample ? (0.1, 0.8) : (sigmoid(b - 1), sigmoid(b + 1.5))
    let q = isExample ? 0.3 : sigmoid(first.bias.first ?? 0.2)
    func odds(_ p: Double) -> Double { log(p) - log(1 - p) }
    let weights = layer.weights.first ?? []
    let down: [SigmoidBeliefNetwork.Layer] = [
      .init(weights: [[1.5]], bias: [-0.5]),
      .init(weights: [Array(repeating: weights.first ?? 1, count: 2)], bias: [-0.5, 0.4]),
    ]
    let up: [SigmoidBeliefNetwork.Layer] = [
      .init(weights: [[0], [0]], bias: [odds(q)]),
      .init(weights: [[odds(high) - odds(low)]], bias: [odds(low)]),
    ]
    return MachineProblem(
      machine: try HelmholtzMachine(
        generative: SigmoidBeliefNetwork(bias: [b], layers: down),
        recognition: RecognitionNetwork(layers: up, observedUnits: 2)), data: data)
  }

  /// The same machine, its first recognition layer deaf to x.
  fileprivate func ignoringX() throws -> MachineProblem {
    var layers = machine.recognition.layers
    layers[0] = .init(
      weights: layers[0].weights.map { $0.map { _ in 0 } }, bias: layers[0].bias)
    return MachineProblem(
      machine: try HelmholtzMachine(
        generative: machine.generative,
        recognition: RecognitionNetwork(layers: layers, observedUnits: machine.observedUnits)),
      data: data)
  }
}
