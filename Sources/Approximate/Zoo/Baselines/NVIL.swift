import GSL
import Models
public import Probability

extension DiscreteZoo {
  static let nvil = DiscreteEstimator(
    "nvil", formula: "(1/S) Σ_k (f_k − c) s_kd / max(1, √v)", papers: ["Mnih, Gregor 2014"],
    scope: .states,
    settings: [
      .samples(), ZooSetting("baseline", .number, "c of earlier batches"),
      ZooSetting("variance", .notNegative, "v of earlier batches"),
      ZooSetting("order", .word(["before", "after"]), "whether c and v are used before the batch"),
      ZooSetting("decay", .share, isNeeded: false, "a, for the order \"after\""),
    ],
    repetition: .together, draws: { settings throws(ZooError) in settings.samples },
    bias: .biased("the gradient divided by max(1, √v) if before; another direction if after") {
      _, settings in
      settings.word("order") == "before" && ((try? settings.number("variance")) ?? 2) <= 1
    }
  ) { _, settings throws(ZooError) in
    let (c, v) = (try settings.number("baseline"), try settings.number("variance"))
    guard settings.word("order") == "after" else {
      let past = RunningMoments(decay: 1, mean: c, variance: v)
      return Steps(ScoreFunction(Standardised(by: past)), samples: settings.samples)
    }
    let scaling = ScaledByBatch(decay: try settings.number("decay"), mean: c, variance: v)
    return Steps(ScoreFunction(scaling), samples: settings.samples)
  }
}

/// NVIL's centring and scaling with running moments that have seen the batch already.
///
/// ```
/// c = a c₀ + (1 − a) f̄,   v = a v₀ + (1 − a) (1/S) Σ_s (f_s − f̄)²,   w_s = (f_s − c) / max(1, √v)
/// ```
/// As c and v depend on the sample, its mean is no multiple of the gradient. `Standardised` uses what
/// earlier steps have left. Reference: Mnih and Gregor 2014, algorithm 1.
public struct ScaledByBatch: Weighting {
  /// a, c₀ and v₀.
  public let (decay, mean, variance): (Double, Double, Double)

  /// Running moments before the batch.
  public init(decay: Double, mean: Double, variance: Double) {
    (self.decay, self.mean, self.variance) = (decay, mean, variance)
  }

  // listing: zoo nvil
  /// (f_s − c) / max(1, √v).
  public func weights(for signals: [Double]) -> SignalWeights {
    let batch = RunningMoments(ofBatch: signals)
    let c = decay * mean + (1 - decay) * batch.mean
    let v = decay * variance + (1 - decay) * batch.variance
    return SignalWeights(signals, minus: c, over: max(1, sqrt(v)))
  }
  // end of listing
}
