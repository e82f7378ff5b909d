import GSL
public import Models

/// A random field with its junction tree: made once, asked about many pieces of evidence.
///
/// Tables are plain doubles. Where these lose digits, numbers without an end to their range take
/// their place; nothing else changes.
public struct CompiledFactorGraph: Sendable {
  /// The field.
  public let graph: FactorGraph
  let tree: JunctionTree
  let factors: [[WideNumber]]
  let plain: CliqueTables<Double>?

  /// The cells that so many settings need: the tables as they are, and with evidence.
  private static let copies = 2.0

  /// The field with a tree that fits into memory.
  ///
  /// - Parameters:
  ///   - graph: the field.
  ///   - request: says how much is allowed.
  /// - Throws: the refusal of a graph whose tables have too many cells, or of weights so far apart
  ///   that rounding would decide.
  public init(_ graph: FactorGraph, _ request: ExactRequest = ExactRequest()) throws(ExactRefusal) {
    let scopes = graph.factors.map(\.variables)
    let order = EliminationOrder.best(of: graph.cardinalities, scopes)
    let largest = order.cliques.map(\.count).max() ?? 1
    try request.requireMemory(
      for: CompiledFactorGraph.copies * order.cells,
      "variables: \(counted(graph.cardinalities.count, "variable")), \(largest) of them in one table"
    )
    try graph.requireModerate()
    self.graph = graph
    tree = JunctionTree(of: graph.cardinalities, scopes, order)
    factors = graph.factors.map { $0.logWeights.map(WideNumber.init(log:)) }
    plain = CliqueTables(factors, tree)
  }

  /// What a question makes of the tables with evidence: of doubles, or of wide numbers where doubles
  /// lose digits.
  func with<Answer>(
    _ evidence: [Int?], _ plainly: (CollectedTables<Double>) -> Answer?,
    _ widely: (CollectedTables<WideNumber>) -> Answer?
  ) -> Answer? {
    if let tables = plain?.collected(evidence) { return plainly(tables) }
    return CliqueTables<WideNumber>(factors, tree)?.collected(evidence).flatMap(widely)
  }

  /// How much there is: cliques, the cells of the largest and of all.
  var work: [(name: String, count: Double)] {
    [
      ("cliques", Double(tree.cliques.count)), ("largest table", Double(tree.largest)),
      ("cells", Double(tree.cells)),
    ]
  }

  /// The roundings of a probability, or of Z, in units of its size.
  ///
  /// Nothing is subtracted, so that each product and each sum of n terms adds one or n to those of
  /// what goes into it; each factor and each message is met once on the way.
  var roundings: Double {
    tree.cliques.reduce(Double(6 * graph.factors.count)) {
      $0 + Double($1.cells / $1.separatorCells) + 6
    }
  }
}

extension FactorGraph {
  /// The first factor with which the logarithms of weights have too few digits left behind the point;
  /// nil where all have enough.
  ///
  /// e^l carries |l| roundings of its size, and a product those of all its factors.
  public var firstBeyondDigits: Int? {
    var size = 0.0
    return factors.firstIndex { factor in
      size += factor.logWeights.reduce(0) { $1 > -.infinity ? max($0, abs($1)) : $0 }
      return !(size * Double.ulpOfOne < 2e-10)
    }
  }

  /// Refuses weights that rounding would decide about.
  func requireModerate() throws(ExactRefusal) {
    if let factor = firstBeyondDigits { throw .imprecise("factors[\(factor)].table") }
  }
}
