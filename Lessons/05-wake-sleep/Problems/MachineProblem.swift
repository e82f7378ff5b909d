import Exact
import GSL
import LessonKit
import Models
import Probability

/// A Helmholtz machine and the data that it learns from.
struct MachineProblem: Sendable {
  /// Both networks.
  var machine: HelmholtzMachine
  /// D(x).
  var data: BitPatterns

  /// Two hidden causes of two observed units.
  static func example() throws -> MachineProblem {
    MachineProblem(
      machine: try HelmholtzMachine(
        generative: SigmoidBeliefNetwork(
          bias: [-1, 0.5], layers: [.init(weights: [[2, -1], [1, 1.5]], bias: [-0.5, -0.8])]),
        recognition: RecognitionNetwork(
          layers: [.init(weights: [[1.2, 0.4], [-0.9, 0.7]], bias: [-0.6, 0.2])],
          observedUnits: 2)),
      data: try BitPatterns(
        [[true, true], [true, false], [false, false]], probabilities: [0.5, 0.3, 0.2]))
  }

  /// A machine with one or two hidden layers over two observed units, and three patterns.
  static func random(_ cases: inout Cases) throws -> MachineProblem {
    let shapes = [[2, 2], [1, 2], [1, 2, 2], [3, 2]]
    let machine = try HelmholtzMachine.random(
      units: shapes[try cases.choose(below: shapes.count)], &cases)
    return MachineProblem(machine: machine, data: try randomData(&cases))
  }

  /// The same with one hidden layer.
  static func randomShallow(_ cases: inout Cases) throws -> MachineProblem {
    let machine = try HelmholtzMachine.random(
      units: [1 + (try cases.choose(below: 3)), 2], &cases)
    return MachineProblem(machine: machine, data: try randomData(&cases))
  }

  private static func randomData(_ cases: inout Cases) throws -> BitPatterns {
    let p = try cases.probabilities(3).map { 0.05 + 0.85 * $0 }
    return try BitPatterns(
      [[true, true], [true, false], [false, false]],
      probabilities: [p[0], p[1], 1 - p[0] - p[1]].map { max(0.02, $0) }.normalised)
  }
}

extension [Double] {
  fileprivate var normalised: [Double] {
    let total = reduce(0, +)
    return map { $0 / total }
  }
}

// MARK: The exact side

extension MachineProblem {
  /// Averages over the data.
  func onData() throws -> ExactHelmholtz { try ExactHelmholtz(of: machine, data) }

  /// Averages over dreams, x ~ p(x).
  func onDreams() throws -> ExactHelmholtz { try ExactHelmholtz(dreamsOf: machine) }

  /// The pattern that single steps look at.
  var pattern: [Bool] { data.patterns[0] }

  /// The same machine before one pattern.
  func seeing(_ x: [Bool]) -> MachineProblem {
    var other = self
    if let alone = try? BitPatterns(uniform: [x]) { other.data = alone }
    return other
  }

  /// Every setting of the hidden units.
  var hidden: [[[Bool]]] { BitStates(of: machine.hiddenUnits).indices.map(machine.hiddenSetting) }

  /// The same machine with data that are its own p(x).
  func dreaming() throws -> MachineProblem {
    let patterns = BitStates(of: machine.observedUnits).map { $0.map { $0 == 1 } }
    let weights = try onDreams().weights
    return MachineProblem(
      machine: machine, data: try BitPatterns(patterns, probabilities: weights))
  }

  /// The machine of one hidden unit over the same observed ones, recognised without error.
  ///
  /// ```
  /// log q(1|x)/q(0|x) = b + Σ_j x_j W_j + Σ_j [softplus(c_j) − softplus(c_j + W_j)]
  /// ```
  /// p(z|x) of one unit is a sigmoid of something linear in x, so a sigmoid can say it.
  func recognisedExactly() throws -> MachineProblem {
    let (layer, bias) = (machine.generative.layers[0], machine.generative.bias[0])
    let (weights, visible) = (layer.weights[0], layer.bias)
    let generative = try SigmoidBeliefNetwork(
      bias: [bias], layers: [.init(weights: [weights], bias: visible)])
    let constant = zip(weights, visible).reduce(bias) {
      $0 + softplus($1.1) - softplus($1.1 + $1.0)
    }
    let recognition = try RecognitionNetwork(
      layers: [.init(weights: weights.map { [$0] }, bias: [constant])],
      observedUnits: weights.count)
    return MachineProblem(
      machine: try HelmholtzMachine(generative: generative, recognition: recognition), data: data)
  }

  /// Σ_z (q(z|x) − p(z|x)) ∇_θ log p(x,z), averaged over the data.
  func pull() throws -> [ExactValue] {
    let exact = try onData()
    return zip(exact.average(\.elboGradient), exact.average(\.likelihoodGradient)).map { $0 - $1 }
  }
}

// MARK: Means of programs

extension MachineProblem {
  /// E_D of the mean of a step that looks at a pattern, every outcome run.
  func mean(
    _ step: (HelmholtzMachine, [Bool], inout Exhaustive) throws -> [Double]
  ) throws -> [ExactValue] {
    try average { pattern in try exactMeans { try step(machine, pattern, &$0) } }
  }

  /// E_D of numbers of a pattern.
  func average(_ values: ([Bool]) throws -> [ExactValue]) throws -> [ExactValue] {
    var total: [ExactValue] = []
    for (pattern, weight) in zip(data.patterns, data.probabilities) {
      let means = try values(pattern)
      total =
        total.isEmpty
        ? means.map { ExactValue(weight) * $0 }
        : zip(total, means).map { $0 + ExactValue(weight) * $1 }
    }
    return total
  }
}

// MARK: What is printed

extension MachineProblem: Shown {
  /// Both networks and the data.
  var givens: [Given] { machine.givens + dataGivens }

  /// D, a row x and its probability.
  var dataGivens: [Given] {
    [
      Given("x", data.patterns.map { $0.map { $0 ? 1.0 : 0 } }), Given("D(x)", data.probabilities),
    ]
  }
}

extension HelmholtzMachine {
  /// θ = (b, W, c) and φ = (R, r); with two hidden layers, a number behind each letter.
  var givens: [Given] {
    let (down, up) = (generative.layers, recognition.layers)
    let isDeep = down.count > 1
    func name(_ letter: String, _ number: Int) -> String {
      isDeep ? "\(letter)_\(number + 1)" : letter
    }
    return [Given("b", generative.bias)]
      + down.enumerated().flatMap {
        [Given(name("W", $0), $1.weights), Given(name("c", $0), $1.bias)]
      }
      + up.enumerated().flatMap {
        [Given(name("R", $0), $1.weights), Given(name("r", $0), $1.bias)]
      }
  }
}
