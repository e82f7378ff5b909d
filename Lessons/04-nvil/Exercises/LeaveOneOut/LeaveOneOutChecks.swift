import Exact
import LessonKit
import Models
import Probability
import Verification

/// The signature of exercise `leave-one-out`: a baseline for each sample of a batch.
protocol LeaveOneOutForm: Sendable {
  /// What is subtracted from the signal of each sample, given the S ≥ 2 signals of the batch.
  func baselines(_ signals: [Double]) -> [Double]
}

/// A bound over two bits, and four signals that are just numbers.
struct LeaveOneOutProblem: Sendable {
  /// The model and q; its baselines are not used.
  let bound: ScoreFunctionProblem
  /// Signals of a batch of four.
  let signals: [Double]

  /// A bound and some signals.
  init(bound: ScoreFunctionProblem, signals: [Double]) {
    self.bound = bound
    self.signals = signals
  }

  /// The two-factor document and the signals −3, −1.5, −4, −2.25.
  static let twoFactors = LeaveOneOutProblem(
    bound: .twoFactors, signals: [-3, -1.5, -4, -2.25])

  static func random(_ cases: inout Cases) throws -> LeaveOneOutProblem {
    let model = try FactoredModel.randomChain(bits: 2, &cases)
    let b = try cases.reals(2, from: 0.1, to: 0.85)
    let bound = ScoreFunctionProblem(
      model: BinaryTable(of: model), prior: model.prior, q: BernoulliFactors(b),
      baselines: [0, 0])
    return LeaveOneOutProblem(bound: bound, signals: try cases.reals(4, from: -6, to: -1))
  }

  /// The exact law of the estimate that these baselines make, with S samples.
  func moments(_ form: any LeaveOneOutForm, samples: Int) throws -> ExactMoments {
    try exactMoments { choices in
      var draws: [[Double]] = []
      for _ in 0..<samples { draws.append(try bound.q.sample(&choices)) }
      let signals = draws.map { bound.model.logJoint($0) - bound.q.logProbability($0) }
      let baselines = form.baselines(signals)
      return bound.baselines.indices.map { d in
        zip(draws, signals.indices).reduce(0) { sum, pair in
          let (z, s) = pair
          return sum + (signals[s] - baselines[s]) * (z[d] - bound.q.probabilities[d])
        } / Double(samples)
      }
    }
  }

  /// Cov[g] for S samples, from g being the sample covariance of signal and score.
  ///
  /// ```
  /// g = 1/(S−1) Σ_s (f_s − f̄)(s_s − s̄)
  /// ```
  func exactCovariance(samples: Int) -> [Double] {
    let weights = factorised(bound.q.probabilities)
    let states = weights.indices.map { latents($0, count: 2) }
    let signals = states.map { bound.model.logJoint($0) - bound.q.logProbability($0) }
    let tuples = (0..<samples).reduce([[Int]()]) { tuples, _ in
      tuples.flatMap { tuple in states.indices.map { tuple + [$0] } }
    }
    let values = tuples.map { tuple -> (weight: Double, g: [Double]) in
      let n = Double(samples)
      let mean = tuple.reduce(0) { $0 + signals[$1] } / n
      let g = (0..<2).map { d in
        tuple.reduce(0) { $0 + (signals[$1] - mean) * states[$1][d] } / (n - 1)
      }
      return (tuple.reduce(1) { $0 * weights[$1] }, g)
    }
    let mean = (0..<2).map { d in values.reduce(0) { $0 + $1.weight * $1.g[d] } }
    return [(0, 0), (0, 1), (1, 0), (1, 1)].map { i, j in
      values.reduce(0) { $0 + $1.weight * ($1.g[i] - mean[i]) * ($1.g[j] - mean[j]) }
    }
  }
}

extension Sheet where Subject == any LeaveOneOutForm, Model == LeaveOneOutProblem {
  /// Write the leave-one-out baselines.
  static let leaveOneOut = Sheet(
    id: "leave-one-out",
    title: "The others as a baseline",
    task: """
      Write `baselines`: for each sample of a batch the mean of the other samples' signals. \
      Nothing has to be learnt or remembered, and two samples are enough.
      """,
    hints: [
      "The samples are independent, so what the others say is a constant for this one.",
      "There are S − 1 others.",
      "(Σ_r f_r − f_s) / (S − 1), for each s.",
    ],
    example: .twoFactors,
    draw: LeaveOneOutProblem.random,
    lines: [
      unbiasedOfTwo, unbiasedOfThree, spreadOfTwo, spreadOfThree, follows, excludes, balances,
    ])

  static var unbiasedOfTwo: Line<any LeaveOneOutForm, LeaveOneOutProblem> {
    Line(
      "unbiased-of-two", "E[g] = ∇ELBO,  S = 2",
      because: "E[f_r s_s] = E[f_r] E[s_s] = 0 for different samples", claims: ["A-282"]
    ) { form, problem in
      .equal(
        try problem.moments(form, samples: 2).mean, problem.bound.gradient,
        magnitude: problem.bound.magnitude)
    }
  }

  static var unbiasedOfThree: Line<any LeaveOneOutForm, LeaveOneOutProblem> {
    Line(
      "unbiased-of-three", "E[g] = ∇ELBO,  S = 3",
      because: "the same for any number of others"
    ) { form, problem in
      .equal(
        try problem.moments(form, samples: 3).mean, problem.bound.gradient, terms: 128,
        magnitude: problem.bound.magnitude)
    }
  }

  static var spreadOfTwo: Line<any LeaveOneOutForm, LeaveOneOutProblem> {
    Line(
      "spread-of-two", "Cov[g] = Cov[½ (f₁ − f₂)(s₁ − s₂)],  S = 2",
      because: "with two samples the estimate is half the product of the differences"
    ) { form, problem in
      .equal(
        try problem.moments(form, samples: 2).covariance.flatMap { $0 },
        problem.exactCovariance(samples: 2), terms: 256,
        magnitude: problem.bound.magnitude * problem.bound.magnitude)
    }
  }

  static var spreadOfThree: Line<any LeaveOneOutForm, LeaveOneOutProblem> {
    Line(
      "spread-of-three", "Cov[g] = Cov[sample covariance of f and s],  S = 3",
      because: "(1/S) Σ (f_s − b_s) s_s = 1/(S−1) Σ (f_s − f̄)(s_s − s̄)"
    ) { form, problem in
      .equal(
        try problem.moments(form, samples: 3).covariance.flatMap { $0 },
        problem.exactCovariance(samples: 3), terms: 512,
        magnitude: problem.bound.magnitude * problem.bound.magnitude)
    }
  }

  static var follows: Line<any LeaveOneOutForm, LeaveOneOutProblem> {
    Line(
      "follows-a-shift", "baselines(f + 100) = baselines(f) + 100",
      because: "a mean moves with its terms; a baseline that does not cannot centre the signal"
    ) { form, problem in
      .equal(
        form.baselines(problem.signals.map { $0 + 100 }),
        form.baselines(problem.signals).map { $0 + 100 }, magnitude: 200)
    }
  }

  static var excludes: Line<any LeaveOneOutForm, LeaveOneOutProblem> {
    Line(
      "excludes-itself", "∂ baseline_s / ∂ f_s = 0",
      because: "the baseline of a sample is the same whatever that sample says"
    ) { form, problem in
      let moved = problem.signals.indices.map { s in
        var signals = problem.signals
        signals[s] += 7
        return form.baselines(signals)[s]
      }
      return .equal(moved, form.baselines(problem.signals), magnitude: 10)
    }
  }

  static var balances: Line<any LeaveOneOutForm, LeaveOneOutProblem> {
    Line(
      "balances", "Σ_s baseline_s = Σ_s f_s",
      because: "each signal enters S − 1 baselines with weight 1/(S − 1)"
    ) { form, problem in
      .equal(
        form.baselines(problem.signals).reduce(0, +), problem.signals.reduce(0, +), magnitude: 30)
    }
  }
}
