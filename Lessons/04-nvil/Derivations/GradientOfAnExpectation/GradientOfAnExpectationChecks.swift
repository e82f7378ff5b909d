import Exact
import LessonKit
import Probability
import Verification

/// Where a gradient may be moved past an expectation, and where it may not.
enum GradientLines {
  typealias Step = Line<GradientRules, ExpectationProblem>

  static let all: [Step] = [
    modelGradientInside, oneDrawOfTheModel, unlessQFollows, orIsThePosterior, meanScore,
    insideItVanishes, atTheOptimumBothVanish, logDerivative, logDerivativeOfABit, needsMass,
    productRule, modelPartIsZero, unlessShared, scoreGradient,
  ]

  // MARK: θ

  static let modelGradientInside = Step(
    "model-gradient-inside", "∇_θ E_q[log p_θ(x,z) − log q(z)] = E_q[∇_θ log p_θ(x,z)]",
    because: "q has no θ in it, so the sum over z is differentiated term by term",
    claims: ["A-028"]
  ) { rules, problem in
    .equal(rules.modelGradient(problem), problem.exactModelGradient(), magnitude: 4)
  }

  static let oneDrawOfTheModel = Step(
    "one-draw-of-the-model", "E[∇_θ log p_θ(x,z¹)] = ∇_θ ELBO,  z¹ ~ q",
    because: "one draw has mean E_q[…], whatever its variance: every outcome of it was run",
    claims: ["A-029"]
  ) { rules, problem in
    let mean = try exactMean { try rules.modelEstimate(problem, &$0) }
    return .equal(mean.value, problem.exactModelGradient(), magnitude: 4)
  }

  static let unlessQFollows = Step(
    "unless-q-follows", "d ELBO/dθ ≠ E_q[∇_θ log p_θ]  if φ moves with θ",
    because: "the total derivative has a second road, φ′(θ)·∇_φ ELBO (an E-step is such a road)",
    claims: ["A-028", "A-029"]
  ) { rules, problem in
    let road = zip(problem.slopes, problem.exactVariationalGradient()).map { $0 * $1 }
    return .different(
      rules.modelGradient(problem), problem.exactModelGradient(follows: 1),
      by: -road.reduce(0, +), atLeast: 1e-9, magnitude: 16)
  }

  static let orIsThePosterior = Step(
    "or-is-the-posterior", "E_p(z|x)[∇_θ log p_θ(x,z)] = d log p_θ(x)/dθ",
    because: "at the best q, ∇_φ ELBO = 0 closes the second road, and the bound is tight",
    claims: ["A-028"]
  ) { rules, problem in
    .equal(
      rules.modelGradient(problem.atThePosterior), problem.exactEvidenceGradient, magnitude: 4)
  }

  // MARK: φ

  static let meanScore = Step(
    "mean-score", "1 + E_q[∇_φ log q(z)] = 1",
    because: "Σ q ∇log q = Σ ∇q = ∇Σ q = ∇1: the score has mean zero (the 1 is there to be seen)",
    claims: ["A-031"]
  ) { rules, problem in
    let mean = problem.law.mean(problem.states.map { rules.score(problem, $0) })
    return .equal(mean.map { 1 + $0 }, problem.states.map { _ in 1 })
  }

  static let insideItVanishes = Step(
    "inside-it-vanishes", "∇_φ E_q[log p − log q] ≠ E_q[∇_φ(log p − log q)] = 0",
    because: "no φ in log p, and −E_q[∇log q] is a mean score: inside there is nothing left",
    claims: ["A-030", "A-031", "A-153"]
  ) { rules, problem in
    .different(
      rules.variationalGradient(problem),
      meanScoreBySums(problem).map { -$0 }, by: problem.exactVariationalGradient(), atLeast: 1e-9,
      magnitude: 8)
  }

  static let atTheOptimumBothVanish = Step(
    "at-the-optimum-both-vanish", "1 + ∇_φ E_q[log p − log q] = 1  at q = p(z|x)",
    because: "at a stationary point ‘≠’ is ‘=’: both sides are zero", claims: ["A-030"]
  ) { rules, problem in
    let gradient = rules.variationalGradient(problem.atThePosterior)
    return .equal(gradient.map { 1 + $0 }, problem.states.map { _ in 1 }, magnitude: 8)
  }

  // MARK: The log-derivative

  static let logDerivative = Step(
    "log-derivative", "q(z) ∇_φ log q(z) = ∇_φ q(z)",
    because: "(log f)′ = f′/f, read backwards; f must not be zero", claims: ["A-151"]
  ) { rules, problem in
    let left = problem.states.flatMap { state in
      rules.score(problem, state).map { problem.law.probabilities[state] * $0 }
    }
    let right = problem.states.flatMap {
      exactProbabilityGradient(logits: problem.logits, of: $0)
    }
    return .equal(left, right)
  }

  static let logDerivativeOfABit = Step(
    "log-derivative-of-a-bit", "Σ_z f(z) q(z) ∂_b log q(z) = f(1) − f(0),  0 < b < 1",
    because: "∂_b log b = 1/b and ∂_b log(1−b) = −1/(1−b): the weights cancel", claims: ["A-151"]
  ) { rules, problem in
    let f = problem.logJoints
    return .equal(rules.bitGradient(problem.prior[0], f), f[1] - f[0], magnitude: 16)
  }

  static let needsMass = Step(
    "log-derivative-needs-mass", "Σ_{q(z)>0} f(z) q(z) ∂_b log q(z) ≠ f(1) − f(0),  b = 0",
    because: "z = 1 has no mass but its mass has a slope: the sum over the support lacks f(1)",
    claims: ["A-151"]
  ) { rules, problem in
    let f = problem.logJoints
    return .different(
      rules.bitGradient(0, f), f[1] - f[0], by: -f[1], atLeast: 1e-9, magnitude: 16)
  }

  // MARK: The product rule

  static let productRule = Step(
    "product-rule", "∇Σ q(log p − log q) = Σ ∇q (log p − log q) + Σ q ∇(log p − log q)",
    because: "the product rule, term by term; here p shares φ, so the second part is not zero",
    claims: ["A-149"]
  ) { rules, problem in
    let parts = zip(rules.variationalGradient(problem), rules.integrandPart(problem, 0.6))
    return .equal(
      parts.map { $0 + $1 }, problem.exactVariationalGradient(tie: 0.6), magnitude: 8)
  }

  static let modelPartIsZero = Step(
    "model-part-is-zero", "1 + E_q[∇_φ(log p(x,z|θ) − log q(z))] = 1",
    because: "log p(x,z|θ) has no φ in it, and what −log q adds is a mean score",
    claims: ["A-150", "A-031"]
  ) { rules, problem in
    let part = rules.integrandPart(problem, 0)
    return .equal(part.map { 1 + $0 }, problem.states.map { _ in 1 })
  }

  static let unlessShared = Step(
    "unless-shared", "E_q[∇_φ(log p(x,z|φ) − log q(z))] ≠ 0",
    because: "with a parameter in both, the model's own score under q does not average out",
    claims: ["A-150"]
  ) { rules, problem in
    .different(
      rules.integrandPart(problem, 1), problem.states.map { _ in 0 },
      by: problem.exactModelPart(tie: 1), atLeast: 1e-9, magnitude: 1)
  }

  static let scoreGradient = Step(
    "score-gradient", "∇_φ ELBO = E_q[(log p(x,z) − log q(z)) ∇_φ log q(z)]",
    because: "product rule and log-derivative: the gradient is an expectation under q after all",
    claims: ["A-038", "A-153", "A-032"]
  ) { rules, problem in
    .equal(
      rules.variationalGradient(problem), problem.exactVariationalGradient(), magnitude: 8)
  }

  /// E_q[∇_φ log q], summed by differentiation of each probability: zero up to rounding.
  private static func meanScoreBySums(_ problem: ExpectationProblem) -> [Double] {
    problem.states.map { component in
      problem.states.reduce(0) {
        $0 + exactProbabilityGradient(logits: problem.logits, of: $1)[component]
      }
    }
  }
}

extension Page {
  /// Where a gradient may go.
  static let gradientOfAnExpectation: Exercise<GradientRules, ExpectationProblem> = Exercise(
    Sheet(
      id: "gradient-of-an-expectation", title: "Where a gradient may go", task: "", hints: [],
      example: .example, draw: ExpectationProblem.draw, lines: []),
    answer: .answer, derivation: GradientLines.all, mistakes: GradientRules.mistakes)
}
