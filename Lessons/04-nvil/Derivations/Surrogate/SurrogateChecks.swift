import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// A node for automatic differentiation: right gradient, meaningless value.
enum SurrogateLines {
  typealias Step = Line<SurrogateRules, DocumentProblem>

  static let all: [Step] = [
    variational, model, withBaseline, valueIsNotTheBound, withoutDetach,
  ]

  static let variational = Step(
    "lambda", "E[∇_λ surrogate] = ∇_λ ELBO",
    because: "detach leaves log q alone to be differentiated: signal times score, less ∇KL",
    claims: ["A-278", "A-038"]
  ) { rules, problem in
    let found = try exactMoments { try rules.gradient(problem, 0, &$0).variational }
    return .equal(found.mean, problem.exactGradient, magnitude: 32)
  }

  static let model = Step(
    "theta", "E[∇_θ surrogate] = ∇_θ ELBO",
    because: "the only θ that is not detached is in log p(x|z)", claims: ["A-278", "A-273"]
  ) { rules, problem in
    let found = try exactMoments { try rules.gradient(problem, 0, &$0).model }
    return .equal(found.mean, problem.exactModelGradient(), magnitude: 32)
  }

  static let withBaseline = Step(
    "with-a-baseline", "E[∇_λ (detach(f − c) log q + …)] = ∇_λ ELBO,  c = −3",
    because: "a constant in the detached factor multiplies a score, whose mean is zero",
    claims: ["A-278", "A-282"]
  ) { rules, problem in
    let found = try exactMoments { try rules.gradient(problem, -3, &$0).variational }
    return .equal(found.mean, problem.exactGradient, magnitude: 32)
  }

  static let valueIsNotTheBound = Step(
    "value-is-not-the-bound", "E[surrogate] ≠ ELBO",
    because: "E[f log q] is added, which nobody asked for: do not plot it, do not stop on it",
    claims: ["A-278"]
  ) { rules, problem in
    let found = try exactMean { try rules.value(problem, &$0) }
    let bound = exactELBO(factorised: problem.b, of: problem.observed).value
    let excess = problem.mean { problem.observed.logLikelihood($0) * problem.logPosterior($0) }
    return .different(found.value, bound, by: excess, atLeast: 1e-9, magnitude: 128)
  }

  static let withoutDetach = Step(
    "without-detach", "E[∇_θ surrogate] ≠ E[∇_θ surrogate without detach]",
    because: "log q(z) ∇_θ log p(x|z) comes in: a gradient of another function",
    claims: ["A-278"]
  ) { rules, problem in
    let found = try exactMoments { try rules.gradient(problem, 0, &$0).model }
    let document = problem.document
    let undetached = try exactMoments { choices in
      let z = try SurrogateRules.drawn(problem, &choices)
      return SurrogateRules.parts(problem) {
        $0.surrogateWithoutDetach(document, latents: z)
      }.model
    }
    let extra = problem.exactModelGradient(problem.logPosterior)
    return .different(
      found.mean, undetached.mean, by: extra.map { -$0 }, atLeast: 1e-9, magnitude: 64)
  }
}

extension Page {
  /// A node for automatic differentiation.
  static let surrogate: Exercise<SurrogateRules, DocumentProblem> = Exercise(
    Sheet(
      id: "surrogate", title: "A node whose gradient is right", task: "", hints: [],
      example: .example, draw: DocumentProblem.draw, lines: []),
    answer: .answer, derivation: SurrogateLines.all, mistakes: SurrogateRules.mistakes)
}
