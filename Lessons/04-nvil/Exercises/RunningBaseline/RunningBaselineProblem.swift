import Exact
import Probability

/// A bound, a decay, and a memory that earlier steps have left.
struct RunningBaselineProblem: Sendable {
  /// The model and q; its baselines are not used.
  let bound: ScoreFunctionProblem
  /// a.
  let decay: Double
  /// m.
  let memory: Double

  /// The two-factor document with decay 0.8 and memory −5.
  static let twoFactors = RunningBaselineProblem(bound: .twoFactors, decay: 0.8, memory: -5)

  /// A random document, with a decay and a memory away from everything special.
  static func random(_ cases: inout Cases) throws -> RunningBaselineProblem {
    let bound = try ScoreFunctionProblem.random(&cases)
    return RunningBaselineProblem(
      bound: bound, decay: try cases.real(from: 0.55, to: 0.95),
      memory: try cases.real(from: -9, to: -1))
  }

  /// Cov[g] of one sample with the constant baseline m.
  var covarianceWithMemory: [Double] {
    bound.with(baselines: bound.baselines.map { _ in memory }).law.covariance.flatMap { $0 }
  }
}

// MARK: What is judged, in the estimator that trains

/// A running mean as a baseline of the library: what `step` says, from one step to the next.
struct Remembering: Baseline {
  let decay: Double
  let step: RunningBaselineExercise.Step
  var memory: Double?

  mutating func baselines(for signals: [Double]) -> [Double] {
    let (baseline, next) = step(memory, decay, signals)
    memory = next
    return signals.map { _ in baseline }
  }
}

extension RunningBaselineProblem {
  /// The law of one step with S samples: the estimate, then the memory it leaves.
  func moments(
    _ step: @escaping RunningBaselineExercise.Step, memory: Double?, decay: Double, samples: Int
  ) throws -> (estimate: ExactMoments, memory: ExactMoments) {
    func after(_ choices: inout Exhaustive) throws -> (estimate: [Double], memory: Double) {
      var estimator = ScoreFunction<BernoulliFactors, _>(
        Remembering(decay: decay, step: step, memory: memory))
      let estimate = try estimator.estimate(bound.elbo, samples: samples, &choices)
      return (estimate, estimator.baseline.memory ?? .nan)
    }
    return (
      try exactMoments { try after(&$0).estimate }, try exactMoments { [try after(&$0).memory] }
    )
  }

  /// The law of the estimate of the second step, one sample in each, from an empty memory.
  func secondStep(_ step: @escaping RunningBaselineExercise.Step) throws -> ExactMoments {
    try exactMoments(
      of: ScoreFunction(Remembering(decay: decay, step: step)), bound.elbo, samples: 1, steps: 2)
  }
}
