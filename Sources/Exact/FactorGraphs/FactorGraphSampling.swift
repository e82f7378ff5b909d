public import Probability

/// The posterior of a field, ready to be drawn from.
///
/// ```
/// x_R ~ p(x_R | x_S) = φ_c(x_S, x_R) / m_c(x_S)         from the roots down
/// ```
/// Reference: Dawid, "Applications of a general propagation algorithm for probabilistic expert
/// systems", 1992.
public struct FactorGraphSampling: Sendable {
  private let tree: JunctionTree
  /// p(x_R | x_S) of each clique, a block for each setting of its separator.
  private let conditionals: [[Double]]
  private let evidence: [Int?]

  /// The messages with evidence; nil when the evidence is impossible.
  public init?(of graph: CompiledFactorGraph, evidence: [Int?]) throws(ExactRefusal) {
    try graph.require(evidence)
    guard let conditionals = graph.with(evidence, { $0.conditionals }, { $0.conditionals })
    else { return nil }
    (tree, self.conditionals, self.evidence) = (graph.tree, conditionals, evidence)
  }

  /// Values of all variables, those of the evidence among them.
  public func sample(
    _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws(ChoiceError) -> [Int] {
    var values = tree.cardinalities.map { _ in 0 }
    for (number, clique) in tree.cliques.enumerated() {
      let size = clique.cells / clique.separatorCells
      let start = size * tree.block(of: clique, values)
      let place = try choices.choose(Array(conditionals[number][start..<start + size]))
      tree.fill(&values, clique, place)
    }
    return zip(evidence, values).map { $0 ?? $1 }
  }
}

extension CollectedTables {
  /// p(x_R | x_S) of each clique; nil when the evidence is impossible.
  fileprivate var conditionals: [[Double]]? {
    total.isZero ? nil : tree.cliques.indices.map(conditional)
  }

  /// p(x_R | x_S) of a clique, zero for separators that are impossible.
  func conditional(_ number: Int) -> [Double] {
    let clique = tree.cliques[number]
    let size = clique.cells / clique.separatorCells
    return tables[number].enumerated().map { cell, weight in
      let sum = sums[number][cell / size]
      return sum.isZero ? 0 : (weight / sum).double
    }
  }
}
