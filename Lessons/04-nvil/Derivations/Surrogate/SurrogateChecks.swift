import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Derivation `surrogate`: a node for automatic differentiation, with the right gradient and a
/// meaningless value.
enum SurrogateDerivation {
  /// A gradient for W and b, and one for λ.
  typealias Slopes = (model: [Double], variational: [Double])

  /// What is judged: the node, and two trainings that climb its gradient without building it.
  struct Parts: Sendable {
    /// The gradient of the surrogate at one draw, with a baseline c.
    var gradient: @Sendable (DocumentProblem, Double, inout Exhaustive) throws -> Slopes
    /// The gradient for W and b of the surrogate without detach, at one draw.
    var undetached: @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double]
    /// The surrogate's value at one draw.
    var value: @Sendable (DocumentProblem, inout Exhaustive) throws -> Double
    /// How far the first step of training moves λ: Adam with η = .05 and ε = 10⁻⁸.
    var adamStep: @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double]
    /// How far the first step on mini-batches moves b and λ: plain ascent with η = ½.
    var batchStep: @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, DocumentProblem>

  static let checks: [Check] = [
    variational, model, withBaseline, valueIsNotTheBound, withoutDetach, adamStep, batchStep,
  ]
}

extension SurrogateDerivation {
  static let variational = Check(
    "lambda", "E[∇_λ surrogate] = ∇_λ ELBO",
    because: "only log q is differentiated: signal times score, less ∇KL",
    claims: ["A-278", "A-038"], as: .step
  ) { parts, problem in
    let found = try exactMoments { try parts.gradient(problem, 0, &$0).variational }
    return .equal(found.means, problem.exactGradient)
  }

  static let model = Check(
    "theta", "E[∇_θ surrogate] = ∇_θ ELBO",
    because: "the only θ outside detach(…) is in log p(x|z)", claims: ["A-278", "A-273"],
    as: .step
  ) { parts, problem in
    let found = try exactMoments { try parts.gradient(problem, 0, &$0).model }
    return .equal(found.means, problem.exactModelGradient())
  }

  static let withBaseline = Check(
    "with-a-baseline", "E[∇_λ (detach(ℓ(z) − c) log q + …)] = ∇_λ ELBO,  c = −3",
    because: "a constant in the detached factor multiplies a score, whose mean is zero",
    claims: ["A-278", "A-282"], as: .specialCase
  ) { parts, problem in
    let found = try exactMoments { try parts.gradient(problem, -3, &$0).variational }
    return .equal(found.means, problem.exactGradient)
  }

  static let valueIsNotTheBound = Check(
    "value-is-not-the-bound", "E[surrogate] ≠ ELBO",
    because: "E_q[ℓ log q] is added, which nobody asked for: do not plot it, do not stop on it",
    claims: ["A-278"], as: .consequence
  ) { parts, problem in
    let found = try exactMean { try parts.value(problem, &$0) }
    let excess = problem.states.sum { z, q in
      ExactValue(q) * ExactValue(problem.model.logLikelihood(z))
        * ExactValue(problem.logPosterior(z))
    }
    return .different(found, problem.exactBound, by: excess, atLeast: 1e-9)
  }

  static let withoutDetach = Check(
    "without-detach", "E[∇_θ surrogate] ≠ E[∇_θ surrogate without detach]",
    because: "log q(z) ∇_θ log p(x|z) comes in: the gradient of another function",
    claims: ["A-278"], as: .consequence
  ) { parts, problem in
    let found = try exactMoments { try parts.gradient(problem, 0, &$0).model }
    let undetached = try exactMoments { try parts.undetached(problem, &$0) }
    let extra = problem.exactModelGradient(problem.logPosterior)
    return .different(
      found.means, undetached.means, by: extra.map { -$0 }, atLeast: 1e-9)
  }
}

// MARK: Steps along it

extension SurrogateDerivation {
  static let adamStep = Check(
    "first-step", "E[λ₁] − λ₀ = η E[g/(|g| + ε)],  g = log p(x|z) (z − b) − ∇_λ KL(q‖p(z))",
    because: "training never builds the node: g is its gradient at one draw, and Adam’s first "
      + "step keeps its sign", as: .aside
  ) { parts, problem in
    let found = try exactMoments { try parts.adamStep(problem, &$0) }
    let slopes = problem.divergenceGradients.ofQ
    let expected = problem.b.indices.map { d in
      problem.states.sum { z, q -> ExactValue in
        let score = ExactValue(z[d]) - ExactValue(problem.b[d])
        let g = ExactValue(problem.model.logLikelihood(z)) * score - ExactValue(slopes[d])
        let size = g.value < 0 ? -g : g
        return ExactValue(q) * ExactValue(0.05) * g / (size + ExactValue(1e-8))
      }
    }
    return .equal(
      found.means, expected,
      rounding: .of(size: problem.largestLogOdds, because: "λ₀ is taken away from λ₁"))
  }

  static let batchStep = Check(
    "batch-step", "E[(u, λ)₁] − (u, λ)₀ = ½ ∇ELBO,  a batch of one document",
    because: "the same gradient written out by hand, from the outputs back to the inputs",
    as: .aside
  ) { parts, problem in
    let found = try exactMoments { try parts.batchStep(problem, &$0) }
    let gradient = problem.exactModelGradient().suffix(problem.vocabulary) + problem.exactGradient
    return .equal(
      found.means, gradient.map { 0.5 * $0 },
      rounding: .of(
        size: problem.largestLogOdds + problem.largestLogLikelihood,
        because: "numbers before a step are taken away from those after it"))
  }
}
