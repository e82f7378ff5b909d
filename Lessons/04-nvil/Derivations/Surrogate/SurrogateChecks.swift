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

  /// What is judged.
  struct Parts: Sendable {
    /// The gradient of the surrogate at one draw, with a baseline c.
    var gradient: @Sendable (DocumentProblem, Double, inout Exhaustive) throws -> Slopes
    /// The gradient for W and b of the surrogate without detach, at one draw.
    var undetached: @Sendable (DocumentProblem, inout Exhaustive) throws -> [Double]
    /// The surrogate's value at one draw.
    var value: @Sendable (DocumentProblem, inout Exhaustive) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, DocumentProblem>

  static let checks: [Check] = [
    variational, model, withBaseline, valueIsNotTheBound, withoutDetach,
  ]
}

extension SurrogateDerivation {
  static let variational = Check(
    "lambda", "E[∇_λ surrogate] = ∇_λ ELBO",
    because: "detach leaves log q alone to be differentiated: signal times score, less ∇KL",
    claims: ["A-278", "A-038"]
  ) { parts, problem in
    let found = try exactMoments { try parts.gradient(problem, 0, &$0).variational }
    return .equal(found.means, problem.exactGradient)
  }

  static let model = Check(
    "theta", "E[∇_θ surrogate] = ∇_θ ELBO",
    because: "the only θ that is not detached is in log p(x|z)", claims: ["A-278", "A-273"]
  ) { parts, problem in
    let found = try exactMoments { try parts.gradient(problem, 0, &$0).model }
    return .equal(found.means, problem.exactModelGradient())
  }

  static let withBaseline = Check(
    "with-a-baseline", "E[∇_λ (detach(f − c) log q + …)] = ∇_λ ELBO,  c = −3",
    because: "a constant in the detached factor multiplies a score, whose mean is zero",
    claims: ["A-278", "A-282"]
  ) { parts, problem in
    let found = try exactMoments { try parts.gradient(problem, -3, &$0).variational }
    return .equal(found.means, problem.exactGradient)
  }

  static let valueIsNotTheBound = Check(
    "value-is-not-the-bound", "E[surrogate] ≠ ELBO",
    because: "E[f log q] is added, which nobody asked for: do not plot it, do not stop on it",
    claims: ["A-278"]
  ) { parts, problem in
    let found = try exactMean { try parts.value(problem, &$0) }
    let excess = problem.states.sum { z, q in
      ExactValue(q) * ExactValue(problem.observed.logLikelihood(z))
        * ExactValue(problem.logPosterior(z))
    }
    return .different(found, problem.exactBound, by: excess, atLeast: 1e-9)
  }

  static let withoutDetach = Check(
    "without-detach", "E[∇_θ surrogate] ≠ E[∇_θ surrogate without detach]",
    because: "log q(z) ∇_θ log p(x|z) comes in: a gradient of another function",
    claims: ["A-278"]
  ) { parts, problem in
    let found = try exactMoments { try parts.gradient(problem, 0, &$0).model }
    let undetached = try exactMoments { try parts.undetached(problem, &$0) }
    let extra = problem.exactModelGradient(problem.logPosterior)
    return .different(
      found.means, undetached.means, by: extra.map { -$0 }, atLeast: 1e-9)
  }
}
