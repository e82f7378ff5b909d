import GSL

/// An order in which variables are summed out, with the tables that this makes.
///
/// ```
/// C_v = {v} ∪ {variables left that share a table with v}
/// ```
/// Summing out v makes one table of C_v without v. No order is the best for all graphs, and to find
/// it is hard, so a few greedy ones are tried. Reference: Koller and Friedman 2009, section 9.4.3.
struct EliminationOrder {
  /// What the next variable has least of.
  enum Cost: CaseIterable {
    /// Cells of its table.
    case cells
    /// Pairs of neighbours that its table newly joins.
    case pairs
    /// The same pairs, each counted with its settings.
    case settings
  }

  /// The cliques in their order: the variable that is summed out, then its neighbours.
  private(set) var cliques: [[Int]] = []
  /// The cells of all these tables together, infinity beyond the doubles.
  private(set) var cells = 0.0

  private let cardinalities: [Int]
  private let cost: Cost
  private var neighbours: [[Int]]
  private var isMarked: [Bool]

  /// The best of the greedy orders.
  static func best(of cardinalities: [Int], _ scopes: [[Int]]) -> EliminationOrder {
    var best = EliminationOrder(of: cardinalities, scopes, least: .cells)
    for cost in [Cost.pairs, .settings] where best.countsPairs {
      let other = EliminationOrder(of: cardinalities, scopes, least: cost)
      if other.cells < best.cells { best = other }
    }
    return best
  }

  /// Whether the pairs of the graph as it is are few enough to be counted.
  private var countsPairs: Bool { pairsOfGraph < 0x1p30 }
  private let pairsOfGraph: Double

  /// A greedy order; variables of one value are left out.
  ///
  /// It ends early where a table has more than 2^62 cells.
  init(of cardinalities: [Int], _ scopes: [[Int]], least cost: Cost) {
    self.cardinalities = cardinalities
    self.cost = cost
    var sets = cardinalities.map { _ in Set<Int>() }
    for scope in scopes {
      let open = scope.filter { cardinalities[$0] > 1 }
      for variable in open { sets[variable].formUnion(open) }
    }
    neighbours = sets.enumerated().map { number, set in set.filter { $0 != number }.sorted() }
    isMarked = cardinalities.map { _ in false }
    let degrees = neighbours.map { Double($0.count) }
    pairsOfGraph = neighbours.reduce(0) { $0 + $1.reduce(0) { $0 + degrees[$1] } }
    eliminate()
  }

  private mutating func eliminate() {
    var queue = LeastFirst()
    var costs = cardinalities.map { _ in 0.0 }
    for variable in cardinalities.indices where cardinalities[variable] > 1 {
      costs[variable] = price(variable)
      queue.insert(costs[variable], variable)
    }
    var isGone = cardinalities.map { _ in false }
    while let (price, variable) = queue.removeLeast() {
      // What was put in before its cost changed is out of date.
      guard !isGone[variable], price == costs[variable] else { continue }
      isGone[variable] = true
      let clique = [variable] + neighbours[variable]
      cliques.append(clique)
      cells += clique.reduce(1) { $0 * Double(cardinalities[$1]) }
      guard cells < 0x1p62 else { return }
      for changed in join(variable) {
        let now = self.price(changed)
        guard now != costs[changed] else { continue }
        costs[changed] = now
        queue.insert(now, changed)
      }
    }
  }

  /// Makes neighbours of all neighbours of a variable and takes it out; returns those whose cost may
  /// have changed.
  private mutating func join(_ variable: Int) -> [Int] {
    let clique = neighbours[variable]
    var changed = Set(clique)
    for member in clique {
      for other in clique { isMarked[other] = true }
      isMarked[member] = false
      var joined = clique.filter { $0 != member }
      for other in neighbours[member] where !isMarked[other] && other != variable {
        joined.append(other)
      }
      for other in clique { isMarked[other] = false }
      // Pairs of a variable beside the clique are joined only where both are in it.
      if cost != .cells, joined.count != neighbours[member].count - 1 { changed.formUnion(joined) }
      neighbours[member] = joined
    }
    return changed.sorted()
  }

  private mutating func price(_ variable: Int) -> Double {
    let around = neighbours[variable]
    guard cost != .cells else {
      return around.reduce(log(Double(cardinalities[variable]))) {
        $0 + log(Double(cardinalities[$1]))
      }
    }
    for other in around { isMarked[other] = true }
    var missing = 0.0
    for member in around {
      let size = cost == .pairs ? 1 : Double(cardinalities[member])
      let joined = neighbours[member].reduce(0.0) {
        $0 + (isMarked[$1] ? weight(of: $1) : 0)
      }
      let all = around.reduce(0.0) { $0 + ($1 == member ? 0 : weight(of: $1)) }
      missing += size * (all - joined)
    }
    for other in around { isMarked[other] = false }
    return missing
  }

  private func weight(of variable: Int) -> Double {
    cost == .pairs ? 1 : Double(cardinalities[variable])
  }
}

/// Numbers with their costs, of which the least comes out first; of equal costs, the smaller number.
private struct LeastFirst {
  private var heap: [(cost: Double, number: Int)] = []

  mutating func insert(_ cost: Double, _ number: Int) {
    heap.append((cost, number))
    var place = heap.count - 1
    while place > 0, heap[place] < heap[(place - 1) / 2] {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func removeLeast() -> (cost: Double, number: Int)? {
    guard let least = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return least }
    heap[0] = last
    var place = 0
    while true {
      let children = (2 * place + 1..<2 * place + 3).prefix { $0 < heap.count }
      guard let child = children.min(by: { heap[$0] < heap[$1] }), heap[child] < heap[place] else {
        return least
      }
      heap.swapAt(place, child)
      place = child
    }
  }
}
