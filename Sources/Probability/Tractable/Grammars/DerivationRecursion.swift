// The recursions over spans, once for all semirings. References: Baker 1979; Lari and Young 1990;
// Goodman 1999.
extension DerivationPotentials {
  /// All ways in which a symbol becomes the words of a span.
  ///
  /// ```
  /// inside(A, i, i+1) = leaf(A, i)
  /// inside(A, i, j)   = ⊕_{i<k<j} ⊕_{A→BC} rule ⊗ inside(B, i, k) ⊗ inside(C, k, j)
  /// ```
  /// (n³ − n)/6 splits, each with all pairs.
  @inlinable
  public func inside<S: ClosedSemiring>(
    _ weigh: (DerivationPart, Double) -> S
  ) -> SpanTable<S> {
    guard unaries.isEmpty else { return insideThroughChains(weigh) }
    var table = SpanTable<S>(length: length, symbols: symbolCount)
    for (index, leaf) in leaves.enumerated() {
      let (symbol, place) = (leaf.symbol, leaf.place)
      table[symbol, place, place + 1] =
        table[symbol, place, place + 1] + weigh(.leaf(index), leaf.logWeight)
    }
    // listing: 02 inside
    forEachSplit(length: length) { start, middle, end in
      for index in pairs.indices {
        let rule = pairs[index]
        let weight = weigh(.pair(index, start: start, middle: middle, end: end), rule.logWeight)
        let way = weight * table[rule.first, start, middle] * table[rule.second, middle, end]
        guard way != .zero else { continue }
        table[rule.left, start, end] = table[rule.left, start, end] + way
      }
    }
    // end of listing
    return table
  }

  /// All ways in which the rest of the words come about around a symbol over a span.
  ///
  /// ```
  /// outside(start, 0, n) = 1
  /// outside(B, i, k) = ⊕_{A→BC} ⊕_j outside(A, i, j) ⊗ rule ⊗ inside(C, k, j)      and so for C
  /// ```
  /// What goes through a span is inside ⊗ outside.
  @inlinable
  public func outside<S: ClosedSemiring>(
    inside: SpanTable<S>, _ weigh: (DerivationPart, Double) -> S
  ) -> SpanTable<S> {
    var table = SpanTable<S>(length: length, symbols: symbolCount)
    guard length > 0 else { return table }
    guard unaries.isEmpty else { return outsideThroughChains(inside: inside, weigh) }
    table[start, 0, length] = .one
    forEachSplit(length: length, longerFirst: true) { start, middle, end in
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
    return table
  }

  /// ⊕ over all derivations of the product of their parts; zero for no words.
  @inlinable
  public func total<S: ClosedSemiring>(_ weigh: (DerivationPart, Double) -> S) -> S {
    length > 0 ? inside(weigh)[start, 0, length] : .zero
  }
}

extension DerivationPotentials {
  /// log Σ_t exp(score(t)); −∞ when no derivation is allowed.
  public var logPartition: Double { total { LogSum(logWeight: $1) }.log }

  /// The number of derivations that are not forbidden; nil when it does not fit into 64 bits.
  public var derivationCount: Int? { total { Count(logWeight: $1) }.exact }

  /// E[Σ value(part)] over the parts of a random derivation; nil when none is allowed.
  public func mean(_ value: (DerivationPart, Double) -> Double) -> Double? {
    let total = total { WeightedMean(logWeight: $1, mean: value($0, $1)) }
    return total == .zero ? nil : total.mean
  }
}

/// Visits start < middle < end, shorter spans before longer ones or the other way round.
@inlinable
package func forEachSplit(
  length: Int, longerFirst: Bool = false, _ visit: (_ start: Int, _ middle: Int, _ end: Int) -> Void
) {
  for width in stride(from: 2, through: length, by: 1) {
    let width = longerFirst ? length + 2 - width : width
    for start in 0...(length - width) {
      for middle in (start + 1)..<(start + width) { visit(start, middle, start + width) }
    }
  }
}

/// Visits start < end, shorter spans before longer ones.
func forEachSpan(length: Int, _ visit: (_ start: Int, _ end: Int) -> Void) {
  for width in stride(from: 1, through: length, by: 1) {
    for start in 0...(length - width) { visit(start, start + width) }
  }
}
