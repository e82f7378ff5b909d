import GSL

/// Visits the draws of K independent points of a rule, each multiset once with the weight of all its
/// orders: what a function that does not look at the order needs.
///
/// ```
/// K!/Π m_i! Π w_i^{m_i},     points of one multiset in the order of the rule
/// ```
/// Multisets whose weights multiply to less than 10⁻²⁶ are passed over.
public func forEachMultiset<Outcome>(
  of rule: WeightedPoints<Outcome>, _ count: Int,
  _ visit: (_ indices: [Int], _ weight: Double) throws -> Void
) rethrows {
  var indices = [Int](repeating: 0, count: count)
  func fill(_ place: Int, _ from: Int, _ run: Int, _ weight: Double) throws {
    guard place < count else { return try visit(indices, weight) }
    for i in from..<rule.points.count {
      // A point that comes for the m-th time divides the number of orders by m.
      let times = place > 0 && i == indices[place - 1] ? run + 1 : 1
      let next = weight * rule.weights[i] * Double(place + 1) / Double(times)
      guard next > 1e-26 else { continue }
      indices[place] = i
      try fill(place + 1, i, times, next)
    }
  }
  try fill(0, 0, 0, 1)
}
