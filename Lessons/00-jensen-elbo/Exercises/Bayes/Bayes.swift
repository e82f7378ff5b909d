import Exact
import GSL
import LessonKit
import Models
import Probability

extension BayesExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, BoundProblem>(
    id: "bayes",
    title: "Evidence and posterior of a table",
    task: """
      Prior times likelihood is the joint; the sum of the joint is the evidence; joint over \
      evidence is the posterior. Write the last two, `evidence` and `posterior`: everything that \
      follows approximates one of them.
      """,
    hints: [
      "The evidence is a sum over states, each weighed by its prior.",
      "The posterior has the prior in it too.",
      "p(z|x) = p(z) p(x|z) / Σ_z′ p(z′) p(x|z′).",
    ],
    example: .threeStates,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      evidence: { exp(ExactPosterior(of: $0).logEvidence.value) },
      posterior: { ExactPosterior(of: $0).probabilities ?? [] }),
    mistakes: mistakes, handin: handin)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "likelihood-for-posterior", "p(x|z) normalised over z: forgets the prior", \.posterior
    ) { joint in
      let total = joint.likelihood.reduce(0, +)
      return joint.likelihood.map { $0 / total }
    },
    Mistake(
      "joint-for-posterior", "p(x, z) itself: forgets to divide by p(x)", \.posterior
    ) { joint in joint.logJoints.map { exp($0) } },
    Mistake(
      "mean-of-likelihoods", "p(x) as the plain mean of p(x|z) over states", \.evidence
    ) { joint in joint.likelihood.reduce(0, +) / Double(joint.stateCount) },
  ]
}
