import GSL

/// A sum of weights given by their logarithms, and the share of it that each of some events has.
///
/// ```
/// Σ_s e^(l_s) = e^m Σ_s e^(l_s − m),     m = the largest l_s so far
/// ```
/// When a larger weight comes, what has been summed is scaled down to it.
struct WeightedTally<Log: LogScale>: Sendable {
  private var largest: Log?
  private var total = CompensatedSum()
  private var parts: [CompensatedSum]

  /// An empty sum, watching a number of events.
  init(events: Int) { parts = Array(repeating: CompensatedSum(), count: events) }

  /// Adds a weight e^`logWeight`, counted for each of `events`.
  mutating func add(_ logWeight: Log, events: some Sequence<Int>) {
    if logWeight.isLogOfZero { return }
    var excess = largest.map { logWeight.minus($0) } ?? 0
    if excess > 0 || largest == nil {
      let scale = exp(-excess)
      total = CompensatedSum([total.value * scale])
      for event in parts.indices { parts[event] = CompensatedSum([parts[event].value * scale]) }
      largest = logWeight
      excess = 0
    }
    let weight = exp(excess)
    total.add(weight)
    for event in events { parts[event].add(weight) }
  }

  /// The logarithm of the sum; −∞ when every weight was zero.
  var logTotal: Double { largest.map { $0.value + log(total.value) } ?? -.infinity }

  /// What part of the sum each event has; nil when every weight was zero.
  var shares: [Double]? {
    largest.map { _ in parts.map { min(1, $0.value / total.value) } }
  }
}
