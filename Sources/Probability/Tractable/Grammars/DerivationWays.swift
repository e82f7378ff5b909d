/// What a symbol over a span of words may become, with the weight of all that follows.
struct DerivationWays: Sendable {
  private let potentials: DerivationPotentials
  // The numbers of the rules and leaves of each symbol.
  private var pairs: [[Int]]
  private var leaves: [[Int]]
  private var unaries: [[Int]]

  init(_ potentials: DerivationPotentials) {
    self.potentials = potentials
    let none = [[Int]](repeating: [], count: potentials.symbolCount)
    (pairs, leaves, unaries) = (none, none, none)
    for (index, rule) in potentials.pairs.enumerated() { pairs[rule.left].append(index) }
    for (index, leaf) in potentials.leaves.enumerated() { leaves[leaf.symbol].append(index) }
    for (index, rule) in potentials.unaries.enumerated() { unaries[rule.left].append(index) }
  }

  /// All ways, those that end a chain of unary rules before those that prolong it.
  ///
  /// ```
  /// weight of a leaf       = leaf
  /// weight of a pair       = rule ⊗ inside(B, i, k) ⊗ inside(C, k, j)
  /// weight of a unary rule = rule ⊗ inside(B, i, j)
  /// ```
  /// Their sum is inside(A, i, j).
  func all<S: Semiring>(
    of symbol: Int, _ start: Int, _ end: Int, _ inside: SpanTable<S>
  ) -> (parts: [DerivationPart], weights: [S]) {
    var (parts, weights): ([DerivationPart], [S]) = ([], [])
    for index in leaves[symbol] where start + 1 == end && potentials.leaves[index].place == start {
      parts.append(.leaf(index))
      weights.append(S(logWeight: potentials.leaves[index].logWeight))
    }
    for index in pairs[symbol] {
      let rule = potentials.pairs[index]
      for middle in (start + 1)..<end {
        parts.append(.pair(index, start: start, middle: middle, end: end))
        weights.append(
          S(logWeight: rule.logWeight) * inside[rule.first, start, middle]
            * inside[rule.second, middle, end])
      }
    }
    for index in unaries[symbol] {
      let rule = potentials.unaries[index]
      parts.append(.unary(index, start: start, end: end))
      weights.append(S(logWeight: rule.logWeight) * inside[rule.only, start, end])
    }
    return (parts, weights)
  }

  /// From the top down: what the leftmost open symbol becomes is chosen among the weights of all ways.
  func walk<S: Semiring, Failure: Error>(
    _ inside: SpanTable<S>, choose: ([S]) throws(Failure) -> Int?
  ) throws(Failure) -> [DerivationPart]? {
    var open = [(symbol: potentials.start, start: 0, end: potentials.length)]
    var parts: [DerivationPart] = []
    while let (symbol, start, end) = open.popLast() {
      let ways = all(of: symbol, start, end, inside)
      guard let chosen = try choose(ways.weights) else { return nil }
      parts.append(ways.parts[chosen])
      switch ways.parts[chosen] {
      case .leaf: break
      case .unary(let index, let start, let end):
        open.append((potentials.unaries[index].only, start, end))
      case .pair(let index, let start, let middle, let end):
        open.append((potentials.pairs[index].second, middle, end))
        open.append((potentials.pairs[index].first, start, middle))
      }
    }
    return parts
  }
}
