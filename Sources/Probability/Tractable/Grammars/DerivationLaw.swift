import GSL

/// The law of the derivations of a sentence, p(t) = exp(score(t)) / Z.
public struct DerivationLaw: Sendable {
  /// What derivations are made of.
  public let potentials: DerivationPotentials
  /// log Z.
  public let logPartition: Double
  private let inside: SpanTable<LogSum>
  private let ways: DerivationWays

  /// Adds up all derivations; nil when none is allowed.
  public init?(_ potentials: DerivationPotentials) {
    guard potentials.length > 0 else { return nil }
    inside = potentials.inside { LogSum(logWeight: $1) }
    logPartition = inside[potentials.start, 0, potentials.length].log
    guard logPartition > -.infinity else { return nil }
    self.potentials = potentials
    ways = DerivationWays(potentials)
  }

  /// How often each part is used, or what is left of that when its own weight is divided out.
  public struct Uses: Sendable {
    /// One number for each of ``DerivationPotentials/pairs``.
    public var pairs: [Double]
    /// One for each of ``DerivationPotentials/leaves``.
    public var leaves: [Double]
    /// One for each of ``DerivationPotentials/unaries``.
    public var unaries: [Double]
  }

  /// How often each pair, each leaf and each unary rule is expected to be used.
  ///
  /// ```
  /// E[uses of A → BC] = Σ_{i<k<j} outside(A, i, j) · rule · inside(B, i, k) · inside(C, k, j) / Z
  /// E[uses of A → B]  = Σ_{i<j} outside(A, i, j) · rule · inside(B, i, j) / Z
  /// ```
  /// These are the derivatives of log Z by the log weights.
  public var expectedUses: Uses { uses { $0 } }

  /// The derivatives of log Z by the weights themselves: the same sums without the rule's own weight.
  ///
  /// ```
  /// ∂ log Z / ∂ w = E[uses] / w,     and at w = 0 the limit of that
  /// ```
  /// Nothing is divided by w, so a rule that is forbidden has a slope as well.
  public var slopes: Uses { uses { _ in 0 } }

  private func uses(weigh: (Double) -> Double) -> Uses {
    let outside = outside
    let leaves = potentials.leaves.map { leaf in
      exp(
        outside[leaf.symbol, leaf.place, leaf.place + 1].log + weigh(leaf.logWeight) - logPartition)
    }
    var pairs = [Double](repeating: 0, count: potentials.pairs.count)
    forEachSplit(length: potentials.length) { start, middle, end in
      for index in potentials.pairs.indices {
        let rule = potentials.pairs[index]
        pairs[index] += exp(
          outside[rule.left, start, end].log + weigh(rule.logWeight)
            + inside[rule.first, start, middle].log + inside[rule.second, middle, end].log
            - logPartition)
      }
    }
    var unaries = [Double](repeating: 0, count: potentials.unaries.count)
    for (index, rule) in potentials.unaries.enumerated() {
      forEachSpan(length: potentials.length) { start, end in
        unaries[index] += exp(
          outside[rule.left, start, end].log + weigh(rule.logWeight)
            + inside[rule.only, start, end].log - logPartition)
      }
    }
    return Uses(pairs: pairs, leaves: leaves, unaries: unaries)
  }

  private var outside: SpanTable<LogSum> {
    potentials.outside(inside: inside) { LogSum(logWeight: $1) }
  }
}

// MARK: Spans

extension DerivationLaw {
  /// A symbol over a span of words, with how probable and how frequent it is there.
  public struct Constituent: Sendable, Equatable {
    /// The symbol.
    public let symbol: Int
    /// The place of its first word.
    public let start: Int
    /// The place after its last word.
    public let end: Int
    /// The probability that a derivation has it.
    public let probability: Double
    /// The expected number; above the probability only where chains of unary rules come back.
    public let expectedCount: Double

    /// A constituent with what is known of it.
    package init(
      symbol: Int, start: Int, end: Int, probability: Double, expectedCount: Double
    ) {
      (self.symbol, self.start, self.end) = (symbol, start, end)
      (self.probability, self.expectedCount) = (probability, expectedCount)
    }
  }

  /// All constituents that are possible, shorter ones first.
  ///
  /// ```
  /// E[number of A over i … j] = inside(A, i, j) · outside(A, i, j) / Z
  /// p(A over i … j)           = E[number] / R(A, A)
  /// ```
  /// Once a chain has reached A it passes it R(A, A) times on average, whatever it becomes in the end: the
  /// weights of what follows cancel on the way from A back to A.
  public var constituents: [Constituent] {
    let outside = outside
    let returns =
      potentials.unaries.isEmpty
      ? [Double](repeating: 0, count: potentials.symbolCount)
      : potentials.chains { LogSum(logWeight: $1) }.enumerated().map { $1[$0].log }
    var found: [Constituent] = []
    forEachSpan(length: potentials.length) { start, end in
      for symbol in 0..<potentials.symbolCount {
        let share = inside[symbol, start, end].log + outside[symbol, start, end].log - logPartition
        guard share > -.infinity else { continue }
        found.append(
          Constituent(
            symbol: symbol, start: start, end: end,
            probability: min(1, exp(share - returns[symbol])), expectedCount: exp(share)))
      }
    }
    return found
  }

  /// The entropy −E[log p(t)].
  ///
  /// ```
  /// H = Σ_{A, i, j} E[number of A over i … j] · H(what A becomes there)
  /// ```
  /// A derivation drawn from the top down makes one independent choice a constituent, so entropies add up;
  /// nothing is subtracted. (log Z − E[score] is the same number, with the rounding of log Z.)
  public var entropy: Double {
    var sum = CompensatedSum()
    for node in constituents {
      let weights = ways.all(of: node.symbol, node.start, node.end, inside).weights.map(\.log)
      let total = logSumExp(weights)
      for weight in weights where weight > -.infinity {
        sum.add(node.expectedCount * exp(weight - total) * (total - weight))
      }
    }
    return sum.value
  }
}

// MARK: Draws, and the best

extension DerivationLaw {
  /// A derivation drawn from the law, from the top down, as its parts, leftmost first.
  public func sample<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [DerivationPart] {
    try ways.walk(inside) { (ways: [LogSum]) throws(ChoiceError) in
      try choices.choose(among: ways)
    } ?? []
  }
}

extension DerivationPotentials {
  /// argmax_t score(t) as its parts, leftmost first; nil when no derivation is allowed.
  public var bestDerivation: [DerivationPart]? {
    guard length > 0 else { return nil }
    return DerivationWays(self).walk(inside { LogMax(logWeight: $1) }) { (ways: [LogMax]) in
      ways.firstLargest
    }
  }
}
