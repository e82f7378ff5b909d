import Probability

// Chains of unary rules: A → B → C, over one and the same words.

extension Grammar.Right {
  /// The nonterminals of a right side.
  package var nonterminals: [String] {
    switch self {
    case .pair(let first, let second): [first, second]
    case .unary(let only): [only]
    case .word: []
    }
  }
}

extension Grammar {
  /// How probable a way back to a symbol may be; of what is nearer to one rounding would leave too few digits.
  private static let mostReturning = 1 - 1e-5

  /// Refuses unary rules of which chains do not end.
  ///
  /// ```
  /// Σ_k U^k = (I − U)⁻¹      exists where the spectral radius of U is below one
  /// ```
  /// Elimination tells: the radius is below one just where each symbol, when its turn comes, leads back to
  /// itself with a weight below one by way of those before it (all pivots of I − U are positive).
  func refuseEndlessChains() throws(ModelError) {
    guard !unaryRules.isEmpty else { return }
    let passed = Array(Set(unaryRules.map(\.left))).sorted()
    var chains = passed.map { left in
      passed.map { only in
        unaryRules.reduce(0.0) {
          $1.left == left && $1.only == only ? $0 + rules[$1.rule].probability : $0
        }
      }
    }
    for k in passed.indices {
      let returning = chains[k][k]
      guard returning <= Grammar.mostReturning else {
        let rule = unaryRules.first { $0.left == passed[k] }?.rule ?? 0
        throw ModelError(
          "rules[\(rule)]",
          "expected chains of unary rules that end (a spectral radius below 1), found some that lead "
            + "from \(quoted(nonterminals[passed[k]])) back to it with probability \(returning)")
      }
      let onward = chains[k]
      for i in passed.indices where chains[i][k] > 0 {
        let share = chains[i][k] / (1 - returning)
        for j in passed.indices { chains[i][j] += share * onward[j] }
      }
    }
  }

  /// A symbol to which unary rules lead back, so that there may be infinitely many derivations; nil without one.
  package var cyclicSymbol: String? {
    var steps = [[Int]](repeating: [], count: nonterminals.count)
    for rule in unaryRules { steps[rule.left].append(rule.only) }
    for symbol in nonterminals.indices {
      var (reached, open): (Set<Int>, [Int]) = ([], steps[symbol])
      while let next = open.popLast() {
        if next == symbol { return nonterminals[symbol] }
        if reached.insert(next).inserted { open += steps[next] }
      }
    }
    return nil
  }
}
