import GSL

extension EliminationOrder {
  /// The best of the greedy orders, and of disturbed ones.
  ///
  /// Where the tables are large, better orders are worth a search: costs are multiplied with random
  /// numbers between 1 and 3, as long as the search takes fewer steps than a quarter of the cells.
  static func best(of cardinalities: [Int], _ scopes: [[Int]]) -> EliminationOrder {
    var best = EliminationOrder(of: cardinalities, scopes, least: .cells)
    guard best.countsPairs else { return best }
    var (steps, isPerfect) = (best.steps, best.joinedPairs == 0)
    for cost in [Cost.pairs, .settings] {
      let other = EliminationOrder(of: cardinalities, scopes, least: cost)
      steps += other.steps
      // Where nothing is joined on the way, no order has smaller tables.
      isPerfect = isPerfect || other.joinedPairs == 0
      if other.cells < best.cells { best = other }
    }
    guard !isPerfect, var noise = try? Generator(seed: 1) else { return best }
    for number in 0..<mostDisturbed where steps < min(best.cells / 4, mostSteps) {
      let other = EliminationOrder(
        of: cardinalities, scopes, least: number.isMultiple(of: 2) ? .pairs : .settings,
        below: best.cells
      ) { 1 + 2 * noise.uniform() }
      steps += other.steps
      if other.cells < best.cells { best = other }
    }
    return best
  }

  /// How many disturbed orders are tried, and how many steps this may take.
  private static let (mostDisturbed, mostSteps) = (1000, 0x1p26)
}
