import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "flat-elbo": { _ in LowerBound(try TwoGroups.example.climb(first: 0.5, sweeps: 3)[2]) },
  "climbed-elbo": { _ in LowerBound(try TwoGroups.example.climb(first: 0.51, sweeps: 60)[59]) },
  "evidence": { _ in try TwoGroups.example.logEvidence() },
  "gap": { _ in ExactValue(try TwoGroups.example.gap()) },
  "gap-beyond": { _ in ExactValue(try TwoGroups.example.gap() - ExactValue(2.0).logarithm.value) },
  "kurtosis": { _ in
    QuadratureEstimate(try ConjugacyProblem.example().kurtosis { $0 * $0 }, estimatedError: 1e-10)
  },
  "third": { _ in ExactValue(try ConjugacyProblem.example().weightMoments()[2]) },
  "third-matched": { _ in
    ExactValue(ConjugacyProblem.matchedThird(try ConjugacyProblem.example().weightMoments()))
  },
  "lowering": { _ in ExactValue(Double(try BatchSteps().lowering)) },
  "mean-loss": { _ in
    let steps = try BatchSteps()
    return ExactValue(steps.before - steps.mean)
  },
  "full-gain": { _ in
    let steps = try BatchSteps()
    return ExactValue(steps.full - steps.before)
  },
  "chain-before": { _ in LowerBound(MessagesProblem.example.beliefsBound) },
  "chain-after": { _ in
    let problem = MessagesProblem.example
    let best = try NormalLaw(naturalParameters: problem.conditional(1))
    return LowerBound(problem.bound(withOneAt: best))
  },
  "chain-end": { _ in
    let problem = MessagesProblem.example
    let end = try MessagesExercise.answer.fixedPoint(problem)
    return LowerBound(problem.elbo(end.means, end.variances))
  },
  "chain-evidence": { _ in ExactValue(MessagesProblem.example.logEvidence) },
  "bars-found": { _ in ExactValue(Double(try barsFound(seed: 3))) },
  "bars-elsewhere": { _ in ExactValue(Double(try barsFound(seed: 5))) },
  "em-point": { _ in ExactValue(try OtherWaysProblem.example().mostLikely()) },
  "over": { _ in
    let problem = try OtherWaysProblem.example()
    return ExactValue(try problem.settled().logEvidence - logSumExp(try problem.logJoints()))
  },
  "posterior-mean": { _ in ExactValue(try OtherWaysProblem.example().posteriorMean()) },
]

/// How many of the ten bars are found from a start.
private func barsFound(seed: UInt64) throws -> Int {
  let data = try BarTopics()
  var fit = try TopicFit(data, seed: seed)
  for _ in 0..<60 { try fit.sweep(data) }
  return fit.found
}
