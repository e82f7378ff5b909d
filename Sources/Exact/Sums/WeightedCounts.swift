import GSL

/// Weighted counts over states that come one by one with the logarithms of their weights.
///
/// ```
/// Z = Σ_z exp(w_z) = e^m Σ_z exp(w_z − m),      counts_i = Σ_z exp(w_z − m) · (how often i is in z)
/// ```
/// m is the largest logarithm so far; when a larger one comes, what has been summed is scaled down to
/// it. Memory does not grow with the number of states. A thing may be in a state more than once, where a
/// ``WeightedTally`` asks only whether an event is.
struct WeightedCounts {
  private(set) var visited = 0
  private var largest = -Double.infinity
  private var total = 0.0
  private var counts: [Double]

  /// No states yet, and so many things to count.
  init(counting count: Int) { counts = [Double](repeating: 0, count: count) }

  /// Adds a state that contains the things listed, each as often as it is listed.
  mutating func add(logWeight: Double, containing things: [Int]) {
    visited += 1
    guard logWeight > -.infinity else { return }
    if logWeight > largest {
      let scale = exp(largest - logWeight)
      total *= scale
      for index in counts.indices { counts[index] *= scale }
      largest = logWeight
    }
    let weight = exp(logWeight - largest)
    total += weight
    for thing in things { counts[thing] += weight }
  }

  /// log Z; −∞ where no state has any weight.
  var logTotal: Double { largest > -.infinity ? largest + log(total) : -.infinity }

  /// The expected counts; nil where no state has any weight.
  var expectedCounts: [Double]? { largest > -.infinity ? counts.map { $0 / total } : nil }
}

/// Is told now and then how many states have been visited.
public typealias VisitReport = (_ visited: Int) -> Void

/// How many states are visited between two reports.
let visitsBetweenReports = 1 << 16
