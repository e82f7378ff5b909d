import LessonKit
import Probability
import Verification

/// Exercise `running-baseline`: a baseline that must not look.
enum RunningBaselineExercise {
  /// One step of a running mean of signals.
  ///
  /// Given what earlier steps left, nil before the first; a, the share of the memory that a step
  /// keeps; and f(z_s) of the samples of this step. It returns what is subtracted from each of
  /// these signals, and the memory for the next step.
  typealias Step =
    @Sendable (_ memory: Double?, _ decay: Double, _ signals: [Double]) -> (
      baseline: Double, memory: Double
    )

  /// What is written.
  struct Parts: Sendable {
    /// What to subtract now, and what to remember.
    var step: Step
  }

  typealias Check = LessonKit.Check<Parts, RunningBaselineProblem>

  static let checks: [Check] = [
    unbiasedAlone, leak, spreadWithMemory, unbiasedInPairs, unbiasedAtFirst, unbiasedLater,
    remembers, remembersTheFirst,
    fluctuates, frozen,
  ]
}

// MARK: The estimate

extension RunningBaselineExercise {
  static let unbiasedAlone = Check(
    "unbiased-alone", "E[g] = ∇ELBO,  memory m, S = 1",
    because: "what earlier steps left is a constant for this one", claims: ["A-282"], as: .step
  ) { parts, problem in
    let estimate = try problem.estimate(
      parts.step, memory: problem.memory, decay: problem.decay, samples: 1)
    return .equal(estimate.means, problem.bound.gradient)
  }

  static let leak = Check(
    "leak-is-a-factor", "E[(1/S) Σ_j (f_j − m′) s_j] = (1 − (1 − a)/S) ∇ELBO,  S = 2",
    because: "m′ = a m + (1 − a) f̄ holds f_j with weight (1 − a)/S", claims: [.against("A-282")],
    as: .step
  ) { parts, problem in
    // The memory that a step leaves, subtracted from the signals that it was made of.
    let estimate = try problem.estimate(
      { memory, decay, signals in
        let next = parts.step(memory, decay, signals).memory
        return (next, next)
      }, memory: problem.memory, decay: problem.decay, samples: 2)
    let left = 1 - (1 - ExactValue(problem.decay)) / 2
    return .equal(estimate.means, problem.bound.gradient.map { left * ExactValue($0) })
  }

  static let unbiasedInPairs = Check(
    "unbiased-in-pairs", "E[g] = ∇ELBO,  memory m, S = 2",
    because: "a leak is diluted in a batch, to a factor 1 − (1 − a)/S, but does not go away",
    claims: ["A-282"], as: .specialCase
  ) { parts, problem in
    let estimate = try problem.estimate(
      parts.step, memory: problem.memory, decay: problem.decay, samples: 2)
    return .equal(estimate.means, problem.bound.gradient)
  }

  static let unbiasedAtFirst = Check(
    "unbiased-at-first", "E[g] = ∇ELBO,  no memory, S = 1",
    because: "with nothing remembered there is nothing to subtract", as: .specialCase
  ) { parts, problem in
    let estimate = try problem.estimate(parts.step, memory: nil, decay: problem.decay, samples: 1)
    return .equal(estimate.means, problem.bound.gradient)
  }

  static let unbiasedLater = Check(
    "unbiased-later", "E[g₂] = ∇ELBO,  two steps from no memory",
    because: "the program is run whole: first step, memory, second step", as: .specialCase
  ) { parts, problem in
    .equal(try problem.secondStep(parts.step).means, problem.bound.gradient)
  }
}

// MARK: The memory

extension RunningBaselineExercise {
  static let remembers = Check(
    "remembers", "E[m′] = a m + (1 − a) ELBO,  S = 2",
    because: "the mean signal of a batch has the ELBO for its mean", as: .specialCase
  ) { parts, problem in
    let memory = try problem.memory(after: parts.step, memory: problem.memory, samples: 2)
    let decay = ExactValue(problem.decay)
    return .equal(
      memory.means,
      [decay * ExactValue(problem.memory) + (1 - decay) * problem.bound.exactBound])
  }

  static let remembersTheFirst = Check(
    "remembers-the-first", "E[m′] = ELBO,  no memory, S = 1",
    because: "a memory that starts from zero is far off for 1/(1 − a) steps", as: .specialCase
  ) { parts, problem in
    let memory = try problem.memory(after: parts.step, memory: nil, samples: 1)
    return .equal(memory.means, [problem.bound.exactBound])
  }

  static let fluctuates = Check(
    "fluctuates", "Var[m′] = (1 − a)² Var_q[f] / 2,  S = 2",
    because: "only the new part of the memory is random", as: .specialCase
  ) { parts, problem in
    let memory = try problem.memory(after: parts.step, memory: problem.memory, samples: 2)
    let new = 1 - ExactValue(problem.decay)
    return .equal(memory.covariances, [new * new * problem.bound.signalVariance / 2])
  }
}

// MARK: The spread

extension RunningBaselineExercise {
  static let spreadWithMemory = Check(
    "spread-with-memory", "Cov[g] = that of the constant baseline m,  S = 1",
    because: "the memory is used, and as it came in", as: .specialCase
  ) { parts, problem in
    let estimate = try problem.estimate(
      parts.step, memory: problem.memory, decay: problem.decay, samples: 1)
    return .equal(estimate.covariances, problem.covarianceWithMemory)
  }

  static let frozen = Check(
    "frozen", "a = 1:  Cov[g] = that of the constant baseline m,  S = 1",
    because: "a memory that keeps everything is a constant, however it is used", as: .specialCase
  ) { parts, problem in
    let estimate = try problem.estimate(
      parts.step, memory: problem.memory, decay: 1, samples: 1)
    return .equal(estimate.covariances, problem.covarianceWithMemory)
  }
}
