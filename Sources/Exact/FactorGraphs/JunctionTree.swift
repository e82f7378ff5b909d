/// Cliques of variables, one for each table that summing out makes, joined to a tree.
///
/// ```
/// C_c = S_c ∪ R_c,      S_c ⊂ C_parent(c),      every variable in exactly one R_c
/// ```
/// The separator S_c is what a clique shares with its parent, the rest R_c is summed out in it. In its
/// table the separator's variables come first, so that the rest lies in blocks. Reference: Lauritzen
/// and Spiegelhalter, "Local computations with probabilities on graphical structures", 1988.
struct JunctionTree: Sendable {
  /// A clique with its place in the tree.
  struct Clique: Sendable {
    /// Its variables, those of the separator first.
    let variables: [Int]
    /// How many of them are in the separator.
    let separatorCount: Int
    /// The number of its cells.
    let cells: Int
    /// The number of cells of its separator, 1 at a root.
    let separatorCells: Int
    /// The clique it is joined to, which has a smaller number; nil at a root.
    let parent: Int?
    /// From the parent's cells to those of the separator.
    let fromParent: TableMap
    /// The cliques whose parent it is.
    fileprivate(set) var children: [Int] = []
    /// The factors that are in its table.
    fileprivate(set) var factors: [Int] = []
    /// The variables of which it is the smallest clique.
    fileprivate(set) var hosted: [Int] = []
  }

  /// The number of values of each variable.
  let cardinalities: [Int]
  /// The cliques, parents first.
  private(set) var cliques: [Clique] = []
  /// The clique in whose table each factor is, and where its cells lie in the factor's.
  let factorHomes: [(clique: Int, map: TableMap)]
  /// The smallest clique of each variable, and where its cells lie among the variable's values.
  let variableHomes: [(clique: Int, map: TableMap)]

  /// The tree of an order; the tables of its cliques must be few enough for memory.
  ///
  /// - Parameters:
  ///   - cardinalities: the number of values that are left of each variable.
  ///   - scopes: the variables of each factor.
  ///   - order: the order in which they are summed out.
  ///   - wider: the number of values of each variable in the tables of factors, if these have more.
  init(
    of cardinalities: [Int], _ scopes: [[Int]], _ order: EliminationOrder, wider: [Int]? = nil
  ) {
    self.cardinalities = cardinalities
    // Variables of one value are nowhere in the order; each is a clique by itself.
    let single = cardinalities.indices.filter { cardinalities[$0] == 1 }
    let all = order.cliques + single.map { [$0] }
    let merged = MergedCliques(all, count: cardinalities.count)
    cliques = merged.cliques.map { clique in
      let parent = clique.parent.map { merged.cliques[$0] }
      return Clique(
        variables: clique.separator + clique.rest, separatorCount: clique.separator.count,
        cells: cellsOf(clique.separator + clique.rest, cardinalities),
        separatorCells: cellsOf(clique.separator, cardinalities), parent: clique.parent,
        fromParent: TableMap(
          from: parent.map { $0.separator + $0.rest } ?? [], to: clique.separator, cardinalities))
    }
    for (number, clique) in cliques.enumerated() {
      if let parent = clique.parent { cliques[parent].children.append(number) }
    }
    let cliques = cliques
    factorHomes = scopes.map { scope in
      let open = scope.filter { cardinalities[$0] > 1 }
      let first = open.min { merged.position[$0] < merged.position[$1] }
      let home = first.map { merged.home[$0] } ?? 0
      let map = TableMap(from: cliques[home].variables, to: scope, cardinalities, wider: wider)
      return (home, map)
    }
    var smallest = merged.home
    for (number, clique) in cliques.enumerated() {
      for variable in clique.variables where clique.cells < cliques[smallest[variable]].cells {
        smallest[variable] = number
      }
    }
    variableHomes = smallest.enumerated().map { variable, home in
      (home, TableMap(from: cliques[home].variables, to: [variable], cardinalities))
    }
    for (factor, home) in factorHomes.enumerated() {
      self.cliques[home.clique].factors.append(factor)
    }
    for (variable, home) in variableHomes.enumerated() {
      self.cliques[home.clique].hosted.append(variable)
    }
  }

  /// The cells of all cliques.
  var cells: Int { cliques.reduce(0) { $0 + $1.cells } }
  /// The cells of the largest clique.
  var largest: Int { cliques.reduce(0) { max($0, $1.cells) } }
}

/// The number of cells of a table that fits into memory.
private func cellsOf(_ variables: [Int], _ cardinalities: [Int]) -> Int {
  variables.reduce(1) { $0 * cardinalities[$1] }
}

/// The cliques of an order without those that are a part of an earlier one.
private struct MergedCliques {
  struct Clique {
    var separator: [Int]
    var rest: [Int]
    var parent: Int?
  }

  /// What is left, parents first.
  let cliques: [Clique]
  /// The clique in which each variable is summed out.
  let home: [Int]
  /// When each variable is summed out.
  let position: [Int]

  init(_ order: [[Int]], count: Int) {
    var position = [Int](repeating: 0, count: count)
    for (number, clique) in order.enumerated() { position[clique[0]] = number }
    // The clique that each one became a part of; of its variables, the last is the next to go.
    var absorber = Array(order.indices)
    var isAbsorbed = order.map { _ in false }
    var last = Array(order.indices)
    for (number, clique) in order.enumerated() {
      let separator = clique.dropFirst()
      guard let next = separator.map({ position[$0] }).min() else { continue }
      guard order[next].count == separator.count, !isAbsorbed[next] else { continue }
      isAbsorbed[next] = true
      absorber[next] = absorber[number]
      last[absorber[number]] = next
    }
    let kept = order.indices.filter { !isAbsorbed[$0] }.sorted { last[$0] > last[$1] }
    var number = [Int](repeating: 0, count: order.count)
    for (place, clique) in kept.enumerated() { number[clique] = place }
    cliques = kept.map { clique in
      let separator = order[last[clique]].dropFirst().sorted { position[$0] > position[$1] }
      let rest = order[clique].filter { !separator.contains($0) }
      let next = separator.last.map { number[absorber[position[$0]]] }
      return Clique(
        separator: separator, rest: rest.sorted { position[$0] > position[$1] }, parent: next)
    }
    home = (0..<count).map { number[absorber[position[$0]]] }
    self.position = position
  }
}
