import GSL

/// The law of the derivations of a sentence, p(t) = exp(score(t)) / Z.
public struct DerivationLaw: Sendable {
  /// What derivations are made of.
  public let potentials: DerivationPotentials
  /// log Z.
  public let logPartition: Double
  private let inside: SpanTable<LogSum>

  /// Adds up all derivations; nil when none is allowed.
  public init?(_ potentials: DerivationPotentials) {
    guard potentials.length > 0 else { return nil }
    inside = potentials.inside { LogSum(logWeight: $1) }
    logPartition = inside[potentials.start, 0, potentials.length].log
    guard logPartition > -.infinity else { return nil }
    self.potentials = potentials
  }

  /// How often each pair and each leaf is expected to be used.
  ///
  /// ```
  /// E[uses of A → BC] = Σ_{i<k<j} outside(A, i, j) · rule · inside(B, i, k) · inside(C, k, j) / Z
  /// ```
  /// These are the derivatives of log Z by the log weights.
  public var expectedUses: (pairs: [Double], leaves: [Double]) {
    let outside = potentials.outside(inside: inside) { LogSum(logWeight: $1) }
    let leaves = potentials.leaves.map { leaf in
      exp(outside[leaf.symbol, leaf.place, leaf.place + 1].log + leaf.logWeight - logPartition)
    }
    var pairs = [Double](repeating: 0, count: potentials.pairs.count)
    forEachSplit(length: potentials.length) { start, middle, end in
      for index in potentials.pairs.indices {
        let rule = potentials.pairs[index]
        pairs[index] += exp(
          outside[rule.left, start, end].log + rule.logWeight
            + inside[rule.first, start, middle].log + inside[rule.second, middle, end].log
            - logPartition)
      }
    }
    return (pairs, leaves)
  }

  /// The entropy −E[log p(t)] = log Z − E[score(t)].
  ///
  /// *Limits.* A difference of logarithms: its rounding is that of log Z.
  public var entropy: Double { logPartition - (potentials.mean { $1 } ?? 0) }

  /// A derivation drawn from the law, from the top down, as its parts, leftmost first.
  public func sample<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [DerivationPart] {
    try potentials.walk(inside) { (ways: [LogSum]) throws(ChoiceError) in
      try choices.choose(among: ways)
    } ?? []
  }
}

extension DerivationPotentials {
  /// argmax_t score(t) as its parts, leftmost first; nil when no derivation is allowed.
  public var bestDerivation: [DerivationPart]? {
    guard length > 0 else { return nil }
    return walk(inside { LogMax(logWeight: $1) }) { (ways: [LogMax]) in ways.firstLargest }
  }

  /// From the top down: what the leftmost open symbol becomes is chosen among the weights of all ways.
  ///
  /// ```
  /// weight of a pair = rule ⊗ inside(B, i, k) ⊗ inside(C, k, j)
  /// ```
  func walk<S: Semiring, Failure: Error>(
    _ inside: SpanTable<S>, choose: ([S]) throws(Failure) -> Int?
  ) throws(Failure) -> [DerivationPart]? {
    var open = [(symbol: start, start: 0, end: length)]
    var parts: [DerivationPart] = []
    while let (symbol, start, end) = open.popLast() {
      var (ways, weights): ([DerivationPart], [S]) = ([], [])
      for (index, leaf) in leaves.enumerated()
      where leaf.symbol == symbol && leaf.place == start && start + 1 == end {
        ways.append(.leaf(index))
        weights.append(S(logWeight: leaf.logWeight))
      }
      for (index, rule) in pairs.enumerated() where rule.left == symbol {
        for middle in (start + 1)..<end {
          ways.append(.pair(index, start: start, middle: middle, end: end))
          weights.append(
            S(logWeight: rule.logWeight) * inside[rule.first, start, middle]
              * inside[rule.second, middle, end])
        }
      }
      guard let chosen = try choose(weights) else { return nil }
      parts.append(ways[chosen])
      if case .pair(let index, let start, let middle, let end) = ways[chosen] {
        open.append((pairs[index].second, middle, end))
        open.append((pairs[index].first, start, middle))
      }
    }
    return parts
  }
}
