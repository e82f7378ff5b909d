/// The outcomes of S independent draws whose first is in a range, the last draw the quickest.
///
/// Of outcomes that differ in their order the ascending one stands alone for all, if wished. With z
/// drawn m_z times, and the last of the first s draws r_s times among them, these are
/// ```
/// S! / Π_z m_z! = Π_s s / r_s
/// ```
struct DrawTrail {
  /// z_1 … z_S.
  private(set) var draws: [Int]
  /// The draws that are others than in the outcome before.
  private(set) var changed: Range<Int>
  private var sofar: [Sofar]
  private let firsts: Range<Int>
  private let isAscending: Bool

  /// What is known of the draws up to one of them.
  private struct Sofar {
    /// Π q(z_r), and the number of orders that these draws come in.
    var (probability, orders) = (1.0, 1)
    /// How often the last of them is among them.
    var equal = 1
  }

  /// The first outcome.
  init(from firsts: Range<Int>, samples: Int, ascending: Bool, _ probabilities: [Double]) {
    (self.firsts, isAscending, changed) = (firsts, ascending, 0..<samples)
    draws = [Int](repeating: ascending ? firsts.lowerBound : 0, count: samples)
    draws[0] = firsts.lowerBound
    sofar = [Sofar](repeating: Sofar(), count: samples)
    follow(probabilities)
  }

  /// The probability of the outcome, or of all its orders together.
  var probability: Double { sofar[changed.upperBound - 1].probability * Double(orders) }

  /// The number of outcomes that this one stands for.
  var orders: Int { sofar[changed.upperBound - 1].orders }

  /// Moves to the next outcome; false when all have been seen.
  mutating func advance(_ probabilities: [Double]) -> Bool {
    let samples = changed.upperBound
    var s = samples - 1
    while s > 0, draws[s] == probabilities.count - 1 { s -= 1 }
    let next = draws[s] + 1
    if s == 0, next == firsts.upperBound { return false }
    draws[s] = next
    for later in s + 1..<samples { draws[later] = isAscending ? next : 0 }
    changed = s..<samples
    follow(probabilities)
    return true
  }

  private mutating func follow(_ probabilities: [Double]) {
    for s in changed {
      var now = s == 0 ? Sofar() : sofar[s - 1]
      now.probability *= probabilities[draws[s]]
      if isAscending, s > 0 {
        now.equal = draws[s] == draws[s - 1] ? now.equal + 1 : 1
        now.orders = now.orders * (s + 1) / now.equal
      }
      sofar[s] = now
    }
  }
}
