import Exact
import LessonKit
import Models
import Probability
import Verification

/// Derivation `input-baseline`: what a baseline that looks at the document estimates and learns.
enum InputBaselineDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// The gradient of the second document, after a step on the first.
    var secondStep: @Sendable (InputBaselineProblem, inout Exhaustive) throws -> [Double]
    /// The gradient of the first document at the given weights.
    var singleStep: @Sendable (InputBaselineProblem, inout Exhaustive) throws -> [Double]
    /// w after a step on the first document.
    var learned: @Sendable (InputBaselineProblem, inout Exhaustive) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, InputBaselineProblem>

  static let checks: [Check] = [
    unbiasedForEachDocument, parabolaForEachDocument, followsTheSignal,
  ]

  static let unbiasedForEachDocument = Check(
    "unbiased-for-each-document", "E[(f(z) − c_w(x)) s(z)] = ∇ELBO_x,  w learned before",
    because: "given x and the past, c_w(x) is a constant; two steps were run, one after the other",
    claims: ["A-295", "A-282"], as: .specialCase
  ) { parts, problem in
    let found = try exactMoments { try parts.secondStep(problem, &$0) }
    let exact = exactELBOGradient(factorised: problem.q.probabilities, of: problem.second) ?? []
    return .equal(found.means, exact)
  }

  static let parabolaForEachDocument = Check(
    "parabola-for-each-document",
    "Var[(f − c) s] = E[f²s²] − 2c E[fs²] + c² E[s²] − (∂ELBO_x)²",
    because: "each document has a parabola and a best constant of its own; c(x) may follow it",
    claims: ["A-295"], as: .specialCase
  ) { parts, problem in
    let found = try exactMoments { try parts.singleStep(problem, &$0) }
    let c = problem.exactBaseline
    let variances = (0..<2).map { d -> ExactValue in
      let (ofSquare, ofSignal) = (problem.moment(2, component: d), problem.moment(1, component: d))
      let (ofScore, slope) = (problem.moment(0, component: d), problem.slope(component: d))
      return ofSquare - 2 * c * ofSignal + c * c * ofScore - slope * slope
    }
    return .equal(found.variances, variances)
  }

  static let followsTheSignal = Check(
    "follows-the-signal", "E[w′] = w + η (E_q[f] − c(x)) ψ(x)",
    because: "least squares moves c(x) the way to the mean signal of this document, the ELBO",
    as: .consequence
  ) { parts, problem in
    let found = try exactMoments { try parts.learned(problem, &$0) }
    let elbo = exactELBO(factorised: problem.q.probabilities, of: problem.first)
    let step = ExactValue(problem.rate) * (elbo - problem.exactBaseline)
    let expected = zip(problem.weights, problem.features(problem.first)).map {
      ExactValue($0) + step * ExactValue($1)
    }
    return .equal(found.means, expected)
  }
}
