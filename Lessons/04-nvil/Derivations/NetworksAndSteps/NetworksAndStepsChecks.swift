import LessonKit
import Networks
import Probability
import Verification

/// Derivation `networks-and-steps`: what the networks compute and how their parameters move.
enum NetworksAndStepsDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The number of parameters of an inference network.
    var parameterCount: @Sendable (NetworksAndStepsProblem) -> Int
    /// h, the document as a vector.
    var meanEmbedding: @Sendable (NetworksAndStepsProblem, [Int]) -> [Double]
    /// q(z_d = 1 | x).
    var probabilities: @Sendable (NetworksAndStepsProblem, [Int]) -> [Double]
    /// p(word | z = (1, 0, …)).
    var wordLaw: @Sendable (NetworksAndStepsProblem) throws -> [Double]
    /// The gradient of the expected loss in the mask's probabilities, at one drawn mask.
    var maskGradient: @Sendable (NetworksAndStepsProblem, inout Exhaustive) throws -> [Double]
    /// Adam's first step.
    var firstStep: @Sendable (_ slope: Double, _ rate: Double) -> Double
    /// Five steps of plain descent on x², from 1.
    var fiveSteps: @Sendable (_ rate: Double) -> Double
    /// θ_t = θ_(t−1) + (x_t − θ_(t−1))/t.
    var runningMean: @Sendable ([Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, NetworksAndStepsProblem>

  static let checks: [Check] = [
    mean, sigmoidOfLogits, wordLaw, order, parameters, mask, adam, descent, robbinsMonro,
  ]
}

// MARK: The networks

extension NetworksAndStepsDerivation {
  static let parameters = Check(
    "parameters", "parameters of the inference network = N·K + D·(K + 1)",
    because: "N words with K numbers each in T; M has D rows of K, v has D numbers",
    claims: ["A-270"], as: .aside
  ) { parts, problem in
    .equalCounts(
      parts.parameterCount(problem),
      problem.vocabulary * problem.features + problem.factors * (problem.features + 1))
  }

  static let mean = Check(
    "mean-embedding", "h = (1/n) Σ_i T_{x_i}",
    because: "every word has its say once for each time it occurs", claims: ["A-270"],
    as: .consequence
  ) { parts, problem in
    .equal(parts.meanEmbedding(problem, problem.words), problem.meanRow)
  }

  static let order = Check(
    "order", "q(z|x₁…x_n) = q(z|x_n…x₁)",
    because: "a sum does not know its order", claims: ["A-270"], as: .specialCase
  ) { parts, problem in
    .equal(
      parts.probabilities(problem, problem.words),
      parts.probabilities(problem, problem.words.reversed()))
  }

  static let sigmoidOfLogits = Check(
    "sigmoid", "b_d = 1/(1 + exp(−(M h + v)_d))",
    because: "each factor has its own probability; they need not sum to one", claims: ["A-270"],
    as: .consequence
  ) { parts, problem in
    .equal(parts.probabilities(problem, problem.words), problem.factorProbabilities)
  }

  static let wordLaw = Check(
    "softmax", "p(x_i = k | z) = exp(W z + u)_k / Σ_l exp(W z + u)_l",
    because: "words compete for one place, factors do not; z = (1, 0) here", claims: ["A-270"],
    as: .aside
  ) { parts, problem in
    .equal(try parts.wordLaw(problem), problem.wordProbabilities)
  }
}

// MARK: What moves them

extension NetworksAndStepsDerivation {
  static let mask = Check(
    "mask", "E[f(z) ∂_b log q(z)] = ∂_b E_q[f(z)],  z a mask over three words",
    because: "a latent rationale is a document model's z turned round: bits that choose words",
    claims: ["A-225"], as: .aside,
    changing: { [Given("b", $0.mask), Given("f(z)", $0.losses)] }
  ) { parts, problem in
    let found = try exactMoments { try parts.maskGradient(problem, &$0) }
    return .equal(found.means, problem.maskGradient)
  }

  static let adam = Check(
    "adam", "Adam’s first step = η · sign(g)",
    because: "both running means equal their first g and g² once corrected (ε = 0)",
    claims: ["A-040"], as: .aside,
    changing: { [Given("g", $0.slope), Given("η", $0.rate)] }
  ) { parts, problem in
    .equal(
      parts.firstStep(problem.slope, problem.rate), problem.slope > 0 ? problem.rate : -problem.rate
    )
  }

  static let descent = Check(
    "descent", "five steps θ ← θ − η · 2θ = (1 − 2η)⁵ θ",
    because: "each step shrinks θ by the same factor: .8 for η = .1", claims: ["A-040"], as: .aside,
    changing: { [Given("θ", 1.0), Given("η", $0.rate)] }
  ) { parts, problem in
    let factor = 1 - 2 * ExactValue(problem.rate)
    return .equal(parts.fiveSteps(problem.rate), (1...5).reduce(1) { x, _ in x * factor })
  }

  static let robbinsMonro = Check(
    "robbins-monro", "m_t = m_(t−1) + (f_t − m_(t−1))/t = (f₁ + … + f_t)/t",
    because: "steps of 1/t, the ones that Robbins and Monro allow, are a running mean",
    claims: ["A-159"], as: .aside, changing: { [Given("f_t", $0.observations)] }
  ) { parts, problem in
    .equal(
      parts.runningMean(problem.observations),
      given(problem.observations).sum() / ExactValue(Double(problem.observations.count)),
      rounding: .of(
        size: problem.largestObservation, because: "observations of both signs cancel in their mean"
      ))
  }
}
