import Approximate
import GSL

import LessonKit
import Networks
import Probability
import Verification

/// What the networks compute and how their parameters move.
enum ShapeLines {
  typealias Step = Line<ShapeRules, ShapeProblem>

  static let all: [Step] = [
    parameters, mean, order, sigmoidOfLogits, wordLaw, mask, adam, descent, robbinsMonro,
  ]

  static let parameters = Step(
    "parameters", "parameters of the inference network = V·H + D·(H + 1)",
    because: "an embedding of V rows, M with D rows, c", claims: ["A-270"]
  ) { rules, problem in
    .equalCounts(
      rules.parameterCount(problem.networks),
      problem.vocabulary * problem.features + problem.factors * (problem.features + 1))
  }

  static let mean = Step(
    "mean-embedding", "h = (1/n) Σ_i E_{x_i}",
    because: "every word has its say once for each time it occurs", claims: ["A-270"]
  ) { rules, problem in
    .equal(rules.meanEmbedding(problem, problem.words), features(problem), magnitude: 4)
  }

  static let order = Step(
    "order", "q(z|x₁…x_n) = q(z|x_n…x₁)",
    because: "a sum does not know its order", claims: ["A-270"]
  ) { rules, problem in
    .equal(
      rules.probabilities(problem, problem.words),
      rules.probabilities(problem, problem.words.reversed()))
  }

  static let sigmoidOfLogits = Step(
    "sigmoid", "b_d = 1/(1 + exp(−(M h + c)_d))",
    because: "each factor has its own probability; they need not sum to one", claims: ["A-270"]
  ) { rules, problem in
    let output = problem.networks.inference.output
    let h = features(problem)
    let b = (0..<problem.factors).map { d in
      let logit = h.indices.reduce(output.bias[d]) { $0 + output.weights[d, $1] * h[$1] }
      return 1 / (1 + exp(-logit))
    }
    return .equal(rules.probabilities(problem, problem.words), b, magnitude: 4)
  }

  static let wordLaw = Step(
    "softmax", "p(x_i = v | z) = exp(W z + b)_v / Σ_u exp(W z + b)_u",
    because: "words compete for one place, factors do not", claims: ["A-270"]
  ) { rules, problem in
    let scores = problem.networks.likelihood.scores
    let weights = (0..<problem.vocabulary).map { exp(scores.weights[$0, 0] + scores.bias[$0]) }
    return .equal(
      rules.wordLaw(problem), weights.map { $0 / weights.reduce(0, +) }, magnitude: 1)
  }

  static let mask = Step(
    "mask", "E[loss(z) ∂_b log q(z)] = ∂_b E_q[loss(z)],  z a mask over three words",
    because: "a latent rationale is a document model's z turned round: bits that choose words",
    claims: ["A-225"]
  ) { rules, problem in
    let found = try exactMoments { try rules.maskGradient(problem, &$0) }
    // E_q[loss] is linear in each b: its derivative is its difference from b_i = 0 to 1.
    let exact = problem.mask.indices.map { i in
      expectedLoss(problem, certain: i, 1) - expectedLoss(problem, certain: i, 0)
    }
    return .equal(found.mean, exact, magnitude: 32)
  }

  static let adam = Step(
    "adam", "Adam’s first step = η · sign(g)",
    because: "m̂ = g and v̂ = g² after their corrections (ε = 0)", claims: ["A-040"]
  ) { rules, problem in
    .equal(
      rules.firstStep(problem.slope, problem.rate), problem.slope > 0 ? problem.rate : -problem.rate
    )
  }

  static let descent = Step(
    "descent", "five steps x ← x − η · 2x = (1 − 2η)⁵ x",
    because: "each step shrinks x by the same factor: .8 for η = .1", claims: ["A-040"]
  ) { rules, problem in
    let factor = 1 - 2 * problem.rate
    return .equal(rules.fiveSteps(problem.rate), factor * factor * factor * factor * factor)
  }

  static let robbinsMonro = Step(
    "robbins-monro", "θ_t = θ_(t−1) + (x_t − θ_(t−1))/t = (x₁ + … + x_t)/t",
    because: "steps of 1/t, the ones that Robbins and Monro allow, are a running mean",
    claims: ["A-159"]
  ) { rules, problem in
    .equal(
      rules.runningMean(problem.observations),
      problem.observations.reduce(0, +) / Double(problem.observations.count), magnitude: 4)
  }

  private static func features(_ problem: ShapeProblem) -> [Double] {
    let table = problem.networks.inference.embedding.table
    return (0..<problem.features).map { column in
      problem.words.map { table[$0, column] }.reduce(0, +) / Double(problem.words.count)
    }
  }

  private static func expectedLoss(_ problem: ShapeProblem, certain word: Int, _ b: Double)
    -> Double
  {
    (0..<8).reduce(0) { total, state in
      let weight = problem.mask.indices.reduce(1.0) { product, i in
        let on = i == word ? b : problem.mask[i]
        return product * (state >> i & 1 == 1 ? on : 1 - on)
      }
      return total + weight * problem.losses[state]
    }
  }
}

extension Page {
  /// The networks and what moves them.
  static let networksAndSteps: Exercise<ShapeRules, ShapeProblem> = Exercise(
    Sheet(
      id: "networks-and-steps", title: "The networks, and what moves them", task: "", hints: [],
      example: .example, draw: ShapeProblem.draw, lines: []),
    answer: .answer, derivation: ShapeLines.all, mistakes: ShapeRules.mistakes)
}
