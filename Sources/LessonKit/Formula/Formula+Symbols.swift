extension Formula {
  /// The symbols that it uses, each once, in the order in which they are read.
  ///
  /// A symbol is a letter with its accent or a name: `q`, `θ`, `q̃`, `ELBO`. Primes, stars, powers
  /// and indices make no new symbol, but what an index is made of counts as well. An expectation
  /// with an index is `E_q`, whatever the distribution; without one it is `E`. A function of
  /// `wellKnown`, a word, a sign like Σ or ∂ and the d of dλ are none.
  public var orderedSymbols: [String] {
    var found: [String] = []
    row.collectSymbols(into: &found)
    var seen: Set<String> = []
    return found.filter { !Self.wellKnown.contains($0) && seen.insert($0).inserted }
  }

  /// The symbols that it uses.
  public var symbols: Set<String> { Set(orderedSymbols) }
}

extension [FormulaNode] {
  fileprivate func collectSymbols(into found: inout [String]) {
    for node in self { node.collectSymbols(into: &found) }
  }
}

extension FormulaNode {
  fileprivate func collectSymbols(into found: inout [String]) {
    switch self {
    case .symbol(let name):
      found.append(name)
    case .scripted(let base, let scripts):
      if base == .symbol("E"), scripts.contains(where: { $0.isBelow && $0.notation != .small }) {
        found.append("E_q")
      } else {
        base.collectSymbols(into: &found)
      }
      for script in scripts { script.content.collectSymbols(into: &found) }
    case .group(_, let content, _):
      content.collectSymbols(into: &found)
    case .root(let content):
      content.collectSymbols(into: &found)
    case .fraction(let above, _, let below):
      above.collectSymbols(into: &found)
      below.collectSymbols(into: &found)
    case .blank, .number, .function, .word, .operation, .sign:
      break
    }
  }
}
