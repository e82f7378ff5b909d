import Approximate
import Probability

// Two baselines that contain the sample they are subtracted from, to show what that costs.

/// The mean of the whole batch: c_s = (1/S) Σ_r f(z_r), which leaves 1 − 1/S of the gradient.
struct MeanOfTheBatch: Baseline {
  func baselines(for signals: [Double]) -> [Double] {
    let mean = signals.reduce(0, +) / Double(signals.count)
    return signals.map { _ in mean }
  }
}

/// A running mean that takes the signals in before it is subtracted: 1 − (1 − a)/S is left.
struct UpdatedFirst: Baseline {
  var running: RunningMean

  mutating func baselines(for signals: [Double]) -> [Double] {
    running.take(in: signals)
    let leaking = running.memory ?? 0
    return signals.map { _ in leaking }
  }
}
