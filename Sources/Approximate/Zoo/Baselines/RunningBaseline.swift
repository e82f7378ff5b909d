import Models
public import Probability

extension DiscreteZoo {
  static let runningBaseline = DiscreteEstimator(
    "running-baseline",
    formula: "(1/S) Σ_k (f_k − m) s_kd,  m ← a m + (1 − a) f̄ in each of T earlier batches",
    papers: ["Mnih, Gregor 2014"], scope: .states,
    settings: [
      .samples(), ZooSetting("decay", .share, "a, the share of m that a batch keeps"),
      ZooSetting("memory", .number, "m before the first batch"),
      ZooSetting("steps", .count(from: 0, belowStates: false), or: .number(0), "T"),
      ZooSetting("order", .word(["before", "after"]), "whether m is used before its own batch"),
    ],
    repetition: .together,
    draws: { settings throws(ZooError) in
      (try settings.count("steps") + 1) * settings.samples
    },
    bias: .scaled(
      "unbiased if m is used before it takes in its batch; 1 − (1 − a)/S of the gradient if after"
    ) { settings throws(ZooError) in
      guard settings.word("order") == "after" else { return 1 }
      return 1 - (1 - (try settings.number("decay"))) / Double(settings.samples)
    }
  ) { _, settings throws(ZooError) in
    let mean = RunningMean(
      decay: try settings.number("decay"), startingAt: try settings.number("memory"))
    let (samples, earlier) = (settings.samples, try settings.count("steps"))
    guard settings.word("order") == "after" else {
      return Steps(ScoreFunction(mean), samples: samples, after: earlier)
    }
    return Steps(ScoreFunction(UpdatedFirst(mean)), samples: samples, after: earlier)
  }
}

/// A running mean that takes in the batch before it is subtracted from it: a common slip.
///
/// ```
/// m ← a m + (1 − a) f̄,   then   c_s = m          E[g] = (1 − (1 − a)/S) ∇E_q[f]
/// ```
/// Reference: erratum E-063.
public struct UpdatedFirst: Baseline {
  /// The memory.
  public private(set) var mean: RunningMean

  /// A memory that is used too late.
  public init(_ mean: RunningMean) { self.mean = mean }

  /// m with this batch in it.
  public mutating func baselines(for signals: [Double]) -> PerSample {
    mean.take(in: signals)
    return PerSample(repeating: mean.memory ?? 0, count: signals.count)
  }
}
