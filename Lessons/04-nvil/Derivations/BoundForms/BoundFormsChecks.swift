import Approximate
import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification
import _Differentiation

/// The objective, its forms, and the gradients that can and cannot be had by hand.
enum ObjectiveLines {
  typealias Step = Line<ObjectiveRules, DocumentProblem>

  static let all: [Step] = [
    ratio, entropy, prior, printed, divergence, divergenceInB, divergenceAsMean, priorsGradient,
    unlessPriorIsShared, modelGradient, sumOverMasses, scoreForm, wholeGradient, cost,
  ]

  // MARK: Forms

  static let ratio = Step(
    "ratio", "E_q[log (p(x,z)/q(z|x))] = ELBO",
    because: "the definition: the logarithm covers the ratio", claims: ["A-271", "A-269"]
  ) { rules, problem in
    .equal(rules.elbo(problem, .ratio), exactBound(problem), magnitude: 32)
  }

  static let entropy = Step(
    "entropy", "E_q[log p(x,z)] + H(q) = ELBO",
    because: "H(q) = −E_q[log q], in closed form for bits", claims: ["A-271"]
  ) { rules, problem in
    .equal(rules.elbo(problem, .entropy), exactBound(problem), magnitude: 32)
  }

  static let prior = Step(
    "prior", "E_q[log p(x|z)] − KL(q‖p(z)) = ELBO",
    because: "log p(x,z) = log p(x|z) + log p(z): the prior goes to q", claims: ["A-271"]
  ) { rules, problem in
    .equal(rules.elbo(problem, .prior), exactBound(problem), magnitude: 32)
  }

  static let printed = Step(
    "printed-objective", "E_q[log (p(x,z)/q)] ≠ E_q[(log p(x,z))/q] = Σ_z log p(x,z)",
    because: "with the bracket a symbol too early q cancels: nothing is left for λ to change",
    claims: ["A-269"]
  ) { rules, problem in
    let printed = problem.states.reduce(0) { $0 + problem.observed.logJoint($1.z) }
    return .different(
      rules.elbo(problem, .ratio), printed, by: exactBound(problem) - printed, atLeast: 1e-9,
      magnitude: 128)
  }

  // MARK: The divergence

  static let divergence = Step(
    "divergence", "KL(q‖p(z)) = Σ_d b_d log(b_d/α_d) + (1−b_d) log((1−b_d)/(1−α_d))",
    because: "independent bits: 2^D terms become 2D", claims: ["A-275"]
  ) { rules, problem in
    .equal(rules.divergence(problem), problem.enumeratedDivergence, magnitude: 16)
  }

  static let divergenceInB = Step(
    "divergence-in-b", "∂KL/∂b_d = log(b_d/α_d) − log((1−b_d)/(1−α_d))",
    because: "differentiate by hand; b_d · 1/b_d and (1−b_d) · 1/(1−b_d) cancel",
    claims: ["A-275"]
  ) { rules, problem in
    let prior = Vector(problem.prior)
    let slope = gradient(at: Vector(problem.b)) { b in
      b.dot(log(b) - log(prior)) + (1 - b).dot(log(1 - b) - log(1 - prior))
    }
    return .equal(rules.divergenceGradient(problem), slope.array, magnitude: 8)
  }

  static let divergenceAsMean = Step(
    "divergence-as-a-mean", "E_q[log(q/p) ∇_λ log q] = ∇_λ KL(q‖p(z))",
    because: "score function; what q in the ratio adds is a mean score", claims: ["A-286"]
  ) { rules, problem in
    let found = try exactMoments { try rules.divergenceEstimate(problem, &$0) }
    return .equal(found.mean, problem.divergenceGradients.ofQ, magnitude: 16)
  }

  static let priorsGradient = Step(
    "prior-gradient", "E_q[−∇_θ log p(z|θ)] = ∇_θ KL(q‖p(z|θ))",
    because: "q has λ only, so the gradient passes inside", claims: ["A-285"]
  ) { rules, problem in
    .equal(rules.priorGradient(problem), problem.divergenceGradients.ofPrior, magnitude: 4)
  }

  static let unlessPriorIsShared = Step(
    "unless-prior-is-shared", "E_q[−∇_θ log p(z|θ)] ≠ ∇_θ KL(q_θ‖p(z|θ))",
    because: "if q has θ too, E_q[log(q/p) ∇_θ log q] is missing", claims: ["A-285"]
  ) { rules, problem in
    // q and the prior share a shift of all their log odds.
    let slopes = problem.divergenceGradients
    return .different(
      rules.priorGradient(problem), zip(slopes.ofQ, slopes.ofPrior).map { $0 + $1 },
      by: slopes.ofQ.map { -$0 }, atLeast: 1e-9, magnitude: 8)
  }

  // MARK: θ and λ

  static let modelGradient = Step(
    "model-gradient", "E[∇_θ log p(x|z¹,θ)] = ∇_θ ELBO,  θ = (W, b)",
    because: "the divergence has no θ, and one draw of z is enough for the mean",
    claims: ["A-273"]
  ) { rules, problem in
    let found = try exactMoments { try rules.modelEstimate(problem, &$0) }
    return .equal(found.mean, problem.exactModelGradient(), magnitude: 8)
  }

  static let sumOverMasses = Step(
    "sum-over-masses", "Σ_z log p(x|z) ∂_λ q(z|x) = ∂_λ E_q[log p(x|z)]",
    because: "the derivative of a sum is the sum of the derivatives", claims: ["A-277"]
  ) { rules, problem in
    .equal(rules.sumOverMasses(problem), problem.exactLikelihoodGradient, magnitude: 32)
  }

  static let scoreForm = Step(
    "score-form", "E_q[log p(x|z) ∂_λ log q(z|x)] = ∂_λ E_q[log p(x|z)]",
    because: "∂q = q ∂log q, and a sum with weights q is an expectation again",
    claims: ["A-277"]
  ) { rules, problem in
    let found = try exactMoments { try rules.scoreEstimate(problem, &$0) }
    return .equal(found.mean, problem.exactLikelihoodGradient, magnitude: 32)
  }

  static let wholeGradient = Step(
    "whole-gradient", "E_q[log p(x|z) ∂_λ log q] − ∂KL/∂b · ∂b/∂λ = ∂_λ ELBO",
    because: "one half sampled, one half in closed form", claims: ["A-277", "A-275"]
  ) { rules, problem in
    let found = try exactMoments { try rules.scoreEstimate(problem, &$0) }
    let closed = zip(rules.divergenceGradient(problem), problem.b).map { $0 * $1 * (1 - $1) }
    return .equal(
      zip(found.mean, closed).map { $0 - $1 }, problem.exactGradient, magnitude: 32)
  }

  static let cost = Step(
    "cost", "evaluations of p(x|z) for S = 3 draws = 3,  whatever the number of states",
    because: "a draw looks at one state; the sum over states would look at 2^D",
    claims: ["A-274"]
  ) { rules, problem in .equalCounts(try rules.decoderCalls(problem, 3), 3) }

  private static func exactBound(_ problem: DocumentProblem) -> Double {
    exactELBO(factorised: problem.b, of: problem.observed).value
  }
}

extension Page {
  /// The objective and its gradients.
  static let boundForms: Exercise<ObjectiveRules, DocumentProblem> = Exercise(
    Sheet(
      id: "bound-forms", title: "The objective and its gradients", task: "", hints: [],
      example: .example, draw: DocumentProblem.draw, lines: []),
    answer: .answer, derivation: ObjectiveLines.all, mistakes: ObjectiveRules.mistakes)
}
