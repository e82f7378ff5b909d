import Models
import Probability

/// A bound over two bits, and four signals that are just numbers.
struct LeaveOneOutProblem: Sendable {
  /// The model and q; its baselines are not used.
  let bound: ScoreFunctionProblem
  /// Signals of a batch of four.
  let signals: [Double]

  /// The two-factor document and the signals −3, −1.5, −4, −2.25.
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

// MARK: The exact laws

extension LeaveOneOutProblem {
  /// The exact law of one step of the estimator that trains, with these baselines.
  func law(of baseline: some Baseline, samples: Int) throws -> ExactMoments {
    try exactMoments(of: ScoreFunction(baseline), bound.elbo, samples: samples)
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
