import Models

/// The order in which what is left of a field is summed out, once some of its variables are observed.
///
/// ```
/// p(x, e) = Π_f f(x_f, e_f)
/// ```
/// An observed variable has one value left: it is in no table, and what it alone joins falls apart.
struct ObservedOrder {
  /// Which variables are observed.
  let isSeen: [Bool]
  /// The number of values that are left of each variable.
  let cardinalities: [Int]
  /// The order.
  let order: EliminationOrder

  /// The best order that is found of the variables that are not observed.
  init(_ graph: FactorGraph, _ isSeen: [Bool]) {
    self.isSeen = isSeen
    cardinalities = zip(graph.cardinalities, isSeen).map { $1 ? 1 : $0 }
    order = .best(of: cardinalities, graph.factors.map(\.variables))
  }

  /// Refuses an order whose tables have too many cells.
  func requireMemory(_ request: ExactRequest, _ place: String) throws(ExactRefusal) {
    let largest = order.cliques.map(\.count).max() ?? 1
    let count = isSeen.count { !$0 }
    let variables = counted(count, "variable") + (count < isSeen.count ? " not observed" : "")
    try request.requireMemory(
      for: order.cells, "\(place): \(variables), \(largest) of them in one table")
  }

  /// Whether there is memory for its tables twice.
  func fitsTwice(_ request: ExactRequest) -> Bool {
    do { try request.requireMemory(for: 2 * order.cells, "") } catch { return false }
    return true
  }
}
