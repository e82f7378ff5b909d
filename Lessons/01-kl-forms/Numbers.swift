import Exact
import LessonKit
import Models
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "lecture-right": { _ in
    let pair = try GaussianPair.lecture()
    return PlaneLaw(pair.q).expectedLogRatio(to: PlaneLaw(pair.p))
  },
  "lecture-printed": { _ in
    let pair = try GaussianPair.lecture()
    return PlaneLaw(pair.q).printedDivergence(from: PlaneLaw(pair.p))
  },
  "standard-right": { _ in try standardDivergence() },
  "standard-printed": { _ in
    PlaneLaw(try GaussianPair.lecture().q)
      .printedDivergence(from: PlaneLaw(try .standardInThePlane()))
  },
  // −½ n with the five data for n, in the place of −½ d with d = 2.
  "standard-five": { _ in try standardDivergence() - 0.5 * (5 - 2) },
  "running": { _ in exactDivergence(of: running.q, from: running.p) },
  "running-reverse": { _ in exactDivergence(of: running.p, from: running.q) },
  "running-second": { _ in
    let (q, p) = (ExactValue(running.q[1]), ExactValue(running.p[1]))
    return q * (q / p).logarithm
  },
  "best-rate": { _ in ExactValue(experts.mean) },
  "poisson-left": { _ in try experts.divergenceAtTheMean() },
  "variance": { _ in ExactValue(experts.variance) },
  "two-parameters-left": { _ in try experts.divergence(from: negativeBinomial) },
  "two-parameters-mode": { _ in ExactValue(Double(negativeBinomial.mode)) },
  "two-parameters-share": { _ in
    let whole = try experts.divergenceAtTheMean()
    return 100 * (whole - (try experts.divergence(from: negativeBinomial))) / whole
  },
  "evidence": { _ in ExactPosterior(of: weighted.joint).logEvidence },
  "half-at-the-posterior": { _ in
    ExactValue(
      PenaltyDerivation.answer.objective(
        ExactPosterior(of: weighted.joint).probabilities ?? [], weighted.joint, 0.5))
  },
  "half-at-q": { _ in
    ExactValue(PenaltyDerivation.answer.objective(weighted.q, weighted.joint, 0.5))
  },
  "penalty": { _ in FamilyProblem.example.exactPenalty },
  "aggregate": { _ in
    exactDivergence(of: FamilyProblem.example.aggregate, from: FamilyProblem.example.prior)
  },
]

/// KL of the lecture's q from N(0, I).
private func standardDivergence() throws -> ExactValue {
  let q = PlaneLaw(try GaussianPair.lecture().q)
  return q.expectedLogRatio(to: PlaneLaw(try .standardInThePlane()))
}

private let running = DivergenceExercise.Problem.example
private let weighted = PenaltyDerivation.Problem.example
private let experts = Experts.twoAndNine
private let negativeBinomial = NegativeBinomialLaw(
  mean: experts.mean, variance: experts.variance)
