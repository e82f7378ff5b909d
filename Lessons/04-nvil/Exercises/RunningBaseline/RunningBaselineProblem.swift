import Exact
import LessonKit
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

  mutating func baselines(for signals: [Double]) -> PerSample {
    let (baseline, next) = step(memory, decay, signals)
    memory = next
    return PerSample(repeating: baseline, count: signals.count)
  }
}

extension RunningBaselineProblem {
  /// The law of the estimate of one step with S samples.
  func estimate(
    _ step: @escaping RunningBaselineExercise.Step, memory: Double?, decay: Double, samples: Int
  ) throws -> ExactMoments {
    let baseline = Remembering(decay: decay, step: step, memory: memory)
    return try exactMoments(of: ScoreFunction(baseline), bound.elbo, samples: samples)
  }

  /// The law of the memory that one step with S samples leaves.
  func memory(
    after step: @escaping RunningBaselineExercise.Step, memory: Double?, samples: Int
  ) throws -> ExactMoments {
    try exactMoments { choices in
      var estimator = ScoreFunction<BernoulliFactors, _>(
        Remembering(decay: decay, step: step, memory: memory))
      _ = try estimator.estimate(bound.elbo, samples: samples, &choices)
      return [estimator.baseline.memory ?? .nan]
    }
  }

  /// The law of the estimate of the second step, one sample in each, from an empty memory.
  func secondStep(_ step: @escaping RunningBaselineExercise.Step) throws -> ExactMoments {
    try exactMoments(
      of: ScoreFunction(Remembering(decay: decay, step: step)), bound.elbo, samples: 1, steps: 2)
  }
}

extension RunningBaselineProblem: Shown {
  /// The bound, the share that the memory keeps, and the memory.
  var givens: [Given] { bound.boundGivens + [Given("a", decay), Given("m", memory)] }
}
