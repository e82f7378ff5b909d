import GSL
import Models

/// The product of all factors, as one table for each clique of a junction tree.
///
/// ```
/// Π_f f(x_f) = 2^e Π_c ψ_c(x_c)
/// ```
struct CliqueTables<Weight: TableWeight>: Sendable {
  let tree: JunctionTree
  /// ψ_c, the product of the factors that are at home in c, none of its cells far above one.
  let tables: [[Weight]]
  /// e, what was taken out of the tables.
  let exponent: Int

  /// The product of these weights of each factor; nil where the numbers of this kind are too small or
  /// too large for it.
  init?(_ factors: [[WideNumber]], _ tree: JunctionTree) {
    var exponent = 0
    var tables = tree.cliques.map { [Weight](repeating: .one, count: $0.cells) }
    for (factor, home) in zip(factors, tree.factorHomes) {
      var scaled = factor
      exponent += scaled.scaleDown()
      var weights: [Weight] = []
      for number in scaled {
        guard let weight = Weight(number) else { return nil }
        weights.append(weight)
      }
      guard tables[home.clique].multiply(by: weights, home.map) else { return nil }
    }
    (self.tree, self.tables, self.exponent) = (tree, tables, exponent)
  }

  /// The tables with what contradicts the evidence set to zero.
  func given(_ evidence: [Int?]) -> [[Weight]] {
    var tables = self.tables
    for (variable, observed) in evidence.enumerated() {
      guard let observed else { continue }
      let home = tree.variableHomes[variable]
      var cell = 0
      for start in home.map.outer {
        for place in home.map.inner {
          if start + place != observed { tables[home.clique][cell] = .zero }
          cell += 1
        }
      }
    }
    return tables
  }

  /// The tables once each clique has told its parent what it knows.
  ///
  /// - Returns: nil where digits were lost.
  func collected(_ evidence: [Int?]) -> CollectedTables<Weight>? {
    CollectedTables(given(evidence), tree, exponent)
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

  fileprivate init?(_ given: [[Weight]], _ tree: JunctionTree, _ start: Int) {
    var (tables, exponent) = (given, start)
    var sums = [[Weight]](repeating: [], count: tree.cliques.count)
    var (total, size) = (WideNumber.one, abs(Double(start)))
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

  /// p(x_c | evidence) of every clique; nil when the evidence is impossible.
  ///
  /// ```
  /// p(x_c) = p(x_S_c) φ_c(x_c) / m_c(x_S_c)
  /// ```
  /// Parents come first, and tell their children how probable what they share is.
  var beliefs: [[Double]]? {
    guard !total.isZero else { return nil }
    var beliefs: [[Double]] = []
    for (number, clique) in tree.cliques.enumerated() {
      let separator =
        clique.parent.map { beliefs[$0].summed(to: clique.separatorCells, clique.fromParent) }
        ?? [1]
      let size = clique.cells / clique.separatorCells
      var belief: [Double] = []
      belief.reserveCapacity(clique.cells)
      for (block, probability) in separator.enumerated() {
        let sum = sums[number][block]
        for cell in block * size..<(block + 1) * size {
          belief.append(
            sum.isZero ? 0 : probability * (tables[number][cell] / sum).double)
        }
      }
      beliefs.append(belief)
    }
    return beliefs
  }
}
