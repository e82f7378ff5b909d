import Exact
import LessonKit
import Models
import Probability
import Verification

/// The signature of exercise `running-baseline`: what to subtract now, what to remember.
protocol RunningBaselineForm: Sendable {
  /// One step of a running mean of signals.
  ///
  /// - Parameters:
  ///   - memory: what earlier steps left; nil before the first.
  ///   - decay: a, the share of the memory that a step keeps.
  ///   - signals: f(z_s) of the samples of this step.
  /// - Returns: what is subtracted from each of these signals, and the memory for the next step.
  func step(memory: Double?, decay: Double, signals: [Double]) -> (
    baseline: Double, memory: Double
  )
}

/// A bound, a decay, and a memory that earlier steps have left.
struct RunningBaselineProblem: Sendable {
  /// The model and q; its baselines are not used.
  let bound: ScoreFunctionProblem
  /// a.
  let decay: Double
  /// m.
  let memory: Double

  /// A bound with a decay and a memory.
  init(bound: ScoreFunctionProblem, decay: Double, memory: Double) {
    self.bound = bound
    self.decay = decay
    self.memory = memory
  }

  /// The two-factor document with decay 0.8 and memory −5.
  static let twoFactors = RunningBaselineProblem(
    bound: .twoFactors, decay: 0.8, memory: -5)

  static func random(_ cases: inout Cases) throws -> RunningBaselineProblem {
    let bound = try ScoreFunctionProblem.random(&cases)
    return RunningBaselineProblem(
      bound: bound, decay: try cases.real(from: 0.55, to: 0.95),
      memory: try cases.real(from: -9, to: -1))
  }

  /// f(z).
  func signal(_ z: [Double]) -> Double {
    bound.model.logJoint(z) - bound.q.logProbability(z)
  }

  /// The law of one step with S samples: the estimate, then the memory it leaves.
  func moments(_ form: any RunningBaselineForm, memory: Double?, decay: Double, samples: Int) throws
    -> ExactMoments
  {
    try exactMoments { choices in
      let (gradient, memory) = try self.step(form, memory, decay, samples, &choices)
      return gradient + [memory]
    }
  }

  /// The law of the estimate of the second step, one sample in each, from an empty memory.
  func secondStep(_ form: any RunningBaselineForm) throws -> ExactMoments {
    try exactMoments { choices in
      let (_, memory) = try self.step(form, nil, decay, 1, &choices)
      return try self.step(form, memory, decay, 1, &choices).gradient
    }
  }

  private func step<Choices: DiscreteChoices>(
    _ form: any RunningBaselineForm, _ memory: Double?, _ decay: Double, _ samples: Int,
    _ choices: inout Choices
  ) throws(ChoiceError) -> (gradient: [Double], memory: Double) {
    var draws: [[Double]] = []
    for _ in 0..<samples { draws.append(try bound.q.sample(&choices)) }
    let signals = draws.map(signal)
    let (baseline, next) = form.step(memory: memory, decay: decay, signals: signals)
    var sums = bound.baselines.map { _ in 0.0 }
    for (signal, z) in zip(signals, draws) {
      for (d, score) in bound.q.score(z).enumerated() {
        sums[d] += (signal - baseline) * score / Double(samples)
      }
    }
    return (sums, next)
  }

  /// q(z) and f(z) in all states.
  var states: [(weight: Double, signal: Double)] {
    let weights = factorised(bound.q.probabilities)
    return weights.indices.map { state in
      (weights[state], signal(latents(state, count: bound.q.count)))
    }
  }

  var elbo: Double { states.reduce(0) { $0 + $1.weight * $1.signal } }

  var size: Double { bound.magnitude + 10 }
}

extension Sheet where Subject == any RunningBaselineForm, Model == RunningBaselineProblem {
  /// Write a running mean that does not see its own samples.
  static let runningBaseline = Sheet(
    id: "running-baseline",
    title: "A baseline that must not look",
    task: """
      Write `step`, a running mean of the learning signal. It is told the signals of the present \
      samples and returns two numbers: the baseline that is subtracted from these very signals, and \
      the memory for the next step, a·m + (1 − a)·(mean of the signals). Before the first step \
      there is no memory: subtract nothing, remember the mean.
      """,
    hints: [
      "A baseline may depend on everything except the sample whose signal it is subtracted from.",
      "Use the memory first, and only then update it.",
      "The baseline is the memory as it came in, or 0 if there was none.",
      """
      let mean = signals.reduce(0, +) / Double(signals.count), then \
      return (memory ?? 0, memory.map { decay * $0 + (1 - decay) * mean } ?? mean).
      """,
    ],
    example: .twoFactors,
    draw: RunningBaselineProblem.random,
    lines: [
      unbiasedAlone, unbiasedInPairs, unbiasedAtFirst, unbiasedLater, remembers, remembersTheFirst,
      fluctuates, spreadWithMemory, frozen,
    ])

  static var unbiasedAlone: Line<any RunningBaselineForm, RunningBaselineProblem> {
    Line(
      "unbiased-alone", "E[g] = ∇ELBO,  memory m, S = 1",
      because: "what earlier steps left is a constant for this one", claims: ["A-282"]
    ) { form, problem in
      let moments = try problem.moments(
        form, memory: problem.memory, decay: problem.decay, samples: 1)
      return .equal(
        Array(moments.mean.dropLast()), problem.bound.gradient, magnitude: problem.size)
    }
  }

  static var unbiasedInPairs: Line<any RunningBaselineForm, RunningBaselineProblem> {
    Line(
      "unbiased-in-pairs", "E[g] = ∇ELBO,  memory m, S = 2",
      because: "a leak is diluted in a batch, to a factor 1 − (1 − a)/S, but does not go away",
      claims: ["A-282"]
    ) { form, problem in
      let moments = try problem.moments(
        form, memory: problem.memory, decay: problem.decay, samples: 2)
      return .equal(
        Array(moments.mean.dropLast()), problem.bound.gradient, magnitude: problem.size)
    }
  }

  static var unbiasedAtFirst: Line<any RunningBaselineForm, RunningBaselineProblem> {
    Line(
      "unbiased-at-first", "E[g] = ∇ELBO,  no memory, S = 1",
      because: "with nothing remembered there is nothing to subtract"
    ) { form, problem in
      let moments = try problem.moments(form, memory: nil, decay: problem.decay, samples: 1)
      return .equal(
        Array(moments.mean.dropLast()), problem.bound.gradient, magnitude: problem.size)
    }
  }

  static var unbiasedLater: Line<any RunningBaselineForm, RunningBaselineProblem> {
    Line(
      "unbiased-later", "E[g₂] = ∇ELBO,  two steps from no memory",
      because: "the program is run whole: first step, memory, second step"
    ) { form, problem in
      .equal(
        try problem.secondStep(form).mean, problem.bound.gradient, terms: 128,
        magnitude: problem.size)
    }
  }

  static var remembers: Line<any RunningBaselineForm, RunningBaselineProblem> {
    Line(
      "remembers", "E[m′] = a m + (1 − a) ELBO,  S = 2",
      because: "the mean signal of a batch has the ELBO for its mean"
    ) { form, problem in
      let moments = try problem.moments(
        form, memory: problem.memory, decay: problem.decay, samples: 2)
      return .equal(
        moments.mean[problem.bound.componentCount],
        problem.decay * problem.memory + (1 - problem.decay) * problem.elbo,
        magnitude: problem.size)
    }
  }

  static var remembersTheFirst: Line<any RunningBaselineForm, RunningBaselineProblem> {
    Line(
      "remembers-the-first", "E[m′] = ELBO,  no memory, S = 1",
      because: "a memory that starts from zero is far off for 1/(1 − a) steps"
    ) { form, problem in
      let moments = try problem.moments(form, memory: nil, decay: problem.decay, samples: 1)
      return .equal(
        moments.mean[problem.bound.componentCount], problem.elbo, magnitude: problem.size)
    }
  }

  static var fluctuates: Line<any RunningBaselineForm, RunningBaselineProblem> {
    Line(
      "fluctuates", "Var[m′] = (1 − a)² Var_q[f] / 2,  S = 2",
      because: "only the new part of the memory is random"
    ) { form, problem in
      let moments = try problem.moments(
        form, memory: problem.memory, decay: problem.decay, samples: 2)
      let elbo = problem.elbo
      let variance = problem.states.reduce(0) {
        $0 + $1.weight * ($1.signal - elbo) * ($1.signal - elbo)
      }
      let new = 1 - problem.decay
      return .equal(
        moments.variances[problem.bound.componentCount], new * new * variance / 2,
        magnitude: problem.size)
    }
  }

  static var spreadWithMemory: Line<any RunningBaselineForm, RunningBaselineProblem> {
    Line(
      "spread-with-memory", "Cov[g] = that of the constant baseline m,  S = 1",
      because: "the memory is used, and as it came in"
    ) { form, problem in
      let moments = try problem.moments(
        form, memory: problem.memory, decay: problem.decay, samples: 1)
      return spread(moments, problem)
    }
  }

  static var frozen: Line<any RunningBaselineForm, RunningBaselineProblem> {
    Line(
      "frozen", "a = 1:  Cov[g] = that of the constant baseline m,  S = 1",
      because: "a memory that keeps everything is a constant, however it is used"
    ) { form, problem in
      spread(try problem.moments(form, memory: problem.memory, decay: 1, samples: 1), problem)
    }
  }

  private static func spread(_ moments: ExactMoments, _ problem: RunningBaselineProblem) -> Finding
  {
    let components = 0..<problem.bound.componentCount
    let law = problem.bound.with(baselines: components.map { _ in problem.memory }).law
    return .equal(
      components.flatMap { i in components.map { moments.covariance[i][$0] } },
      law.covariance.flatMap { $0 }, terms: 256, magnitude: problem.size * problem.size)
  }
}
