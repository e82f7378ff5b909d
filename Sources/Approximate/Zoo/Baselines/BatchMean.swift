import Models
public import Probability

extension DiscreteZoo {
  static let batchMeanBaseline = weighted(
    "batch-mean-baseline", formula: "(1/S) Σ_k (f_k − f̄) s_kd", papers: ["folklore"],
    bias: .scaled("1 − 1/S of the gradient: each signal is subtracted from itself, 1/S of it") {
      1 - 1 / Double($0.samples)
    }
  ) { _, _ in BatchMean() }
}

/// The mean signal of the batch as a baseline, the sample itself included.
///
/// ```
/// c_s = f̄ = (1/S) Σ_r f(z_r)          E[g] = (1 − 1/S) ∇E_q[f]
/// ```
/// f̄ holds f_s with weight 1/S, and E[f_s ∇log q(z_s)] is the gradient: that share of it is lost. With
/// one sample nothing is left. `LeaveOneOut` takes the sample out.
public struct BatchMean: Baseline {
  /// The baseline; it has no settings.
  public init() {}

  /// A mean does not depend on the order.
  public static var isExchangeable: Bool { true }

  // listing: zoo batch-mean-baseline
  /// f̄, for every sample.
  public func baselines(for signals: [Double]) -> PerSample {
    let mean = signals.reduce(0, +) / Double(signals.count)
    return PerSample(repeating: mean, count: signals.count)
  }
  // end of listing
}
