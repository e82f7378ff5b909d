import Models
public import Probability

extension DiscreteZoo {
  static let vargrad = weighted(
    "vargrad", formula: "Σ_k (f_k − f̄)(s_kd − s̄_d) / m,  m = S − 1 or S",
    papers: ["Richter, Boustati, Nüsken, Ruiz, Akyildiz 2020"],
    settings: [
      .samples(from: 2),
      ZooSetting("divisor", .word(["n-1", "n"]), "what the sum is divided by: S − 1 or S"),
    ],
    bias: .scaled("unbiased with S − 1; 1 − 1/S of the gradient with S") { settings in
      settings.word("divisor") == "n" ? 1 - 1 / Double(settings.samples) : 1
    }
  ) { _, settings in SampleCovariance(dividesByAll: settings.word("divisor") == "n") }
}

/// The sample covariance of signal and score, as weights of the scores.
///
/// ```
/// g = Σ_s (f_s − f̄)(s_s − s̄) / m = (1/S) Σ_s (S/m)(f_s − f̄) s_s       as Σ_s (f_s − f̄) = 0
/// ```
/// With m = S − 1 it is leave-one-out in other words; with m = S a batch mean.
/// Reference: Richter et al. 2020, "VarGrad".
public struct SampleCovariance: Weighting {
  /// Whether m is S instead of S − 1.
  public let dividesByAll: Bool

  /// A sample covariance.
  public init(dividesByAll: Bool = false) { self.dividesByAll = dividesByAll }

  /// A mean does not depend on the order.
  public static var isExchangeable: Bool { true }

  // listing: zoo vargrad
  /// (S/m)(f_s − f̄).
  public func weights(for signals: [Double]) throws(ChoiceError) -> SignalWeights {
    guard signals.count >= 2 else { throw .tooFewSamples(found: signals.count, needed: 2) }
    let count = Double(signals.count)
    let mean = signals.reduce(0, +) / count
    let divisor = dividesByAll ? count : count - 1
    return SignalWeights(signals, minus: mean, over: divisor / count)
  }
  // end of listing
}
