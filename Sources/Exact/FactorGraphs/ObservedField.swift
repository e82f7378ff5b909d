public import Models

/// A random field with pieces of evidence and the junction trees that they leave: one for all, or one
/// for each set of observed variables.
public struct ObservedField: Sendable {
  /// The field.
  public let graph: FactorGraph
  /// A value or nil for each variable, any number of times.
  public let evidence: [[Int?]]
  private let trees: [CompiledFactorGraph]
  /// The tree of each piece of evidence.
  private let places: [Int]

  /// The trees, which fit into memory one at a time.
  ///
  /// A tree of its own has smaller tables, and has to be looked for. One tree serves all evidence
  /// where to look for the others takes more steps than its tables have cells.
  ///
  /// - Parameters:
  ///   - graph: the field.
  ///   - evidence: a value or nil for each variable, any number of times.
  ///   - request: says how much is allowed.
  /// - Throws: the refusal of evidence that is none of this field, of evidence that leaves tables of
  ///   too many cells, or of weights so far apart that rounding would decide.
  public init(
    _ graph: FactorGraph, _ evidence: [[Int?]], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    for (index, values) in evidence.enumerated() { try graph.require(values, index) }
    (self.graph, self.evidence) = (graph, evidence)
    let sets = evidence.map { $0.map { $0 != nil } }
    let shared = graph.cardinalities.indices.map { variable in
      !sets.isEmpty && sets.allSatisfy { $0[variable] }
    }
    var (numbers, firsts): ([[Bool]: Int], [Int]) = ([:], [])
    for (index, set) in sets.enumerated() where numbers[set] == nil {
      numbers[set] = firsts.count
      firsts.append(index)
    }
    let common = ObservedOrder(graph, shared)
    let looked = common.order.steps * Double(firsts.count)
    if firsts.count > 1, looked < common.order.cells * Double(evidence.count) {
      let orders = firsts.map { ObservedOrder(graph, sets[$0]) }
      for (order, index) in zip(orders, firsts) {
        let isWhole = !order.isSeen.contains(true)
        try order.requireMemory(request, isWhole ? "variables" : "observations[\(index)]")
      }
      let factors = try FactorNumbers(graph)
      trees = orders.map { order in
        CompiledFactorGraph(graph, factors, order, keepsTables: false)
      }
      places = sets.map { numbers[$0] ?? 0 }
    } else {
      try common.requireMemory(request, shared.contains(true) ? "observations" : "variables")
      let keepsTables = evidence.count > 1 && common.fitsTwice(request)
      trees = [
        CompiledFactorGraph(graph, try FactorNumbers(graph), common, keepsTables: keepsTables)
      ]
      places = sets.map { _ in 0 }
    }
  }

  /// The tree for a piece of evidence.
  public subscript(index: Int) -> CompiledFactorGraph { trees[places[index]] }

  /// How much there is: cliques, the cells of the largest and of all, and trees if there are several.
  var work: [(name: String, count: Double)] {
    let several = trees.count > 1 ? [(name: "trees", count: Double(trees.count))] : []
    return several + [
      ("cliques", trees.reduce(0) { $0 + Double($1.tree.cliques.count) }),
      ("largest table", trees.reduce(0) { max($0, Double($1.tree.largest)) }),
      ("cells", trees.reduce(0) { $0 + Double($1.tree.cells) }),
    ]
  }
}
