import LessonKit
import Models
import Probability
import Verification

/// Exercise `leave-one-out`: the others as a baseline.
///
/// What is written is a `Baseline`; the checks put it into the estimator that trains.
enum LeaveOneOutExercise {
  /// What is written.
  struct Parts: Sendable {
    /// What is subtracted from the signal of each sample, given the S ≥ 2 signals of the batch.
    var baseline: any Baseline

    /// The baselines for a batch of signals.
    func baselines(_ signals: [Double]) throws -> [Double] {
      var baseline = baseline
      return Array(try baseline.baselines(for: signals))
    }
  }

  /// Any baseline, as one type: the estimator that it is put into is compiled for it.
  struct Judged: Baseline {
    var baseline: any Baseline

    mutating func baselines(for signals: [Double]) throws(ChoiceError) -> PerSample {
      try baseline.baselines(for: signals)
    }
  }

  typealias Check = LessonKit.Check<Parts, LeaveOneOutProblem>

  static let checks: [Check] = [
    unbiasedOfTwo, stretches, spreadOfThree, unbiasedOfThree, spreadOfTwo, follows, excludes,
    balances,
  ]
}

// MARK: The estimate that these baselines make

extension LeaveOneOutExercise {
  static let unbiasedOfTwo = Check(
    "unbiased-of-two", "E[g] = ∇ELBO,  S = 2",
    because: "different draws are independent: E[f(z^i) s(z^j)] = E[f] E[s] = 0", claims: ["A-282"],
    as: .step
  ) { parts, problem in
    .equal(try problem.law(of: parts.baseline, samples: 2).means, problem.bound.gradient)
  }

  static let unbiasedOfThree = Check(
    "unbiased-of-three", "E[g] = ∇ELBO,  S = 3",
    because: "the same for any number of others", as: .specialCase
  ) { parts, problem in
    .equal(try problem.law(of: parts.baseline, samples: 3).means, problem.bound.gradient)
  }

  static let spreadOfTwo = Check(
    "spread-of-two", "Cov[g] = Cov[½ (f₁ − f₂)(s₁ − s₂)],  S = 2",
    because: "with two samples the estimate is half the product of the differences",
    as: .specialCase
  ) { parts, problem in
    .equal(
      try problem.law(of: parts.baseline, samples: 2).covariances,
      try problem.lawOfSampleCovariance(samples: 2).covariances)
  }

  static let spreadOfThree = Check(
    "spread-of-three", "Cov[g] = Cov[sample covariance of f and s],  S = 3",
    because: "(1/S) Σ_j (f_j − c_j) s_j = 1/(S−1) Σ_j (f_j − f̄)(s_j − s̄)", as: .consequence
  ) { parts, problem in
    .equal(
      try problem.law(of: parts.baseline, samples: 3).covariances,
      try problem.lawOfSampleCovariance(samples: 3).covariances)
  }
}

// MARK: The baselines themselves, on four numbers

extension LeaveOneOutExercise {
  static let stretches = Check(
    "stretches-the-batch-mean", "f_j − c_j = S/(S − 1) · (f_j − f̄),  S = 4",
    because: "f̄ holds f_j with weight 1/S, so the batch mean takes too much", as: .step
  ) { parts, problem in
    let (signals, count) = (given(problem.signals), ExactValue(Double(problem.signals.count)))
    let mean = signals.sum() / count
    return .equal(
      zip(problem.signals, try parts.baselines(problem.signals)).map { $0 - $1 },
      signals.map { count / (count - 1) * ($0 - mean) },
      rounding: .of(size: 6, because: "signals of up to 6 are subtracted from each other"))
  }

  static let follows = Check(
    "follows-a-shift", "c_j(f + 100) = c_j(f) + 100",
    because: "a mean moves with its terms; a baseline that does not cannot centre the signal",
    as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.baselines(problem.signals.map { $0 + 100 }),
      try parts.baselines(problem.signals).map { $0 + 100 })
  }

  static let excludes = Check(
    "excludes-itself", "c_j(f with f_j + 7) = c_j(f)",
    because: "the baseline of a sample is the same whatever that sample says", as: .specialCase
  ) { parts, problem in
    let moved = try problem.signals.indices.map { s in
      var signals = problem.signals
      signals[s] += 7
      return try parts.baselines(signals)[s]
    }
    return .equal(moved, try parts.baselines(problem.signals))
  }

  static let balances = Check(
    "balances", "Σ_j c_j = Σ_j f_j",
    because: "each signal enters S − 1 baselines with weight 1/(S − 1)", as: .specialCase
  ) { parts, problem in
    .equal(try parts.baselines(problem.signals).reduce(0, +), given(problem.signals).sum())
  }
}

// MARK: What it is judged on

/// A bound over two bits, and four signals that are just numbers.
struct LeaveOneOutProblem: Sendable {
  /// The model and q; its baselines are not used.
  let bound: ScoreFunctionProblem
  /// Signals of a batch of four.
  let signals: [Double]

  /// The document of the lesson, and the signals −3, −1.5, −4, −2.25.
  static let twoFactors = LeaveOneOutProblem(
    bound: .twoFactors, signals: [-3, -1.5, -4, -2.25])

  /// A chain of two bits, and four signals from −6 to −1.
  static func random(_ cases: inout Cases) throws -> LeaveOneOutProblem {
    let model = try FactoredModel.randomChain(bits: 2, &cases)
    let b = try cases.reals(2, from: 0.1, to: 0.85)
    let bound = ScoreFunctionProblem(
      model: BinaryTable(of: model), prior: model.prior, q: BernoulliFactors(b),
      baselines: [0, 0])
    return LeaveOneOutProblem(bound: bound, signals: try cases.reals(4, from: -6, to: -1))
  }
}

extension LeaveOneOutProblem: Shown {
  /// The bound, and the four signals.
  var givens: [Given] { bound.boundGivens + [Given("f_j", signals)] }
}

// MARK: The exact laws

extension LeaveOneOutProblem {
  /// The exact law of one step of the estimator that trains, with these baselines.
  func law(of baseline: any Baseline, samples: Int) throws -> ExactMoments {
    let judged = LeaveOneOutExercise.Judged(baseline: baseline)
    return try exactMoments(of: ScoreFunction(judged), bound.elbo, samples: samples)
  }

  /// The same estimate by another formula, in which no baseline occurs: the sample covariance of
  /// signal and score.
  ///
  /// ```
  /// g = 1/(S−1) Σ_s (f_s − f̄)(s_s − s̄)
  /// ```
  /// The mean score may be left out, as the departures f_s − f̄ add up to zero.
  func lawOfSampleCovariance(samples: Int) throws -> ExactMoments {
    try exactMoments { choices in
      let draws = try bound.elbo.draws(samples, &choices)
      let signals = draws.map(bound.elbo.signal)
      let mean = signals.reduce(0, +) / Double(samples)
      return bound.q.probabilities.indices.map { d in
        zip(signals, draws).reduce(0) { $0 + ($1.0 - mean) * $1.1[d] } / Double(samples - 1)
      }
    }
  }
}
