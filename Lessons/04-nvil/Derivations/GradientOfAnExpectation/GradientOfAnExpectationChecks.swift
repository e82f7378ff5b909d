import Exact
import GSL
import LessonKit
import Probability
import Verification

/// Derivation `gradient-of-an-expectation`: where a gradient may be moved past an expectation, and
/// where it may not.
enum GradientOfAnExpectationDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// E_q[∇_θ log p_θ(x, z)].
    var modelGradient: @Sendable (ExpectationProblem) -> Double
    /// ∇_θ log p_θ(x, z) at one draw of q.
    var modelEstimate: @Sendable (ExpectationProblem, inout Exhaustive) throws -> Double
    /// ∇_φ log q(z) at a state.
    var score: @Sendable (ExpectationProblem, Int) -> [Double]
    /// ∇_φ ELBO.
    var variationalGradient: @Sendable (ExpectationProblem) -> [Double]
    /// Σ_z ∇_φ q(z) f(z), f held still.
    var massPart: @Sendable (ExpectationProblem) -> [Double]
    /// E_q[∇_φ (log p(x, z) − log q(z))], where p may share φ with the given weight.
    var integrandPart: @Sendable (ExpectationProblem, Double) -> [Double]
    /// Σ over the support of q of f(z) q(z) ∂_b log q(z), for one bit with P(1) = b.
    var bitGradient: @Sendable (_ b: Double, _ f: [Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, ExpectationProblem>

  static let checks: [Check] = [
    boundsProductRule, secondPartIsZero, massesAsScores, meanAgain,
    modelGradientInside, oneDrawOfTheModel, unlessQFollows, orIsThePosterior, meanScore,
    insideItVanishes, atTheOptimumBothVanish, logDerivative, logDerivativeOfABit, needsMass,
    productRule, modelPartIsZero, unlessShared, scoreGradient,
  ]
}

// MARK: The derivation, for the parameter of state 1

extension GradientOfAnExpectationDerivation {
  static let boundsProductRule = Check(
    "two-parts", "∂ELBO/∂φ₁ = Σ_z ∂q(z)/∂φ₁ · f(z) + Σ_z q(z) · ∂f(z)/∂φ₁",
    because: "the product rule in each term; f = log p − log q", as: .step
  ) { parts, problem in
    .equal(
      problem.exactVariationalGradient()[1],
      parts.massPart(problem)[1] + parts.integrandPart(problem, 0)[1],
      rounding: problem.massesCancel)
  }

  static let secondPartIsZero = Check(
    "second-part-is-zero",
    "Σ_z ∂q(z)/∂φ₁ · f(z) + Σ_z q(z) · ∂f(z)/∂φ₁ = Σ_z ∂q(z)/∂φ₁ · f(z)",
    because: "∂f = −∂log q, and the mean of a score is zero", as: .step
  ) { parts, problem in
    .equal(
      parts.massPart(problem)[1] + parts.integrandPart(problem, 0)[1], problem.sumOverMasses(1),
      rounding: problem.massesCancel)
  }

  static let massesAsScores = Check(
    "masses-as-scores", "Σ_z ∂q(z)/∂φ₁ · f(z) = Σ_z q(z) · ∂log q(z)/∂φ₁ · f(z)",
    because: "∂log q = ∂q/q, read backwards", as: .step
  ) { parts, problem in
    let terms = zip(problem.law.probabilities, problem.signals).enumerated().map { z, pair in
      pair.0 * parts.score(problem, z)[1] * pair.1
    }
    return .equal(
      problem.sumOverMasses(1), terms.reduce(0, +), rounding: problem.massesCancel)
  }

  static let meanAgain = Check(
    "a-mean-again",
    "Σ_z q(z) · ∂log q(z)/∂φ₁ · f(z) = E_q[f(z) ∂log q(z)/∂φ₁]",
    because: "a sum weighted by q is a mean: it can be drawn", as: .step
  ) { parts, problem in
    .equal(
      problem.sumOverMasses(1), parts.variationalGradient(problem)[1],
      rounding: problem.massesCancel)
  }
}

extension ExpectationProblem {
  /// f(z) = log p(x, z) − log q(z).
  fileprivate var signals: [Double] {
    zip(logJoints, law.probabilities).map { $0 - GSL.log($1) }
  }

  /// Σ_z ∂q(z)/∂φ_k f(z), with each mass differentiated by itself.
  fileprivate func sumOverMasses(_ k: Int) -> Double {
    states.reduce(0) {
      $0 + exactProbabilityGradient(logits: logits, of: $1)[k] * signals[$1]
    }
  }

  fileprivate var massesCancel: Rounding {
    .of(
      size: signals.reduce(1) { max($0, abs($1)) },
      because: "slopes of masses, which add up to zero, multiply signals of this size")
  }
}

extension Rounding {
  fileprivate static let scoresCancel = Rounding.of(
    size: 1, because: "scores of both signs and of size one cancel")
}

// MARK: θ

extension GradientOfAnExpectationDerivation {
  static let modelGradientInside = Check(
    "model-gradient-inside", "∇_θ E_q[log p_θ(x,z) − log q(z)] = E_q[∇_θ log p_θ(x,z)]",
    because: "q has no θ in it, so the sum over z is differentiated term by term",
    claims: ["A-028"], as: .consequence
  ) { parts, problem in
    .equal(parts.modelGradient(problem), problem.exactModelGradient())
  }

  static let oneDrawOfTheModel = Check(
    "one-draw-of-the-model", "E[∇_θ log p_θ(x,z¹)] = ∇_θ ELBO,  z¹ ~ q",
    because: "one draw has mean E_q[…], whatever its variance: every outcome of it was run",
    claims: ["A-029"], as: .specialCase
  ) { parts, problem in
    let mean = try exactMean { try parts.modelEstimate(problem, &$0) }
    return .equal(mean, problem.exactModelGradient())
  }

  static let unlessQFollows = Check(
    "unless-q-follows", "d ELBO/dθ ≠ E_q[∇_θ log p_θ]  if φ moves with θ",
    because: "the total derivative has a second road, φ′(θ)·∇_φ ELBO (an E-step is such a road)",
    claims: [.against("A-028"), .against("A-029")], as: .specialCase
  ) { parts, problem in
    let road = zip(problem.slopes, problem.exactVariationalGradient()).sum {
      ExactValue($0) * $1
    }
    return .different(
      parts.modelGradient(problem), problem.exactModelGradient(follows: 1),
      by: -road, atLeast: 1e-9)
  }

  static let orIsThePosterior = Check(
    "or-is-the-posterior", "E_p(z|x)[∇_θ log p_θ(x,z)] = d log p_θ(x)/dθ",
    because: "at the best q, ∇_φ ELBO = 0 closes the second road, and the bound is tight",
    claims: ["A-028"], as: .specialCase
  ) { parts, problem in
    .equal(
      parts.modelGradient(problem.atThePosterior), problem.exactEvidenceGradient)
  }
}

// MARK: φ

extension GradientOfAnExpectationDerivation {
  static let meanScore = Check(
    "mean-score", "E_q[∇_φ log q(z)] = 0",
    because: "Σ q ∇log q = Σ ∇q = ∇Σ q = ∇1: the score has mean zero",
    claims: ["A-031"], as: .consequence
  ) { parts, problem in
    let mean = problem.law.mean(problem.states.map { parts.score(problem, $0) })
    return .equal(mean, problem.states.map { _ in 0.0 }, rounding: .scoresCancel)
  }

  static let insideItVanishes = Check(
    "inside-it-vanishes", "∇_φ E_q[log p − log q] ≠ E_q[∇_φ(log p − log q)] = 0",
    because: "no φ in log p, and −E_q[∇log q] is a mean score: inside there is nothing left",
    claims: ["A-030", "A-031", .against("A-153")], as: .consequence
  ) { parts, problem in
    .different(
      parts.variationalGradient(problem),
      meanScoreBySums(problem).map { -$0 }, by: problem.exactVariationalGradient(), atLeast: 1e-9)
  }

  static let atTheOptimumBothVanish = Check(
    "at-the-optimum-both-vanish", "∇_φ E_q[log p − log q] = 0  at q = p(z|x)",
    because: "at a stationary point ‘≠’ is ‘=’: both sides are zero", claims: [.against("A-030")],
    as: .specialCase
  ) { parts, problem in
    let gradient = parts.variationalGradient(problem.atThePosterior)
    return .equal(
      gradient, problem.states.map { _ in 0.0 },
      rounding: .of(
        size: problem.largestLogJoint, because: "log p(x, z) is multiplied by scores that cancel"))
  }
}

// MARK: The log-derivative

extension GradientOfAnExpectationDerivation {
  static let logDerivative = Check(
    "log-derivative", "q(z) ∇_φ log q(z) = ∇_φ q(z)",
    because: "(log f)′ = f′/f, read backwards; f must not be zero", claims: ["A-151"],
    as: .specialCase
  ) { parts, problem in
    let left = problem.states.flatMap { state in
      parts.score(problem, state).map { problem.law.probabilities[state] * $0 }
    }
    let right = problem.states.flatMap {
      exactProbabilityGradient(logits: problem.logits, of: $0)
    }
    return .equal(left, right)
  }

  static let logDerivativeOfABit = Check(
    "log-derivative-of-a-bit", "Σ_z f(z) q(z) ∂_b log q(z) = f(1) − f(0),  0 < b < 1",
    because: "∂_b log b = 1/b and ∂_b log(1−b) = −1/(1−b): the weights cancel", claims: ["A-151"],
    as: .specialCase
  ) { parts, problem in
    let f = problem.logJoints
    return .equal(
      parts.bitGradient(problem.prior[0], f), f[1] - f[0],
      rounding: .of(
        size: problem.largestLogJoint, because: "f(1) and f(0) are subtracted after each is scaled")
    )
  }

  static let needsMass = Check(
    "log-derivative-needs-mass", "Σ_{q(z)>0} f(z) q(z) ∂_b log q(z) ≠ f(1) − f(0),  b = 0",
    because: "z = 1 has no mass but its mass has a slope: the sum over the support lacks f(1)",
    claims: [.against("A-151")], as: .specialCase
  ) { parts, problem in
    let f = problem.logJoints
    return .different(
      parts.bitGradient(0, f), f[1] - f[0], by: -f[1], atLeast: 1e-9)
  }
}

// MARK: The product rule

extension GradientOfAnExpectationDerivation {
  static let productRule = Check(
    "product-rule", "∇Σ q(log p − log q) = Σ ∇q (log p − log q) + Σ q ∇(log p − log q)",
    because: "the product rule, term by term; here p shares φ, so the second part is not zero",
    claims: ["A-149"], as: .specialCase
  ) { parts, problem in
    let both = zip(parts.variationalGradient(problem), parts.integrandPart(problem, 0.6))
    return .equal(
      both.map { $0 + $1 }, problem.exactVariationalGradient(tie: 0.6))
  }

  static let modelPartIsZero = Check(
    "model-part-is-zero", "E_q[∇_φ(log p(x,z|θ) − log q(z))] = 0",
    because: "log p(x,z|θ) has no φ in it, and what −log q adds is a mean score",
    claims: ["A-150", "A-031"], as: .specialCase
  ) { parts, problem in
    let part = parts.integrandPart(problem, 0)
    return .equal(part, problem.states.map { _ in 0.0 }, rounding: .scoresCancel)
  }

  static let unlessShared = Check(
    "unless-shared", "E_q[∇_φ(log p(x,z|φ) − log q(z))] ≠ 0",
    because: "with a parameter in both, the model's own score under q does not average out",
    claims: [.against("A-150")], as: .specialCase
  ) { parts, problem in
    .different(
      parts.integrandPart(problem, 1), problem.states.map { _ in 0.0 },
      by: problem.exactModelPart(tie: 1), atLeast: 1e-9)
  }

  static let scoreGradient = Check(
    "score-gradient", "∇_φ ELBO = E_q[(log p(x,z) − log q(z)) ∇_φ log q(z)]",
    because: "product rule and log-derivative: the gradient is an expectation under q after all",
    claims: ["A-038", "A-153", "A-032"], as: .specialCase
  ) { parts, problem in
    .equal(
      parts.variationalGradient(problem), problem.exactVariationalGradient())
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
