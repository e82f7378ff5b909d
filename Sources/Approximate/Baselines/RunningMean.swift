public import Probability

/// The score function with a running mean of past signals subtracted.
///
/// ```
/// g_t = (1/S) Σ_s (f(z_s) − m_t) (z_s − b)
/// m_(t+1) = a m_t + (1 − a) (1/S) Σ_s f(z_s),     m_2 = (1/S) Σ_s f(z_s)
/// ```
/// The first step subtracts nothing and remembers its mean whole: a memory that starts from zero is
/// far off for 1/(1 − a) steps. Used in this order m_t holds the past only and the mean of g_t is untouched. Updated before it
/// is used, m contains the samples it is subtracted from, and at fixed q the mean of g_t becomes
///
/// ```
/// E[g] = (1 − (1 − a)/S) ∇ELBO,     in the first step (1 − 1/S) ∇ELBO
/// ```
/// Reference: Mnih and Gregor 2014; erratum E-063.
public struct RunningMeanBaseline: GradientEstimator {
  /// When the memory takes in the signals of a step.
  public enum Update: Sendable {
    /// After they have been used: unbiased.
    case afterUse
    /// Before they are used: the baseline leaks its own samples. Biased.
    case beforeUse
  }

  /// a, the share of the memory that each step keeps.
  public let decay: Double
  /// When the memory is updated.
  public let update: Update
  /// m, the running mean; nil before the first step.
  public private(set) var memory: Double?

  /// A running mean that starts empty, or from a given number.
  public init(decay: Double, startingAt memory: Double? = nil, update: Update = .afterUse) {
    self.decay = decay
    self.memory = memory
    self.update = update
  }

  /// m ← a m + (1 − a) mean(f).
  public mutating func take(in signals: [Double]) {
    let mean = signals.reduce(0, +) / Double(signals.count)
    memory = memory.map { decay * $0 + (1 - decay) * mean } ?? mean
  }

  /// What is subtracted from these signals; moves the memory on.
  public mutating func baseline(for signals: [Double]) -> Double {
    let past = memory
    take(in: signals)
    return (update == .afterUse ? past : memory) ?? 0
  }

  /// An estimate of ∇ELBO from S samples and the signals of earlier steps.
  public mutating func estimate<Choices: DiscreteChoices>(
    _ bound: BernoulliBound, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let draws = try bound.draws(samples, &choices)
    let signals = draws.map(bound.signal)
    let baseline = baseline(for: signals)
    return bound.averagedScore(of: draws) { s, _ in signals[s] - baseline }
  }
}
