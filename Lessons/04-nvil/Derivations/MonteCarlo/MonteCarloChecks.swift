import Exact
import GSL
import LessonKit
import Probability
import Verification

/// What a number of draws can and cannot do; every tuple of draws is visited.
enum DrawLines {
  typealias Step = Line<DrawRules, DrawProblem>

  static let all: [Step] = [
    mean, variance, notTheRoot, copiesKeepTheMean, copiesGainNothing, elbo, printedELBO, gradient,
    gradientCovariance, printedGradient,
  ]

  static let mean = Step(
    "mean", "E[(1/S) Σ_s f(z^s)] = E_q[f]",
    because: "the mean of a sum is the sum of the means; all Kˢ tuples were run", claims: ["A-008"]
  ) { rules, problem in
    let found = try exactMean { try rules.average(problem, &$0) }
    return .equal(found.value, problem.mean(problem.logJoints), magnitude: 8)
  }

  static let variance = Step(
    "variance", "Var[(1/S) Σ_s f(z^s)] = Var_q[f] / S",
    because: "variances of independent draws add, and the factor 1/S is squared",
    claims: ["A-008", "A-280"]
  ) { rules, problem in
    let found = try exactMoments { [try rules.average(problem, &$0)] }
    return .equal(
      found.variances[0], problem.variance(problem.logJoints) / Double(problem.samples),
      magnitude: 16)
  }

  static let notTheRoot = Step(
    "not-the-root", "Var[(1/S) Σ_s f(z^s)] ≠ Var_q[f] / √S",
    because: "it is the standard deviation that falls as 1/√S", claims: ["A-280"]
  ) { rules, problem in
    let found = try exactMoments { [try rules.average(problem, &$0)] }
    let (one, count) = (problem.variance(problem.logJoints), Double(problem.samples))
    return .different(
      found.variances[0], one / sqrt(count), by: one / count - one / sqrt(count), atLeast: 1e-9,
      magnitude: 16)
  }

  static let copiesKeepTheMean = Step(
    "copies-keep-the-mean", "E[½ f(z) + ½ f(z)] = E_q[f]",
    because: "lack of bias needs the right law for each draw, not independence", claims: ["A-008"]
  ) { rules, problem in
    let found = try exactMean { try rules.copiedPair(problem, &$0) }
    return .equal(found.value, problem.mean(problem.logJoints), magnitude: 8)
  }

  static let copiesGainNothing = Step(
    "copies-gain-nothing", "Var[½ f(z) + ½ f(z)] ≠ Var_q[f] / 2",
    because: "independence is what pays for the 1/S: a copy leaves all of Var_q[f]",
    claims: ["A-008"]
  ) { rules, problem in
    let found = try exactMoments { [try rules.copiedPair(problem, &$0)] }
    let one = problem.variance(problem.logJoints)
    return .different(
      found.variances[0], one / 2, by: one / 2, atLeast: 1e-9, magnitude: 16)
  }

  static let elbo = Step(
    "elbo", "E[(1/S) Σ_s log p(x,z^s)/q(z^s)] = ELBO",
    because: "the ELBO is a mean under q, and the draws are from q", claims: ["A-124"]
  ) { rules, problem in
    let found = try exactMean { try rules.elbo(problem, &$0) }
    let exact = exactELBO(of: problem.law.probabilities, logJoints: problem.logJoints)
    return .equal(found.value, exact.value, magnitude: 8)
  }

  static let printedELBO = Step(
    "printed-elbo", "E[(1/S) Σ_s log p/q] ≠ E[(1/S) Σ_s q(z^s) log p/q]",
    because: "drawing from q is the weight; with q in the summand it is counted twice",
    claims: ["A-124"]
  ) { rules, problem in
    let found = try exactMean { try rules.elbo(problem, &$0) }
    let (q, signal) = (problem.law.probabilities, problem.signal)
    let printed = problem.mean(problem.states.map { q[$0] * signal[$0] })
    let excess = problem.mean(problem.states.map { (1 - q[$0]) * signal[$0] })
    return .different(found.value, printed, by: excess, atLeast: 1e-9, magnitude: 8)
  }

  static let gradient = Step(
    "gradient", "E[(1/S) Σ_s (log p/q)(z^s) ∇log q(z^s)] = ∇ELBO",
    because: "for any S, one included: the score-function gradient is a mean under q",
    claims: ["A-039", "A-154", "A-125"]
  ) { rules, problem in
    let found = try exactMoments { try rules.gradient(problem, &$0) }
    let exact = exactELBOGradient(logits: problem.law.logits, logJoints: problem.logJoints)
    return .equal(found.mean, exact, magnitude: 8)
  }

  static let gradientCovariance = Step(
    "gradient-covariance", "S · Cov[∇̂_S] = Cov_q[(log p/q) ∇log q]",
    because: "the draws are independent, component by component and across components",
    claims: ["A-039", "A-154"]
  ) { rules, problem in
    let found = try exactMoments { try rules.gradient(problem, &$0) }
    let terms = problem.states.map { state in
      problem.law.score(state).map { problem.signal[state] * $0 }
    }
    let mean = problem.law.mean(terms)
    let exact = problem.states.flatMap { i in
      problem.states.map { j in
        problem.mean(terms.map { ($0[i] - mean[i]) * ($0[j] - mean[j]) })
      }
    }
    return .equal(
      found.covariance.flatMap { row in row.map { Double(problem.samples) * $0 } }, exact,
      magnitude: 16)
  }

  static let printedGradient = Step(
    "printed-gradient", "E[(1/S) Σ_s (log p/q) ∇log q] ≠ E[(1/S) Σ_s (log p/q) ∇q]",
    because: "∇q = q ∇log q again brings the weight in twice; even signs can change",
    claims: ["A-125"]
  ) { rules, problem in
    let found = try exactMoments { try rules.gradient(problem, &$0) }
    let (q, signal) = (problem.law.probabilities, problem.signal)
    func mean(_ weight: (Int) -> Double) -> [Double] {
      problem.law.mean(
        problem.states.map { state in
          problem.law.score(state).map { weight(state) * signal[state] * $0 }
        })
    }
    return .different(
      found.mean, mean { q[$0] }, by: mean { 1 - q[$0] }, atLeast: 1e-9, magnitude: 8)
  }
}

extension Page {
  /// What a number of draws can do.
  static let monteCarlo: Exercise<DrawRules, DrawProblem> = Exercise(
    Sheet(
      id: "monte-carlo", title: "What a number of draws can do", task: "", hints: [],
      example: .example, draw: DrawProblem.draw, lines: []),
    answer: .answer, derivation: DrawLines.all, mistakes: DrawRules.mistakes)
}
