import Approximate
import Exact
import LessonKit
import Models
import Probability
import Verification

extension Page {
  /// The bound written three ways, and what is printed with the wrong sign.
  static let threeForms: Exercise<any ThreeForms, FactorProblem> = Exercise(
    .threeForms,
    answer: LibraryForms(),
    derivation: [
      fitMinusDivergenceIsBelow, printedBoundIsNone, gapByFitAndDivergence, printedGapIsNone,
    ],
    mistakes: threeFormMistakes)
}

/// The answer: the library's three forms and their parts.
private struct LibraryForms: RightForms {}

/// The library's forms, so that a mistake replaces one of them and keeps the rest.
protocol RightForms: ThreeForms {}

extension RightForms {
  func entropy(_ problem: FactorProblem) -> Double { problem.q.entropy }
  func divergenceFromThePrior(_ problem: FactorProblem) -> Double {
    problem.q.kullbackLeibler(from: problem.prior)
  }
  func jointForm(_ problem: FactorProblem) -> Double {
    elbo(of: problem.q, problem.document).value
  }
  func entropyForm(_ problem: FactorProblem) -> Double {
    elboByEntropy(of: problem.q, problem.document).value
  }
  func priorForm(_ problem: FactorProblem) -> Double {
    elboByDivergence(of: problem.q, problem.document, prior: problem.prior).value
  }
}

// MARK: Lines to read: the sign

extension Page {
  private static var fitMinusDivergenceIsBelow: Line<any ThreeForms, FactorProblem> {
    Line(
      "minus-is-a-bound", "E_q[log p(x|z)] − KL(q‖p(z)) ≤ log p(x)",
      because: "it is the ELBO: the divergence from the prior is a price", claims: ["A-081"]
    ) { forms, problem in
      let posterior = ExactPosterior(of: problem.document)
      return .atMost(
        forms.priorForm(problem), posterior.logEvidence.value,
        gap: exactGap(factorised(problem.q.probabilities), posterior), magnitude: 20)
    }
  }

  /// At the posterior of one bit the bound is tight, so that the printed form exceeds log p(x).
  private static var printedBoundIsNone: Line<any ThreeForms, FactorProblem> {
    Line(
      "plus-is-none", "printed: E_q[log p(x|z)] + KL(q‖p(z)) ≠ ELBO(q), by 2 KL(q‖p(z))",
      because: "a sign was lost: the two signs of the divergence are 2 KL apart",
      claims: ["A-078"]
    ) { forms, problem in
      let divergence = forms.divergenceFromThePrior(problem)
      let printed = forms.priorForm(problem) + 2 * divergence
      return .different(
        printed, enumeratedELBO(problem), by: 2 * enumeratedDivergence(problem),
        atLeast: 2 * pinsker(problem), magnitude: 20)
    }
  }

  private static var gapByFitAndDivergence: Line<any ThreeForms, FactorProblem> {
    Line(
      "gap-by-fit-and-divergence", "log p(x) − E_q[log p(x|z)] + KL(q‖p(z)) = KL(q‖p(z|x))",
      because: "the same line, solved for the gap", claims: ["A-077"]
    ) { forms, problem in
      let posterior = ExactPosterior(of: problem.document)
      return .equal(
        posterior.logEvidence.value - forms.priorForm(problem),
        exactGap(factorised(problem.q.probabilities), posterior), magnitude: 20)
    }
  }

  private static var printedGapIsNone: Line<any ThreeForms, FactorProblem> {
    Line(
      "printed-gap-is-none",
      "printed: log p(x) − E_q[log p(x|z)] − KL(q‖p(z)) ≠ KL(q‖p(z|x))",
      because: "it falls short by 2 KL(q‖p(z)), and can be negative, as no divergence is",
      claims: ["A-077"]
    ) { forms, problem in
      let posterior = ExactPosterior(of: problem.document)
      let printed =
        posterior.logEvidence.value - forms.priorForm(problem)
        - 2 * forms.divergenceFromThePrior(problem)
      return .different(
        printed, exactGap(factorised(problem.q.probabilities), posterior),
        by: -2 * enumeratedDivergence(problem), atLeast: 2 * pinsker(problem), magnitude: 20)
    }
  }

  /// 2 (b_1 − p_1)² ≤ KL(b_1‖p_1) ≤ KL(q‖p(z)), Pinsker's inequality for the first bit.
  private static func pinsker(_ problem: FactorProblem) -> Double {
    let difference = problem.q.probabilities[0] - problem.prior.probabilities[0]
    return 2 * difference * difference
  }
}
