import Approximate
import LessonKit
import Networks
import Probability

/// The networks, what moves them, and a mask: what `networks-and-steps` puts to the test.
struct ShapeRules: Rules {
  /// The number of parameters of an inference network.
  var parameterCount: @Sendable (DocumentNetworks) -> Int
  /// h, the document as a vector.
  var meanEmbedding: @Sendable (ShapeProblem, [Int]) -> [Double]
  /// q(z_d = 1 | x).
  var probabilities: @Sendable (ShapeProblem, [Int]) -> [Double]
  /// p(word | z = (1, 0, …)).
  var wordLaw: @Sendable (ShapeProblem) -> [Double]
  /// The gradient of the expected loss in the mask's probabilities, at one drawn mask.
  var maskGradient: @Sendable (ShapeProblem, inout Exhaustive) throws -> [Double]
  /// Adam's first step.
  var firstStep: @Sendable (Double, Double) -> Double
  /// Five steps of plain descent on x², from 1.
  var fiveSteps: @Sendable (Double) -> Double
  /// θ_t = θ_(t−1) + (x_t − θ_(t−1))/t.
  var runningMean: @Sendable ([Double]) -> Double

  static let answer: ShapeRules = ShapeRules(
    parameterCount: { $0.inference.parameterCount },
    meanEmbedding: { problem, words in problem.networks.inference.embedding(words).array },
    probabilities: { problem, words in problem.networks.probabilities(words) },
    wordLaw: { problem in
      let z = Vector(problem.networks.prior.indices.map { $0 == 0 ? 1 : 0 })
      return softmax(problem.networks.likelihood.scores(z)).array
    },
    maskGradient: { problem, choices in
      try ExpectedValue(under: BernoulliMeans(problem.mask), of: { loss(problem, $0) })
        .gradient(by: ScoreFunction(None()), &choices)
    },
    firstStep: { slope, rate in
      var adam = Adam(learningRate: rate, epsilon: 0)
      return adam.step(up: [slope])[0]
    },
    fiveSteps: { rate in
      var (x, optimiser) = (1.0, SGD(learningRate: rate))
      for _ in 1...5 { x += optimiser.step(up: [-2 * x])[0] }
      return x
    },
    runningMean: { observations in
      var (theta, time) = (0.0, 0.0)
      for x in observations {
        time += 1
        var optimiser = SGD(learningRate: 1 / time)
        theta += optimiser.step(up: [x - theta])[0]
      }
      return theta
    })

  static func loss(_ problem: ShapeProblem, _ mask: [Double]) -> Double {
    problem.losses[mask.indices.reduce(0) { $0 + (mask[$1] == 1 ? 1 << $1 : 0) }]
  }

  static let mistakes: [Mistake<ShapeRules>] = [
    Mistake(
      "forgets-the-shift", "counts M and the embedding, not c",
      answer.with(\.parameterCount) { answer.parameterCount($0) - $0.prior.count }),
    Mistake(
      "sums-the-embeddings", "h = Σ E_{x_i}: a long document shouts",
      answer.with(\.meanEmbedding) { problem, words in
        answer.meanEmbedding(problem, words).map { $0 * Double(words.count) }
      }),
    Mistake(
      "reads-the-last-word", "h is the last row looked up, and order matters",
      answer.with(\.probabilities) { problem, words in
        answer.probabilities(problem, Array(words.suffix(1)))
      }),
    Mistake(
      "softmax-over-factors", "makes the factors compete: Σ_d b_d = 1",
      answer.with(\.probabilities) { problem, words in
        softmax(problem.networks.inference.logits(words)).array
      }),
    Mistake(
      "sigmoid-over-words", "a law of words that does not sum to one",
      answer.with(\.wordLaw) { problem in
        let z = Vector(problem.networks.prior.indices.map { $0 == 0 ? 1 : 0 })
        return sigmoid(problem.networks.likelihood.scores(z)).array
      }),
    Mistake(
      "score-of-kept-words-only", "a word that was dropped gets no gradient",
      answer.with(\.maskGradient) { problem, choices in
        let z = try BernoulliFactors(problem.mask).sample(&choices)
        let loss = loss(problem, z)
        return zip(z, problem.mask).map { $0 == 1 ? loss / $1 : 0 }
      }),
    Mistake(
      "adam-without-correction", "m and √v as they are: the first step is √10 too long",
      answer.with(\.firstStep) { slope, rate in
        rate * 0.1 * slope / (0.001 * slope * slope).squareRoot()
      }),
    Mistake(
      "half-the-slope", "steps along x for x²",
      answer.with(\.fiveSteps) { rate in (0..<5).reduce(1.0) { x, _ in x - rate * x } }),
    Mistake(
      "step-too-early", "1/(t + 1): the start at zero is counted as an observation",
      answer.with(\.runningMean) { observations in
        observations.reduce(0, +) / Double(observations.count + 1)
      }),
  ]
}
