import GSL
import Models

/// The factors of a field, each divided by a power of two, in numbers of one kind.
///
/// ```
/// Π_f f(x_f) = 2^e Π_f g(x_f),      max g < 2
/// ```
struct ScaledFactors<Weight: TableWeight>: Sendable {
  /// g of each factor.
  let tables: [[Weight]]
  /// e.
  let exponent: Int

  /// The factors; nil where numbers of this kind are too small or too large for them.
  init?(_ factors: [[WideNumber]]) {
    var (tables, exponent): ([[Weight]], Int) = ([], 0)
    for factor in factors {
      var scaled = factor
      exponent += scaled.scaleDown()
      let table = scaled.compactMap { Weight($0) }
      guard table.count == scaled.count else { return nil }
      tables.append(table)
    }
    (self.tables, self.exponent) = (tables, exponent)
  }
}

/// The product of all factors, as one table for each clique of a junction tree.
///
/// ```
/// Π_f f(x_f) = 2^e Π_c ψ_c(x_c)
/// ```
struct CliqueTables<Weight: TableWeight>: Sendable {
  let tree: JunctionTree
  /// ψ_c, the product of the factors that are at home in c, none of its cells far above one.
  private(set) var tables: [[Weight]]
  /// e, what was taken out of the tables.
  let exponent: Int

  /// The product of the factors, of which the cells that the evidence leaves begin at these places;
  /// nil where numbers of this kind lose digits.
  init?(_ factors: ScaledFactors<Weight>, _ tree: JunctionTree, from starts: [Int]) {
    (self.tree, exponent) = (tree, factors.exponent)
    tables = tree.cliques.map { [Weight](repeating: .one, count: $0.cells) }
    for (number, table) in factors.tables.enumerated() {
      let home = tree.factorHomes[number]
      let isWhole = tables[home.clique].multiply(by: table, home.map, from: starts[number])
      guard isWhole else { return nil }
    }
  }

  /// Sets what contradicts the evidence to zero, of variables that the tree has all values of.
  mutating func enter(_ evidence: [Int?]) {
    for (variable, observed) in evidence.enumerated() where tree.cardinalities[variable] > 1 {
      guard let observed else { continue }
      let home = tree.variableHomes[variable]
      tables[home.clique].keep(observed, home.map)
    }
  }

  /// Hands the tables over and keeps none, so that there is no second copy of them.
  mutating func takeTables() -> [[Weight]] {
    defer { tables = [] }
    return tables
  }
}

/// The tables of cliques with the messages from below.
///
/// ```
/// φ_c(x_c) = ψ_c(x_c) Π_(children d) m_d(x_S_d),      m_c(x_S_c) = Σ_(x_R_c) φ_c(x_S_c, x_R_c)
/// ```
/// A root's message is one number; their product is Z.
struct CollectedTables<Weight: TableWeight>: Sendable {
  let tree: JunctionTree
  /// φ_c, up to a power of two.
  let tables: [[Weight]]
  /// m_c, of the φ_c as they stand here.
  let sums: [[Weight]]
  /// Z.
  let total: WideNumber
  /// Σ |log| of what Z is the product of, for its rounding.
  let size: Double

  /// The tables once each clique has told its parent what it knows; nil where digits were lost.
  init?(_ given: consuming CliqueTables<Weight>) {
    let tree = given.tree
    var (exponent, size) = (given.exponent, abs(Double(given.exponent)))
    var tables = given.takeTables()
    var sums = [[Weight]](repeating: [], count: tree.cliques.count)
    var total = WideNumber.one
    for number in tree.cliques.indices.reversed() {
      let clique = tree.cliques[number]
      var message = tables[number].blockSums(clique.separatorCells)
      sums[number] = message
      let power = message.scaleDown()
      exponent += power
      size += abs(Double(power))
      if let parent = clique.parent {
        guard tables[parent].multiply(by: message, clique.fromParent) else { return nil }
      } else {
        total = total * WideNumber(message[0].double)
      }
    }
    (self.tree, self.tables, self.sums) = (tree, tables, sums)
    self.total = total.scaled(byPowerOfTwo: exponent)
    self.size = size * log(2)
  }

  /// Shows p(x_c | evidence) of every clique, one after the other; none when the evidence is
  /// impossible.
  ///
  /// ```
  /// p(x_c) = p(x_S_c) φ_c(x_c) / m_c(x_S_c)
  /// ```
  /// Parents come first, and tell their children how probable what they share is.
  func forEachBelief(_ body: (_ clique: Int, _ belief: [Double]) -> Void) {
    guard !total.isZero else { return }
    var separators = tree.cliques.map { _ in [1.0] }
    for (number, clique) in tree.cliques.enumerated() {
      let size = clique.cells / clique.separatorCells
      var belief: [Double] = []
      belief.reserveCapacity(clique.cells)
      for (block, probability) in separators[number].enumerated() {
        let sum = sums[number][block]
        for cell in block * size..<(block + 1) * size {
          belief.append(sum.isZero ? 0 : probability * (tables[number][cell] / sum).double)
        }
      }
      separators[number] = []
      for child in clique.children {
        let other = tree.cliques[child]
        separators[child] = belief.summed(to: other.separatorCells, other.fromParent)
      }
      body(number, belief)
    }
  }
}
