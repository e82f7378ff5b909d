import Approximate
import Exact
import LessonKit
import Models
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "two-evidence": { _ in ExactPosterior(of: try twoStates().joint).logEvidence },
  "two-printed": { _ in
    ExactValue(elboWithTheSignTurned(of: try twoStates().q, try twoStates().joint))
  },
  "two-right": { _ in elboByDivergence(of: try twoStates().q, try twoStates().joint) },
  "two-excess": { _ in
    let (joint, q) = (try twoStates().joint, try twoStates().q)
    return ExactValue(elboWithTheSignTurned(of: q, joint)) - ExactPosterior(of: joint).logEvidence
  },
  "evidence": { _ in ExactPosterior(of: running.joint).logEvidence },
  "elbo": { _ in elbo(of: running.q, running.joint) },
  "gap": { _ in exactGap(running.q, ExactPosterior(of: running.joint)) },
  "half-visited": { _ in
    // The states that q = (½, 0, ½) visits.
    (running.joint.exactJoint(0) + running.joint.exactJoint(2)).logarithm
  },
  "half-elbo": { _ in elbo(of: [0.5, 0, 0.5], running.joint) },
  "two-draws-gain": { _ in FactorProblem.twoFactors.gainOfASecondDraw },
  "best-gap": { _ in
    let model = PoissonCount.threeEvents
    let best = model.bestGaussian()
    return model.exactGap(mean: best.mean, variance: best.variance)
  },
  "laplace-gap": { _ in
    let model = PoissonCount.threeEvents
    let found = GaussianFamilyExercise.laplace(model)
    return model.exactGap(mean: found.mean, variance: found.variance)
  },
]

private let running = BoundProblem.threeStates
