import Approximate
import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "share-of-one": { _ in exact(try Turn(closedForm: false).shares[0]) },
  "turned-first": { _ in exact(try Turn(closedForm: true).shares[0]) },
  "turned-second": { _ in exact(try Turn(closedForm: true).shares[1]) },
  "turned-degrees": { _ in exact(try Turn(closedForm: true).degrees) },
  "share-of-many": { _ in exact(1 - (1 - 0.8) / 300_000) },
  "evidence": { _ in
    exact(ExactPosterior(of: DocumentProblem.example.observed).logEvidence.value)
  },
  "elbo": { _ in DocumentProblem.example.exactBound },
  "gap": { _ in
    let problem = DocumentProblem.example
    return exact(
      ExactPosterior(of: problem.observed).logEvidence.value - problem.exactBound.value)
  },
  "node-mean": { _ in
    let problem = DocumentProblem.example
    return try exactMean { choices in
      problem.networks.surrogate(
        problem.document, latents: Vector(try problem.q.sample(&choices)), divergence: .analytic)
    }
  },
  "plain-variance": { _ in exact(try documentVariance(None())) },
  "best-variance": { _ in
    exact(try documentVariance(try PerComponent.optimal(for: DocumentProblem.example.elbo)))
  },
  "mean-variance": { _ in
    exact(try documentVariance(Constant(DocumentProblem.example.exactBound.value)))
  },
  "straight-ratio": { _ in
    let bit = OneBit(logOdds: -1)
    return exact(abs(try bit.straightThrough() / bit.exact))
  },
  "step-share": { _ in exact(try StepMoments(NVILSettings()).share) },
  "step-degrees": { _ in exact(try StepMoments(NVILSettings()).turn.degrees) },
]

/// A number that was enumerated.
private func exact(_ value: Double) -> ExactValue { ExactValue(value) }

/// The variance of one draw on the document, both components together.
private func documentVariance(_ weighting: some Weighting) throws -> Double {
  try exactMoments(of: ScoreFunction(weighting), DocumentProblem.example.elbo, samples: 1)
    .covarianceTrace
}
