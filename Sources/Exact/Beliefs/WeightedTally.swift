import GSL

/// A sum of weights given by their logarithms, and the share of it that each of some events has.
///
/// ```
/// Σ_s e^(l_s) = e^m Σ_s e^(l_s − m),     m = the largest l_s so far
/// ```
/// When a larger weight comes, what has been summed is scaled down to it.
struct WeightedTally: Sendable {
  private var largest = -Double.infinity
  private var total = CompensatedSum()
  private var parts: [CompensatedSum]

  /// An empty sum, watching a number of events.
  init(events: Int) { parts = Array(repeating: CompensatedSum(), count: events) }

  /// Adds a weight e^`logWeight`, counted for each of `events`.
  mutating func add(_ logWeight: Double, events: some Sequence<Int>) {
    guard logWeight > -.infinity else { return }
    if logWeight > largest {
      let scale = exp(largest - logWeight)
      total = CompensatedSum([total.value * scale])
      for event in parts.indices { parts[event] = CompensatedSum([parts[event].value * scale]) }
      largest = logWeight
    }
    let weight = exp(logWeight - largest)
    total.add(weight)
    for event in events { parts[event].add(weight) }
  }

  /// The logarithm of the sum; −∞ when every weight was zero.
  var logTotal: Double { largest > -.infinity ? largest + log(total.value) : -.infinity }

  /// What part of the sum each event has; nil when every weight was zero.
  var shares: [Double]? {
    largest > -.infinity ? parts.map { min(1, $0.value / total.value) } : nil
  }
}
