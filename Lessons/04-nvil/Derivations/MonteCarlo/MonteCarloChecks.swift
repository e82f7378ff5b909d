import Exact
import LessonKit
import Probability
import Verification

/// Derivation `monte-carlo`: what a number of draws can and cannot do; every tuple of draws is
/// visited.
enum MonteCarloDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// (1/S) Σ_s f(z^s).
    var average: @Sendable (MonteCarloProblem, inout Exhaustive) throws -> Double
    /// (1/S) Σ_s (log p − log q)(z^s) ∇_φ log q(z^s).
    var gradient: @Sendable (MonteCarloProblem, inout Exhaustive) throws -> [Double]
    /// (1/S) Σ_s log p(x, z^s) − log q(z^s).
    var elbo: @Sendable (MonteCarloProblem, inout Exhaustive) throws -> Double
    /// ½ (f(z¹) + f(z²)) with z² a copy of z¹.
    var copiedPair: @Sendable (MonteCarloProblem, inout Exhaustive) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, MonteCarloProblem>

  static let checks: [Check] = [
    mean, variance, notTheRoot, copiesKeepTheMean, copiesGainNothing, elbo, printedELBO, gradient,
    gradientCovariance, printedGradient,
  ]
}

// MARK: Averages

extension MonteCarloDerivation {
  static let mean = Check(
    "mean", "E[(1/S) Σ_j f(z^j)] = E_q[f]",
    because: "the mean of a sum is the sum of the means; all tuples of S draws were run",
    claims: ["A-008"],
    as: .step
  ) { parts, problem in
    let found = try exactMean { try parts.average(problem, &$0) }
    return .equal(found, problem.mean)
  }

  static let variance = Check(
    "variance", "Var[(1/S) Σ_j f(z^j)] = Var_q[f] / S",
    because: "variances of independent draws add, and the factor 1/S is squared",
    claims: ["A-008", .inPlaceOf("A-280")], as: .step
  ) { parts, problem in
    let found = try exactMoments { [try parts.average(problem, &$0)] }
    return .equal(
      found.covariances, [problem.variance / ExactValue(Double(problem.samples))])
  }

  static let notTheRoot = Check(
    "not-the-root", "Var_q[f] / √S ≠ Var[(1/S) Σ_j f(z^j)]",
    because: "it is the standard deviation that falls as 1/√S", claims: [.against("A-280")],
    as: .erratum
  ) { parts, problem in
    let found = try exactMoments { [try parts.average(problem, &$0)] }
    let (one, count) = (problem.variance, ExactValue(Double(problem.samples)))
    return .different(
      [one / count.squareRoot], found.covariances, by: [one / count.squareRoot - one / count],
      atLeast: 1e-9)
  }

  static let copiesKeepTheMean = Check(
    "copies-keep-the-mean", "E[½ f(z) + ½ f(z)] = E_q[f]",
    because: "lack of bias needs the right law for each draw, not independence", claims: ["A-008"],
    as: .specialCase
  ) { parts, problem in
    let found = try exactMean { try parts.copiedPair(problem, &$0) }
    return .equal(found, problem.mean)
  }

  static let copiesGainNothing = Check(
    "copies-gain-nothing", "Var[½ f(z) + ½ f(z)] ≠ Var_q[f] / 2",
    because: "independence is what pays for the 1/S: a copy leaves all of Var_q[f]",
    claims: ["A-008"], as: .specialCase
  ) { parts, problem in
    let found = try exactMoments { [try parts.copiedPair(problem, &$0)] }
    let half = problem.variance / 2
    return .different(found.covariances, [half], by: [half], atLeast: 1e-9)
  }
}

// MARK: The bound and its gradient

extension MonteCarloDerivation {
  static let elbo = Check(
    "elbo", "E[(1/S) Σ_j log (p(x,z^j)/q(z^j))] = ELBO",
    because: "the ELBO is a mean under q, and the draws are from q", claims: [.inPlaceOf("A-124")],
    as: .specialCase
  ) { parts, problem in
    let found = try exactMean { try parts.elbo(problem, &$0) }
    let exact = exactELBO(of: problem.law.probabilities, logJoints: problem.logJoints)
    return .equal(found, exact)
  }

  static let printedELBO = Check(
    "printed-elbo", "E[(1/S) Σ_j q(z^j) log (p/q)] ≠ E[(1/S) Σ_j log (p/q)]",
    because: "drawing from q is the weight; with q in the summand it is counted twice",
    claims: [.against("A-124")], as: .erratum
  ) { parts, problem in
    let found = try exactMean { try parts.elbo(problem, &$0) }
    let (q, signals) = (given(problem.law.probabilities), problem.signals)
    let printed = problem.law.exactMean(zip(q, signals).map { $0 * $1 })
    let excess = problem.law.exactMean(zip(q, signals).map { ($0 - 1) * $1 })
    return .different(printed, found, by: excess, atLeast: 1e-9)
  }

  static let gradient = Check(
    "gradient", "E[(1/S) Σ_j f(z^j) ∇log q(z^j)] = ∇ELBO,  f = log p − log q",
    because: "for any S, one included: the score-function gradient is a mean under q",
    claims: ["A-039", "A-154", .inPlaceOf("A-125")], as: .specialCase
  ) { parts, problem in
    let found = try exactMoments { try parts.gradient(problem, &$0) }
    return .equal(found.means, problem.exactGradient)
  }

  static let gradientCovariance = Check(
    "gradient-covariance", "S · Cov[(1/S) Σ_j f(z^j) ∇log q(z^j)] = Cov_q[f ∇log q]",
    because: "the draws are independent, component by component and across components",
    claims: ["A-039", "A-154"], as: .specialCase
  ) { parts, problem in
    let found = try exactMoments { try parts.gradient(problem, &$0) }
    let samples = ExactValue(Double(problem.samples))
    return .equal(
      found.covariances.map { samples * $0 },
      problem.law.exactScoreCovariance(problem.signals))
  }

  static let printedGradient = Check(
    "printed-gradient", "E[(1/S) Σ_j f ∇q] ≠ E[(1/S) Σ_j f ∇log q]",
    because: "∇q = q ∇log q again brings the weight in twice; even signs can change",
    claims: [.against("A-125")], as: .erratum
  ) { parts, problem in
    let found = try exactMoments { try parts.gradient(problem, &$0) }
    let (q, signals) = (given(problem.law.probabilities), problem.signals)
    let printed = problem.law.exactMeanScore(zip(q, signals).map { $0 * $1 })
    let excess = problem.law.exactMeanScore(zip(q, signals).map { ($0 - 1) * $1 })
    return .different(printed, found.means, by: excess, atLeast: 1e-9)
  }
}
