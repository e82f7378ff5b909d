import Exact
import LessonKit
import Models
import Probability
import Verification

/// Derivation `rao-blackwell`: what can be left out of a signal, and what that does.
enum RaoBlackwellDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// E[f | x] for each x.
    var conditional: @Sendable (RaoBlackwellProblem) -> [Double]
    /// The local estimator of ∇ELBO at one draw, both components.
    var local: @Sendable (RaoBlackwellProblem, inout Exhaustive) throws -> [Double]
    /// The estimator with the whole signal.
    var full: @Sendable (RaoBlackwellProblem, inout Exhaustive) throws -> [Double]
    /// E_q[(outside terms) · score₁].
    var outsideMean: @Sendable (RaoBlackwellProblem) -> Double
    /// score₁ · (terms with z₁), averaged over what is called the neighbourhood, at a value of z₁.
    var neighbourhoodMean: @Sendable (RaoBlackwellProblem, Double) -> Double
    /// Σ over the neighbourhood of z₁ with z₁ in it.
    var fullMean: @Sendable (RaoBlackwellProblem) -> Double
    /// One stochastic step for the table A: which of its four entries gains.
    var modelStep: @Sendable (RaoBlackwellProblem, inout Exhaustive) throws -> [Double]
    /// A round of the loop at a rate: the steps in λ₁, in λ₂ and in A, over the rate.
    var round: @Sendable (RaoBlackwellProblem, _ rate: Double, inout Exhaustive) throws -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, RaoBlackwellProblem>

  static let checks: [Check] = [
    sameMean, lessVariance, outsideIsNothing, neighbourhood, blanketAlone, localMean, mayRise,
    modelStep, oneRound,
  ]
}

// MARK: Conditional means

extension RaoBlackwellDerivation {
  static let sameMean = Check(
    "same-mean", "E[E[f | y₁]] = E[f],  f = f(y₁, y₂)",
    because: "total expectation; it is f that is replaced, not its mean",
    claims: ["A-127"], as: .consequence
  ) { parts, problem in
    .equal(problem.outerMean(given(parts.conditional(problem))), problem.exactMean)
  }

  static let lessVariance = Check(
    "less-variance", "Var[E[f | y₁]] ≤ Var[f],  gap E[Var[f | y₁]]",
    because: "total variance: the gap is what y₂ still adds", claims: ["A-127"], as: .step
  ) { parts, problem in
    let spread = problem.outerMean(
      parts.conditional(problem).map { value in
        let departure = ExactValue(value) - problem.exactMean
        return departure * departure
      })
    return .atMost(spread, problem.exactVariance, gap: problem.meanConditionalVariance)
  }
}

// MARK: Neighbourhoods

extension RaoBlackwellDerivation {
  static let outsideIsNothing = Check(
    "outside-is-nothing", "E_q[(terms without z₁) ∇log q₁(z₁)] = 0",
    because: "independent of z₁ under q, so a product of means, one of them a mean score",
    claims: ["A-156"], as: .specialCase
  ) { parts, problem in
    .equal(
      parts.outsideMean(problem), 0.0,
      rounding: .of(
        size: problem.largestTerm + problem.offset,
        because: "terms as large as the offset are multiplied by scores that cancel"))
  }

  static let neighbourhood = Check(
    "neighbourhood", "E_{q(z₁) q(z₂)}[(terms with z₁) ∇log q₁] = ∂ELBO/∂λ₁",
    because: "the neighbourhood of Z₁ is its blanket and Z₁ itself", claims: ["A-155"],
    as: .specialCase
  ) { parts, problem in
    .equal(
      parts.fullMean(problem), try problem.exactGradient()[0],
      rounding: .of(
        size: problem.largestTerm + problem.offset,
        because: "masses that add up to zero multiply terms, of which only changes are left; the "
          + "offset is in every log p(x, z)"))
  }

  static let blanketAlone = Check(
    "blanket-alone", "E_{q(z₂)}[(terms with z₁) ∇log q₁] ≠ ∂ELBO/∂λ₁",
    because: "averaged over the blanket alone it is still a function of z₁, shown at 0 and 1",
    claims: [.against("A-155")], as: .erratum
  ) { parts, problem in
    let gradient = try problem.exactGradient()[0]
    let found = [0.0, 1].map { parts.neighbourhoodMean(problem, $0) }
    let b = problem.b
    let exact = [0.0, 1].map { first in
      (1 - b[1]) * problem.local([first, 0]) * (first - b[0])
        + b[1] * problem.local([first, 1]) * (first - b[0])
    }
    return .different(
      found, [gradient, gradient], by: exact.map { $0 - gradient }, atLeast: 1e-9,
      rounding: .of(
        size: problem.largestTerm + problem.offset, because: "the offset is in every log p(x, z)"))
  }
}

// MARK: Steps that look at the neighbourhood alone

extension RaoBlackwellDerivation {
  static let localMean = Check(
    "local-mean", "E[f_d(z) (z_d − b_d)] = ∂ELBO/∂λ_d,  d = 1, 2",
    because: "the terms without z_d are a constant for bit d, and the mean of its score is zero",
    claims: ["A-155", "A-157", "A-158"], as: .consequence
  ) { parts, problem in
    let found = try exactMoments { try parts.local(problem, &$0) }
    return .equal(found.means, try problem.exactGradient())
  }

  static let mayRise = Check(
    "may-rise", "Var[f₁(z) s₁] ≥ Var[f(z) s₁]  when the terms left out cancelled the rest",
    because: "f₁ has the +20 and not the −20: dropping is no Rao–Blackwell step",
    claims: ["A-157"], as: .consequence
  ) { parts, problem in
    let found = try exactMoments { try parts.local(problem, &$0) }
    let full = try exactMoments { try parts.full(problem, &$0) }
    // Equal means: the variances differ by E[s² (f_local² − f²)].
    let gap = problem.states.sum { z, q in
      let s = ExactValue(z[0]) - ExactValue(problem.b[0])
      let local = ExactValue(problem.local(z))
      let kept = local + ExactValue(problem.offset)
      let whole = local + ExactValue(problem.outside(z))
      return ExactValue(q) * s * s * (kept - whole) * (kept + whole)
    }
    return .atLeast(found.covariances[0], full.covariances[0], gap: gap)
  }

  static let modelStep = Check(
    "model-step", "E[∇_A log p(x, z¹)] = ∇_A ELBO",
    because: "the M-step of the loop: the entry of A that was drawn gains, in the mean q(z₁, z₂)",
    claims: ["A-158"], as: .aside
  ) { parts, problem in
    let found = try exactMoments { try parts.modelStep(problem, &$0) }
    return .equal(found.means, try problem.exactSlopes())
  }

  static let oneRound = Check(
    "one-round",
    "E[step in λ₁, in λ₂, in A] = E[∂ELBO/∂λ₁ before it, ∂ELBO/∂λ₂ after it, ∇_A ELBO after both]",
    because: "one factor at a time: each step is drawn from q as the steps before it have left it",
    claims: ["A-158"], as: .aside
  ) { parts, problem in
    let rate = 0.05
    let found = try exactMoments { try parts.round(problem, rate, &$0) }
    return .equal(
      found.means, try problem.exactRound(rate: rate),
      rounding: .of(
        size: problem.largestTerm + problem.offset,
        because: "the offset is in every signal, and signals are what the later steps depend on"))
  }
}
