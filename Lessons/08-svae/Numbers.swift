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
  "cosine-late": { _ in ExactValue(try Steps(3, truncated: true).points[2].cosine) },
  "surrogate": { _ in BiasedEstimate(try Steps(0, truncated: true).points[0].surrogate) },
  "share": { _ in ExactValue(try localShare(try ClusterProblem.threePoints(), towards: 0).share) },
  "loss": { _ in
    let elbos = try Steps(12, truncated: true).points.map(\.elbo)
    return ExactValue(elbos.reduce(-.infinity, max) - elbos[12])
  },
  "elbo-full": { _ in LowerBound(try Steps(24, truncated: false, size: 0.5).points[24].elbo) },
  "warped-elbo": { _ in
    let problem = try CurveProblem.warped()
    return LowerBound(
      try WarpedDerivation.answer.elbo(problem) { try problem.fit(under: $0).value })
  },
  "warped-evidence": { _ in try CurveProblem.warped().logEvidence() },
  "skewness": { _ in
    ExactValue(WarpedDerivation.answer.skewness(NormalLaw(mean: 1.5, variance: 1)))
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
