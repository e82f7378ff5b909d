/// The outcomes of S independent draws whose first is in a range, the last draw the quickest.
///
/// It walks through all draws but the last, which runs through `lasts` at each stop. Of outcomes that
/// differ in their order the ascending one stands alone for all, if wished. With z drawn m_z times, and
/// the last of the first s draws r_s times among them, these are
/// ```
/// S! / Π_z m_z! = Π_s s / r_s
/// ```
struct DrawTrail {
  /// What is known of the first draws.
  struct Sofar {
    /// How many they are, and the last of them.
    fileprivate(set) var (count, last) = (0, -1)
    /// Π q(z_s), and the number of orders that these draws come in.
    fileprivate(set) var (probability, orders) = (1.0, 1)
    /// How often the last of them is among them; orders are counted where draws ascend.
    fileprivate var equal = 0
  }

  /// z_1 … z_(S−1).
  private(set) var draws: [Int]
  /// What is known before each of them is drawn, and before the last.
  private var sofar: [Sofar]
  private let probabilities: [Double]
  private let firsts: Range<Int>
  private let isAscending: Bool

  /// The first stop; S is at least one.
  init(from firsts: Range<Int>, samples: Int, ascending: Bool, _ probabilities: [Double]) {
    (self.firsts, self.probabilities, isAscending) = (firsts, probabilities, ascending)
    draws = [Int](repeating: ascending ? firsts.lowerBound : 0, count: samples - 1)
    sofar = [Sofar](repeating: Sofar(), count: samples)
    if !draws.isEmpty { draw(firsts.lowerBound, at: 0) }
  }

  /// What is known before the last draw.
  var beforeLast: Sofar { sofar[draws.count] }

  /// What the last draw may be.
  var lasts: Range<Int> {
    guard let last = draws.last else { return firsts }
    return (isAscending ? last : 0)..<probabilities.count
  }

  /// What is known with one draw more.
  func adding(_ z: Int, to earlier: Sofar) -> Sofar {
    var now = earlier
    now.probability *= probabilities[z]
    (now.count, now.last) = (earlier.count + 1, z)
    guard isAscending else { return now }
    now.equal = z == earlier.last ? earlier.equal + 1 : 1
    now.orders *= now.count
    if now.equal > 1 { now.orders /= now.equal }
    return now
  }

  /// Moves to the next stop; false when all have been seen.
  mutating func advance() -> Bool {
    var s = draws.count - 1
    while s > 0, draws[s] == probabilities.count - 1 { s -= 1 }
    guard s >= 0 else { return false }
    let next = draws[s] + 1
    if s == 0, next == firsts.upperBound { return false }
    draw(next, at: s)
    return true
  }

  /// Draws z at one place, and the least that may follow at all behind it.
  private mutating func draw(_ z: Int, at place: Int) {
    for s in place..<draws.count {
      draws[s] = s == place || isAscending ? z : 0
      sofar[s + 1] = adding(draws[s], to: sofar[s])
    }
  }
}
