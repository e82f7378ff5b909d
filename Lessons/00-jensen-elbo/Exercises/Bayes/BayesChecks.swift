import LessonKit
import Models
import Probability
import Verification

/// Exercise `bayes`: what a joint table says about z once x is seen.
enum BayesExercise {
  /// What is written.
  struct Parts: Sendable {
    /// p(x).
    var evidence: @Sendable (FiniteJoint) -> Double
    /// p(z | x), state by state.
    var posterior: @Sendable (FiniteJoint) -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, BoundProblem>

  static let checks: [Check] = [
    evidenceIsASum, posteriorTimesEvidence, posteriorSumsToOne, likelihoodUnderAFlatPrior,
  ]
}

extension BayesExercise {
  static let evidenceIsASum = Check(
    "evidence-is-a-sum", "p(x) = Σ_z p(z) p(x|z)",
    because: "x comes about through one z or another",
    claims: ["A-228"], as: .step
  ) { parts, problem in
    .equal(parts.evidence(problem.joint), problem.joint.exactEvidence)
  }

  static let posteriorTimesEvidence = Check(
    "posterior-times-evidence", "p(z|x) p(x) = p(z) p(x|z)",
    because: "the joint, factorised both ways", claims: ["A-010", "A-228"], as: .step
  ) { parts, problem in
    let evidence = problem.joint.exactEvidence
    let joint = problem.q.indices.map { problem.joint.exactJoint($0) }
    return .equal(parts.posterior(problem.joint).map { ExactValue($0) * evidence }, joint)
  }

  static let posteriorSumsToOne = Check(
    "posterior-sums-to-one", "Σ_z p(z|x) = 1", because: "dividing by the sum makes the sum one",
    claims: ["A-010"]
  ) { parts, problem in
    .equal(parts.posterior(problem.joint).reduce(0, +), 1.0)
  }

  static let likelihoodUnderAFlatPrior = Check(
    "flat-prior", "p(z) flat:  p(z|x) = p(x|z) / Σ_z′ p(x|z′)",
    because: "a prior that is constant wherever the likelihood is positive cancels",
    changing: { [Given("p(z)", flat($0.joint.likelihood.count))] }
  ) { parts, problem in
    let likelihood = problem.joint.likelihood
    let joint = try FiniteJoint(prior: flat(likelihood.count), likelihood: likelihood)
    let total = likelihood.sum { ExactValue($0) }
    return .equal(parts.posterior(joint), likelihood.map { ExactValue($0) / total })
  }
}
