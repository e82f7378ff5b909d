import GSL
import LessonKit
import Networks
import Probability
import Verification

/// Derivation `image`: the bound that trains on the digits, on two images of two pixels.
enum ImageDerivation {
  /// What a step computes.
  struct Step: Sendable {
    /// Minus the mean bound.
    var loss: Double
    /// Its slopes by the shifts of the code, m and 2 s.
    var code: [Double]
    /// Its slopes by the shifts of the log odds.
    var pixels: [Double]
  }

  /// What is judged.
  struct Parts: Sendable {
    /// F of an image.
    var bound: @Sendable (ImageProblem, _ image: Int) throws -> Double
    /// A step on both images.
    var step: @Sendable (ImageProblem) throws -> Step
  }

  typealias Check = LessonKit.Check<Parts, ImageProblem>

  static let checks: [Check] = [bound, loss, code, pixels]

  static let bound = Check(
    "bound", "F = Σ_i [x_i log p_i + (1 − x_i) log (1 − p_i)] − KL(q‖p(z))",
    because: "pixels are drawn one by one, given z = m + σ ε", claims: ["A-041", "A-129"],
    as: .specialCase
  ) { parts, problem in
    .equal(
      try [0, 1].map { try parts.bound(problem, $0) }, [0, 1].map(problem.bound),
      rounding: rounding)
  }

  static let loss = Check(
    "loss", "−½ F_1 − ½ F_2 = −½ (F_1 + F_2)",
    because: "what is minimised is minus the mean over the two images, a draw each",
    as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.step(problem).loss, -0.5 * (problem.bound(0) + problem.bound(1)),
      rounding: rounding)
  }

  static let code = Check(
    "code-slopes", "(∂F/∂m, ∂F/∂s) = (Σ_i (x_i − p_i) l′_i − m, σ ε Σ_i (x_i − p_i) l′_i + 1 − σ²)",
    because: "the chain rule through z, and the closed-form divergence; negated and averaged",
    claims: ["A-027", "A-175"], as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.step(problem).code,
      problem.meanOfCodeSlopes { index in
        zip(problem.likelihoodSlopes(index), problem.divergenceSlopes(index)).map { $0 + $1 }
      }, rounding: rounding)
  }

  static let pixels = Check(
    "pixel-slopes", "∂F/∂l_i = x_i − p_i", because: "the shifts of the decoder add to the log odds",
    claims: ["A-027", "A-175"], as: .specialCase
  ) { parts, problem in
    let errors = [0, 1].map { index in
      zip(problem.images[index], problem.decoded(index).probabilities).map { $1 - $0 }
    }
    return .equal(
      try parts.step(problem).pixels, [0, 1].map { 0.5 * (errors[0][$0] + errors[1][$0]) },
      rounding: rounding)
  }

  private static let rounding = Rounding.of(size: 40, because: "sums of numbers of size 10")
}

/// Two images of two pixels, and small networks with one latent.
struct ImageProblem: Sendable {
  let encoder: Perceptron
  let decoder: Perceptron
  let images: [[Double]]
  /// ε, one an image.
  let noises: [Double]

  static let example = ImageProblem(
    [0.8, -0.5, 0.3, 0.9, 0.1, -0.2, 1.1, -0.7, 0.4, 0.6, 0.2, -0.9, 0.7, -0.4, 0.3, -0.1, 0.9],
    [0.5, -1.2, 0.8], noises: [0.7, -1.3])

  private init(_ w: [Double], _ u: [Double], noises: [Double]) {
    encoder = Perceptron(
      hidden: Linear(weights: Matrix([[w[0], w[1]], [w[2], w[3]]]), bias: Vector([w[4], w[5]])),
      output: Linear(
        weights: Matrix([[w[6], w[7]], [w[8], w[9]]]), bias: Vector([w[10], w[11]])))
    decoder = Perceptron(
      hidden: Linear(weights: Matrix([[w[12]], [w[13]]]), bias: Vector([w[14], w[15]])),
      output: Linear(weights: Matrix([[w[16], u[0]], [u[1], u[2]]]), bias: Vector([0.3, -0.2])))
    images = [[1, 0], [0, 1]]
    self.noises = noises
  }

  static func random(_ cases: inout Cases) throws -> ImageProblem {
    ImageProblem(
      try cases.reals(17, from: 0.2, to: 1.1).enumerated().map { $0 % 3 == 1 ? -$1 : $1 },
      try cases.reals(3, from: -1.2, to: 1.2),
      noises: [try cases.real(from: 0.3, to: 1.4), try cases.real(from: -1.5, to: -0.3)])
  }
}

// MARK: The same numbers, written out

extension ImageProblem {
  /// (m, s) of an image.
  func code(_ index: Int) -> (mean: Double, logSd: Double) {
    let numbers = Self.through(encoder, images[index])
    return (numbers[0], 0.5 * numbers[1])
  }

  /// σ(l_i) and ∂l_i/∂z at z = m + σ ε.
  func decoded(_ index: Int) -> (probabilities: [Double], slopes: [Double]) {
    let (mean, logSd) = code(index)
    let z = mean + exp(logSd) * noises[index]
    let front = (0..<2).map { j in
      tanh(decoder.hidden.bias[j] + decoder.hidden.weights[j, 0] * z)
    }
    let slopes = (0..<2).map { i in
      (0..<2).reduce(0) { sum, j in
        sum + decoder.output.weights[i, j] * (1 - front[j] * front[j])
          * decoder.hidden.weights[j, 0]
      }
    }
    return (Self.through(decoder, [z]).map(sigmoid), slopes)
  }

  /// KL(N(m, σ²)‖N(0, 1)).
  func divergence(_ index: Int) -> Double {
    let (mean, logSd) = code(index)
    return 0.5 * (mean * mean + exp(2 * logSd) - 1) - logSd
  }

  /// F.
  func bound(_ index: Int) -> Double {
    zip(images[index], decoded(index).probabilities).reduce(-divergence(index)) {
      $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1)
    }
  }

  /// The slopes of log p(x|z) by m and s.
  func likelihoodSlopes(_ index: Int) -> [Double] {
    let (probabilities, slopes) = decoded(index)
    let slope = (0..<2).reduce(0) { $0 + (images[index][$1] - probabilities[$1]) * slopes[$1] }
    return [slope, slope * exp(code(index).logSd) * noises[index]]
  }

  /// The slopes of −KL by m and s.
  func divergenceSlopes(_ index: Int) -> [Double] {
    let (mean, logSd) = code(index)
    return [-mean, 1 - exp(2 * logSd)]
  }

  /// Slopes of the loss by m and 2 s, from those of F by m and s.
  func meanOfCodeSlopes(_ slopes: (Int) -> [Double]) -> [Double] {
    let both = [slopes(0), slopes(1)]
    return [-0.5 * (both[0][0] + both[1][0]), -0.25 * (both[0][1] + both[1][1])]
  }

  /// c + U tanh(k + V x), number by number.
  private static func through(_ network: Perceptron, _ input: [Double]) -> [Double] {
    let front = network.hidden.bias.array.indices.map { j in
      tanh(
        input.indices.reduce(network.hidden.bias[j]) {
          $0 + network.hidden.weights[j, $1] * input[$1]
        })
    }
    return network.output.bias.array.indices.map { i in
      front.indices.reduce(network.output.bias[i]) {
        $0 + network.output.weights[i, $1] * front[$1]
      }
    }
  }
}

extension ImageProblem: Shown {
  /// Both networks, row by row, the images and the noises.
  var givens: [Given] {
    func rows(_ map: Linear) -> [[Double]] {
      (0..<map.weights.rows).map { map.weights.row($0).array + [map.bias[$0]] }
    }
    return [
      Given("encoder, first map", rows(encoder.hidden)), Given("second", rows(encoder.output)),
      Given("decoder, first map", rows(decoder.hidden)), Given("second map", rows(decoder.output)),
      Given("x", images), Given("ε", noises),
    ]
  }
}
