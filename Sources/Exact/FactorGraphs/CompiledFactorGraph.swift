import GSL
public import Models

/// A random field with its junction tree: made once, asked about many pieces of evidence.
///
/// Tables are plain doubles. Where these lose digits, numbers without an end to their range take
/// their place; nothing else changes.
public struct CompiledFactorGraph: Sendable {
  /// The field.
  public let graph: FactorGraph
  /// Which variables are observed in all evidence that it may be asked about; the tree has one value
  /// of these.
  let isSeen: [Bool]
  let tree: JunctionTree
  let factors: FactorNumbers
  /// The product of the factors, where it is the same for all evidence and there is memory for it
  /// beside the tables that evidence makes.
  private let kept: CliqueTables<Double>?

  /// The field with a tree that fits into memory.
  ///
  /// - Parameters:
  ///   - graph: the field.
  ///   - request: says how much is allowed.
  /// - Throws: the refusal of a graph whose tables have too many cells, or of weights so far apart
  ///   that rounding would decide.
  public init(_ graph: FactorGraph, _ request: ExactRequest = ExactRequest()) throws(ExactRefusal) {
    let order = ObservedOrder(graph, graph.cardinalities.map { _ in false })
    try order.requireMemory(request, "variables")
    self.init(graph, try FactorNumbers(graph), order, keepsTables: order.fitsTwice(request))
  }

  /// The field with the tree of an order that was found to fit.
  init(
    _ graph: FactorGraph, _ factors: FactorNumbers, _ order: ObservedOrder, keepsTables: Bool
  ) {
    (self.graph, self.factors, isSeen) = (graph, factors, order.isSeen)
    let tree = JunctionTree(
      of: order.cardinalities, graph.factors.map(\.variables), order.order,
      wider: graph.cardinalities)
    self.tree = tree
    let keeps = keepsTables && !isSeen.contains(true)
    let starts = graph.factors.map { _ in 0 }
    kept = keeps ? factors.plain.flatMap { CliqueTables($0, tree, from: starts) } : nil
  }

  /// The tables of doubles with evidence; nil where doubles lose digits.
  func doubles(_ evidence: [Int?]) -> CliqueTables<Double>? {
    guard var tables = kept ?? factors.plain.flatMap({ product($0, evidence) }) else { return nil }
    tables.enter(evidence)
    return tables
  }

  /// The same tables of wide numbers.
  func wideNumbers(_ evidence: [Int?]) -> CliqueTables<WideNumber>? {
    var tables = ScaledFactors<WideNumber>(factors.wide).flatMap { product($0, evidence) }
    tables?.enter(evidence)
    return tables
  }

  private func product<Weight>(
    _ factors: ScaledFactors<Weight>, _ evidence: [Int?]
  ) -> CliqueTables<Weight>? {
    CliqueTables(factors, tree, from: starts(evidence))
  }

  /// Where in the table of each factor the cells begin that the values of seen variables leave.
  func starts(_ evidence: [Int?]) -> [Int] {
    let seen = zip(isSeen, evidence).map { $0 ? $1 ?? 0 : 0 }
    return graph.factors.map { graph.cell(of: $0, at: seen) }
  }

  /// What a question makes of the tables with evidence: of doubles, or of wide numbers where doubles
  /// lose digits.
  func with<Answer>(
    _ evidence: [Int?], _ plainly: (CollectedTables<Double>) -> Answer?,
    _ widely: (CollectedTables<WideNumber>) -> Answer?
  ) -> Answer? {
    if let tables = doubles(evidence) {
      if let collected = CollectedTables(consume tables) { return plainly(collected) }
    }
    guard let tables = wideNumbers(evidence) else { return nil }
    return CollectedTables(consume tables).flatMap(widely)
  }

  /// Refuses evidence that is none of this field, or is missing where all evidence must have a value.
  func require(_ evidence: [Int?]) throws(ExactRefusal) {
    try graph.require(evidence, 0)
    for (variable, value) in evidence.enumerated() where isSeen[variable] && value == nil {
      throw .misfit(ModelError("observations[0]", "no value of variable \(variable)"))
    }
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

/// The weights of a field as numbers, which all trees of it multiply.
struct FactorNumbers: Sendable {
  let wide: [[WideNumber]]
  /// Nil where some are beyond the range of doubles.
  let plain: ScaledFactors<Double>?

  /// The numbers, or the refusal of weights so far apart that rounding would decide.
  init(_ graph: FactorGraph) throws(ExactRefusal) {
    try graph.requireModerate()
    wide = graph.factors.map { $0.logWeights.map(WideNumber.init(log:)) }
    plain = ScaledFactors(wide)
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
