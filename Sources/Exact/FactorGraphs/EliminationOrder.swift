import GSL

/// An order in which variables are summed out, with the tables that this makes.
///
/// ```
/// C_v = {v} ∪ {variables left that share a table with v}
/// ```
/// Summing out v makes one table of C_v without v. To find the best order is hard, so greedy ones are
/// tried (``best(of:_:)``). Reference: Koller and Friedman 2009, section 9.4.3.
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
  /// How many neighbours were looked at to find it.
  private(set) var steps = 0.0
  /// How many pairs of variables share a table only since others were summed out.
  private(set) var joinedPairs = 0

  private let cardinalities: [Int]
  private let cost: Cost
  private var neighbours: [[Int]]
  private var isMarked: [Bool]

  /// Whether the pairs of the graph as it is are few enough to be counted.
  var countsPairs: Bool { pairsOfGraph < 0x1p30 }
  private let pairsOfGraph: Double

  /// A greedy order; variables of one value are left out.
  ///
  /// - Parameters:
  ///   - cardinalities: the number of values of each variable.
  ///   - scopes: the variables of each table.
  ///   - cost: what the next variable has least of.
  ///   - limit: it ends early, and is none, with as many cells as this.
  ///   - disturbed: what each cost is multiplied by.
  init(
    of cardinalities: [Int], _ scopes: [[Int]], least cost: Cost, below limit: Double = 0x1p62,
    _ disturbed: () -> Double = { 1 }
  ) {
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
    eliminate(limit, disturbed)
  }

  private mutating func eliminate(_ limit: Double, _ disturbed: () -> Double) {
    var queue = LeastFirst()
    var costs = cardinalities.map { _ in 0.0 }
    for variable in cardinalities.indices where cardinalities[variable] > 1 {
      costs[variable] = price(variable) * disturbed()
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
      guard cells < limit else { return }
      for changed in join(variable) {
        let now = self.price(changed) * disturbed()
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
      steps += Double(clique.count + neighbours[member].count)
      joinedPairs += joined.count + 1 - neighbours[member].count
      // Pairs of a variable beside the clique are joined only where both are in it.
      if cost != .cells, joined.count != neighbours[member].count - 1 { changed.formUnion(joined) }
      neighbours[member] = joined
    }
    return changed.sorted()
  }

  private mutating func price(_ variable: Int) -> Double {
    let around = neighbours[variable]
    steps += Double(around.count) + 8
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
      steps += Double(neighbours[member].count)
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
