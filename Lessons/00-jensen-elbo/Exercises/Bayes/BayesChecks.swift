import GSL
import LessonKit
import Models
import Probability
import Verification

/// The signature of exercise `bayes`: what a joint table says about z once x is seen.
protocol BayesRule: Sendable {
  /// p(x).
  func evidence(_ joint: FiniteJoint) -> Double
  /// p(z | x), state by state.
  func posterior(_ joint: FiniteJoint) -> [Double]
}

extension Sheet where Subject == any BayesRule, Model == BoundProblem {
  /// Write the evidence and the posterior of a table.
  static let bayes: Sheet<any BayesRule, BoundProblem> = Sheet(
    id: "bayes",
    title: "Four names for one table",
    task: """
      Prior times likelihood is the joint; the sum of the joint is the evidence; joint over \
      evidence is the posterior. Write the last two.
      """,
    hints: [
      "The evidence is a sum over states, each weighed by its prior.",
      "The posterior has the prior in it too.",
      "p(z|x) = p(z) p(x|z) / Σ_z′ p(z′) p(x|z′).",
    ],
    example: .threeStates,
    draw: { cases in try .random(&cases) },
    lines: [evidenceIsASum, posteriorTimesEvidence, posteriorSumsToOne, likelihoodUnderAFlatPrior])
}

extension Sheet where Subject == any BayesRule, Model == BoundProblem {
  static var evidenceIsASum: Line<any BayesRule, BoundProblem> {
    Line(
      "evidence-is-a-sum", "p(x) = Σ_z p(z) p(x|z)", because: "x happens along with some z",
      claims: ["A-228"]
    ) { rule, problem in
      let (prior, likelihood) = (problem.joint.prior, problem.joint.likelihood)
      return .equal(
        rule.evidence(problem.joint), zip(prior, likelihood).reduce(0) { $0 + $1.0 * $1.1 })
    }
  }

  static var posteriorTimesEvidence: Line<any BayesRule, BoundProblem> {
    Line(
      "posterior-times-evidence", "p(z|x) p(x) = p(z) p(x|z)",
      because: "the joint, factorised both ways", claims: ["A-010", "A-228"]
    ) { rule, problem in
      let (prior, likelihood) = (problem.joint.prior, problem.joint.likelihood)
      let evidence = zip(prior, likelihood).reduce(0) { $0 + $1.0 * $1.1 }
      return .equal(
        rule.posterior(problem.joint).map { $0 * evidence }, zip(prior, likelihood).map { $0 * $1 })
    }
  }

  static var posteriorSumsToOne: Line<any BayesRule, BoundProblem> {
    Line(
      "posterior-sums-to-one", "Σ_z p(z|x) = 1", because: "dividing by the sum makes the sum one",
      claims: ["A-010"]
    ) { rule, problem in
      .equal(rule.posterior(problem.joint).reduce(0, +), 1)
    }
  }

  static var likelihoodUnderAFlatPrior: Line<any BayesRule, BoundProblem> {
    Line(
      "flat-prior", "p(z) flat:  p(z|x) = p(x|z) / Σ_z′ p(x|z′)",
      because: "a flat prior cancels, and only a flat one does"
    ) { rule, problem in
      let likelihood = problem.joint.likelihood
      let count = Double(likelihood.count)
      let flat = try FiniteJoint(prior: likelihood.map { _ in 1 / count }, likelihood: likelihood)
      let total = likelihood.reduce(0, +)
      return .equal(rule.posterior(flat), likelihood.map { $0 / total })
    }
  }
}
