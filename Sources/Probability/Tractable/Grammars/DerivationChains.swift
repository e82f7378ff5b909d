// Inside and outside where a symbol may become one other symbol, that another, and so on: any number of
// rules over one and the same span. References: Jelinek and Lafferty 1991; Stolcke 1995, who calls R the
// reflexive, transitive closure of the unit productions.
extension DerivationPotentials {
  /// The weights of all chains of unary rules from each symbol to each other one.
  ///
  /// ```
  /// R = 1 ⊕ U ⊕ U ⊗ U ⊕ … = (I − U)⁻¹
  /// ```
  @inlinable
  package func chains<S: ClosedSemiring>(_ weigh: (DerivationPart, Double) -> S) -> [[S]] {
    var steps = Array(repeating: Array(repeating: S.zero, count: symbolCount), count: symbolCount)
    for (index, rule) in unaries.enumerated() {
      let weight = weigh(.unary(index, start: 0, end: length), rule.logWeight)
      steps[rule.left][rule.only] = steps[rule.left][rule.only] + weight
    }
    return closure(steps)
  }

  /// The inside recursion with chains over each span.
  ///
  /// ```
  /// made(A, i, j)   = leaf(A, i) ⊕ ⊕_{i<k<j} ⊕_{A→BC} rule ⊗ inside(B, i, k) ⊗ inside(C, k, j)
  /// inside(A, i, j) = ⊕_B R(A, B) ⊗ made(B, i, j)
  /// ```
  @inlinable
  func insideThroughChains<S: ClosedSemiring>(
    _ weigh: (DerivationPart, Double) -> S
  ) -> SpanTable<S> {
    let chains = chains(weigh)
    var table = SpanTable<S>(length: length, symbols: symbolCount)
    for (index, leaf) in leaves.enumerated() {
      let (symbol, place) = (leaf.symbol, leaf.place)
      table[symbol, place, place + 1] =
        table[symbol, place, place + 1] + weigh(.leaf(index), leaf.logWeight)
    }
    for place in 0..<length { table.extend(by: chains, place, place + 1) }
    forEachSplit(length: length) { start, middle, end in
      for index in pairs.indices {
        let rule = pairs[index]
        let weight = weigh(.pair(index, start: start, middle: middle, end: end), rule.logWeight)
        let way = weight * table[rule.first, start, middle] * table[rule.second, middle, end]
        guard way != .zero else { continue }
        table[rule.left, start, end] = table[rule.left, start, end] + way
      }
      if middle == end - 1 { table.extend(by: chains, start, end) }
    }
    return table
  }

  /// The outside recursion with chains over each span: what reaches a symbol from above, then along them.
  ///
  /// ```
  /// outside(B, i, j) = ⊕_A reached(A, i, j) ⊗ R(A, B)
  /// ```
  /// inside ⊗ outside counts a symbol as often as chains pass it.
  @inlinable
  func outsideThroughChains<S: ClosedSemiring>(
    inside: SpanTable<S>, _ weigh: (DerivationPart, Double) -> S
  ) -> SpanTable<S> {
    let chains = chains(weigh)
    let downward = chains.indices.map { to in chains.map { $0[to] } }
    var table = SpanTable<S>(length: length, symbols: symbolCount)
    table[start, 0, length] = .one
    forEachSplit(length: length, longerFirst: true) { start, middle, end in
      if middle == start + 1 { table.extend(by: downward, start, end) }
      for index in pairs.indices {
        let rule = pairs[index]
        let part = DerivationPart.pair(index, start: start, middle: middle, end: end)
        let above = table[rule.left, start, end] * weigh(part, rule.logWeight)
        guard above != .zero else { continue }
        let (first, second) = (inside[rule.first, start, middle], inside[rule.second, middle, end])
        table[rule.first, start, middle] = table[rule.first, start, middle] + above * second
        table[rule.second, middle, end] = table[rule.second, middle, end] + above * first
      }
    }
    for place in 0..<length { table.extend(by: downward, place, place + 1) }
    return table
  }
}

extension SpanTable {
  /// w(A) ← ⊕_B chains(A, B) ⊗ w(B), over the words of one span.
  @inlinable
  mutating func extend(by chains: [[S]], _ start: Int, _ end: Int) {
    let before = chains.indices.map { self[$0, start, end] }
    for (symbol, row) in chains.enumerated() {
      var sum = S.zero
      for (weight, chain) in zip(before, row) where weight != .zero && chain != .zero {
        sum = sum + chain * weight
      }
      self[symbol, start, end] = sum
    }
  }
}
