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
  "signal-times-log-q": { _ in
    let problem = DocumentProblem.example
    return exact(problem.mean { problem.observed.logLikelihood($0) * problem.logPosterior($0) })
  },
  "sampled-node-mean": { _ in
    let problem = DocumentProblem.example
    return try exactMean { choices in
      problem.networks.surrogate(
        problem.document, latents: Vector(try problem.q.sample(&choices)), divergence: .sampled)
    }
  },
  "best-constant": { _ in
    let (law, f) = (ControlVariatesProblem.example.law, ControlVariatesProblem.example.exactRewards)
    let s = law.exactScores(0)
    return law.exactMean(zip(f, s).map { $0 * $1 * $1 }) / law.exactMean(s.map { $0 * $0 })
  },
  "least-variance": { _ in
    let problem = ControlVariatesProblem.example
    let (law, f) = (problem.law, problem.exactRewards)
    let s = law.exactScores(0)
    let (slope, square) = (
      law.exactMean(zip(f, s).map { $0 * $1 * $1 }), law.exactMean(s.map { $0 * $0 })
    )
    let distance = ExactValue(problem.baseline) - slope / square
    return problem.expandedVariance - distance * distance * square
  },
  "score-square": { _ in
    let law = ControlVariatesProblem.example.law
    return law.exactMean(law.exactScores(0).map { $0 * $0 })
  },
  "two-draw-share": { _ in exact(1 - (1 - 0.8) / 2) },
  "input-before": { _ in InputBaselineProblem().exactBaseline },
  "input-after": { _ in
    let problem = InputBaselineProblem()
    let miss = DocumentProblem.example.exactBound - problem.exactBaseline
    return problem.exactBaseline + ExactValue(problem.stepOfBaseline) * miss
  },
  "input-step": { _ in exact(InputBaselineProblem().stepOfBaseline) },
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
  "cubic-exact": { _ in exact(OneBit.cubicAtZero.exact) },
  "cubic-straight": { _ in exact(try OneBit.cubicAtZero.straightThrough()) },
  "closed-variance": { _ in
    let problem = DocumentProblem.example
    let closed = ExpectedValue.elbo(
      of: problem.observed, under: problem.q, prior: BernoulliFactors(problem.prior))
    return exact(
      try exactMoments(of: ScoreFunction(None()), closed, samples: 1).covarianceTrace)
  },
  "local-variance": { _ in exact(try documentVariance(LocalSignals())) },
  "expectation-variance": { _ in exact(try documentVariance(LocalExpectation())) },
  "first-full": { _ in exact(try raoVariances(ScoreFunction(None()))[0]) },
  "first-local": { _ in exact(try raoVariances(LocalSignals())[0]) },
  "second-full": { _ in exact(try raoVariances(ScoreFunction(None()))[1]) },
  "second-local": { _ in exact(try raoVariances(LocalSignals())[1]) },
  "step-plain": { _ in exact(try StepMoments(.plain).variance) },
  "step-baselines": { _ in exact(try StepMoments(.baselinesAlone).variance) },
  "step-per-share": { _ in
    let step = try StepMoments(NVILSettings())
    return exact(step.variance / (step.share * step.share))
  },
  "step-share": { _ in exact(try StepMoments(NVILSettings()).share) },
  "step-degrees": { _ in exact(try StepMoments(NVILSettings()).turn.degrees) },
]

/// A number that was enumerated.
private func exact(_ value: Double) -> ExactValue { ExactValue(value) }

/// The variance of one draw on the document with a weighting, both components together.
private func documentVariance(_ weighting: some Weighting) throws -> Double {
  try documentVariance(ScoreFunction<BernoulliFactors, _>(weighting))
}

/// The variance of one draw on the document, both components together.
private func documentVariance(
  _ estimator: some GradientEstimator<BernoulliFactors>
) throws -> Double {
  try exactMoments(of: estimator, DocumentProblem.example.elbo, samples: 1).covarianceTrace
}

/// The variances of one draw where local signals lose what cancels.
private func raoVariances(
  _ estimator: some GradientEstimator<BernoulliFactors>
) throws -> [Double] {
  try exactMoments(of: estimator, RaoBlackwellProblem.example.elbo(), samples: 1).variances
}
