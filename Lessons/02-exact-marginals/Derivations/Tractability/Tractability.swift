import Exact
import GSL
import LessonKit
import Probability
import Models

extension TractabilityDerivation {
  /// The library's sum over totals, and the ways to get it wrong.
  static let derivation = Derivation<Parts, TractabilityProblem>(
    id: "tractability",
    title: "Tractable without an independence",
    example: .example,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      evidence: { problem in
        let logEvidence = try exactLogEvidence(
          ofCount: problem.count, prior: problem.priors, unit: problem.scale,
          multiples: problem.weights)
        return exp(logEvidence.value)
      },
      totals: { distinctSums(of: $0.weights.map { Double($0) }) }),
    mistakes: mistakes)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "mean-total", "p(y | E[Σ w z]) in place of the mean of p(y | Σ w z)", \.evidence
    ) { problem in
      let model = try PoissonFactorModel(
        prior: problem.priors, weights: problem.weights.map { problem.scale * Double($0) })
      return exp(try model.observing(problem.count).logLikelihood(problem.priors))
    },
    Mistake("always-enumerates", "takes 2^D terms whatever the weights", \.totals) {
      1 << $0.weights.count
    },
    Mistake("trusts-the-equal-case", "takes D + 1 terms whatever the weights", \.totals) {
      $0.weights.count + 1
    },
  ]
}
