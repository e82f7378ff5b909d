import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "evidence": { _ in try ClusterProblem.threePoints().logEvidence },
  "elbo-first": { _ in LowerBound(try Steps(0, truncated: true).points[0].elbo) },
  "elbo-best": { _ in
    LowerBound(try Steps(2, truncated: true).points.map(\.elbo).reduce(-.infinity, max))
  },
  "cosine-early": { _ in ExactValue(try Steps(2, truncated: true, rates: true).points[2].cosine) },
  "cosine-late": { _ in ExactValue(try Steps(8, truncated: true, rates: true).points[8].cosine) },
  "slow-best": { _ in
    LowerBound(try Steps(40, truncated: true, size: 0.1).points.map(\.elbo).reduce(-.infinity, max))
  },
  "truncated-end": { _ in LowerBound(try truncatedEnd()) },
  "worth": { _ in ExactValue(try fullEnd() - truncatedEnd()) },
  "rest": { _ in ExactValue(try ClusterProblem.threePoints().logEvidence.value - fullEnd()) },
  "surrogate": { _ in BiasedEstimate(try Steps(0, truncated: true).points[0].surrogate) },
  "share": { _ in ExactValue(try localShare(try ClusterProblem.threePoints(), towards: 0).share) },
  "loss": { _ in
    let elbos = try Steps(12, truncated: true).points.map(\.elbo)
    return ExactValue(elbos.reduce(-.infinity, max) - elbos[12])
  },
  "elbo-full": { _ in LowerBound(try fullEnd()) },
  "warped-elbo": { _ in
    let problem = try CurveProblem.warped()
    return LowerBound(
      try WarpedDerivation.answer.elbo(problem) { try problem.fit(under: $0).value })
  },
  "warped-evidence": { _ in try CurveProblem.warped().logEvidence() },
  "skewness": { _ in
    ExactValue(WarpedDerivation.answer.skewness(NormalLaw(mean: 1.5, variance: 1)))
  },
  "skewness-noise": { _ in
    // The noise adds to the variance and nothing to the third moment.
    let (square, noise) = (0.5 + 1.5 * 1.5, try CurveProblem.warped().decoder.variance)
    let skewness = WarpedDerivation.answer.skewness(NormalLaw(mean: 1.5, variance: 1))
    let share = square / (square + noise)
    return ExactValue(skewness * share * share.squareRoot())
  },
  "chain-share": { _ in
    let problem = try ChainProblem.threeSteps()
    let bound = try StructuredBound(
      problem.dynamics, globals: problem.globals, potentials: problem.potentials)
    let (full, local) = (
      try bound.naturalGradient(asked: problem.asked), try bound.localTerm(asked: problem.asked)
    )
    return ExactValue((dot(local, local) / dot(full, full)).squareRoot())
  },
]

/// The ELBO where the rule without the term comes to rest.
private func truncatedEnd() throws -> Double {
  try Steps(160, truncated: true).points[160].elbo
}

/// The ELBO where the whole natural gradient comes to rest.
private func fullEnd() throws -> Double {
  try Steps(24, truncated: false).points[24].elbo
}
