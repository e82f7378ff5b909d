import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension NetworksAndStepsDerivation {
  /// The networks as the library has them, and the ways to get them wrong.
  static let derivation = Derivation<Parts, NetworksAndStepsProblem>(
    id: "networks-and-steps", title: "The networks, and what moves them", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes)

  private static let answer = Parts(
    parameterCount: { problem in
      DocumentNetworks(
        words: problem.vocabulary, features: problem.features,
        prior: problem.outputBias.map { _ in 0.3 }, drawing: { 1 }
      ).inference.parameterCount
    },
    meanEmbedding: { problem, words in problem.networks.inference.embedding(words).array },
    probabilities: { problem, words in problem.networks.probabilities(words) },
    wordLaw: { problem in
      try problem.networks.model().logWordProbabilities(problem.firstFactorOnly).map { exp($0) }
    },
    maskGradient: { problem, choices in
      try problem.expectedLoss.gradient(by: ScoreFunction(None()), &choices)
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

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-the-shift", "counts M and the embedding, not c", \.parameterCount,
      from: { right in { right($0) - $0.factors } }),
    Mistake(
      "sums-the-embeddings", "h = Σ E_{x_i}: a long document shouts", \.meanEmbedding,
      from: { right in
        { problem, words in right(problem, words).map { $0 * Double(words.count) } }
      }),
    Mistake(
      "reads-the-last-word", "h is the last row looked up, and order matters", \.probabilities,
      from: { right in { problem, words in right(problem, Array(words.suffix(1))) } }),
    Mistake(
      "softmax-over-factors", "makes the factors compete: Σ_d b_d = 1", \.probabilities
    ) { problem, words in softmax(problem.networks.inference.logits(words)).array },
    Mistake("sigmoid-over-words", "a law of words that does not sum to one", \.wordLaw) { problem in
      sigmoid(problem.networks.likelihood.scores(Vector(problem.firstFactorOnly))).array
    },
    Mistake(
      "score-of-kept-words-only", "a word that was dropped gets no gradient", \.maskGradient
    ) { problem, choices in
      let z = try BernoulliFactors(problem.mask).sample(&choices)
      let loss = problem.expectedLoss.signal(z)
      return zip(z, problem.mask).map { $0 == 1 ? loss / $1 : 0 }
    },
    Mistake(
      "adam-without-correction", "m and √v as they are: the first step is √10 too long",
      \.firstStep
    ) { slope, rate in rate * 0.1 * slope / (0.001 * slope * slope).squareRoot() },
    Mistake("half-the-slope", "steps along x for x²", \.fiveSteps) { rate in
      (0..<5).reduce(1.0) { x, _ in x - rate * x }
    },
    Mistake(
      "step-too-early", "1/(t + 1): the start at zero is counted as an observation", \.runningMean
    ) { observations in observations.reduce(0, +) / Double(observations.count + 1) },
  ]
}

extension NetworksAndStepsProblem {
  /// z = (1, 0, …).
  fileprivate var firstFactorOnly: [Double] { outputBias.indices.map { $0 == 0 ? 1 : 0 } }
}
