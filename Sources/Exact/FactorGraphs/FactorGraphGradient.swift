import GSL

extension CompiledFactorGraph {
  /// ∂ log Z(evidence) / ∂ f(x_f) for every entry of every factor; nil when the evidence is impossible.
  ///
  /// ```
  /// ∂Z/∂f(k) = Σ_(x with x_f = k) Π_(g ≠ f) g(x_g) = Z p(x_f = k) / f(k)
  /// ```
  /// The second form is used where it has its digits, the first where f(k) is 0, or so small that
  /// p(x_f = k) may be below the doubles: it does not divide.
  ///
  /// - Parameter evidence: a value or nil for each variable.
  /// - Returns: the slopes of each factor, laid out as its table.
  /// - Throws: the refusal of evidence that is none.
  public func gradient(_ evidence: [Int?]) throws(ExactRefusal) -> [[Double]]? {
    let posterior = try posterior(evidence)
    guard var slopes = posterior.factorMarginals else { return nil }
    for (number, factor) in factors.wide.enumerated() {
      for (cell, weight) in factor.enumerated() where !weight.isZero {
        slopes[number][cell] = (WideNumber(slopes[number][cell]) / weight).double
      }
    }
    guard factors.wide.contains(where: { $0.contains(where: \.isSmall) }) else { return slopes }
    // Whatever is divided by Z here may be far from one.
    let incoming = IncomingMessages(self, evidence)
    for (number, factor) in factors.wide.enumerated() {
      guard factor.contains(where: \.isSmall) else { continue }
      let others = incoming.without(number)
      for (cell, weight) in factor.enumerated() where weight.isSmall {
        slopes[number][cell] = (others[cell] / incoming.total).double
      }
    }
    return slopes
  }
}

extension WideNumber {
  /// Whether a probability that is divided by it may have lost its digits and be of size one then.
  fileprivate var isSmall: Bool { self < WideNumber(1, exponent: -900) }
}

/// What each clique is told by its neighbours, and what it knows by itself.
///
/// ```
/// δ_c(x_S) = Σ_(x_parent, x_S) ψ_parent δ_parent Π_(siblings d) m_d
/// ```
/// Reference: Shafer and Shenoy, "Probability propagation", 1990.
private struct IncomingMessages {
  let tree: JunctionTree
  let factors: [[WideNumber]]
  /// Where in the table of each factor the cells begin that the evidence leaves.
  let starts: [Int]
  let evidence: [Int?]
  /// m_c, without any scaling.
  private(set) var upward: [[WideNumber]]
  /// δ_c; of a root, what the other trees of the forest add up to.
  private(set) var downward: [[WideNumber]]

  init(_ graph: CompiledFactorGraph, _ evidence: [Int?]) {
    (tree, factors) = (graph.tree, graph.factors.wide)
    (starts, self.evidence) = (graph.starts(evidence), evidence)
    let tree = graph.tree
    upward = tree.cliques.map { [WideNumber](repeating: .one, count: $0.separatorCells) }
    downward = upward
    for number in tree.cliques.indices.reversed() {
      upward[number] = table(number).blockSums(tree.cliques[number].separatorCells)
    }
    for (number, clique) in tree.cliques.enumerated() {
      if let parent = clique.parent {
        let told = table(parent, withoutChild: number)
        downward[number] = told.summed(to: clique.separatorCells, clique.fromParent)
      } else {
        // What the other trees of a forest add up to is a factor like any other.
        downward[number] = [
          roots.reduce(.one) { $1 == number ? $0 : $0 * upward[$1][0] }
        ]
      }
    }
  }

  private var roots: [Int] { tree.cliques.indices.filter { tree.cliques[$0].parent == nil } }

  /// Z.
  var total: WideNumber { roots.reduce(.one) { $0 * upward[$1][0] } }

  /// Σ over all but the variables of one factor, of the product of the others.
  func without(_ factor: Int) -> [WideNumber] {
    let home = tree.factorHomes[factor]
    return table(home.clique, withoutFactor: factor)
      .summed(to: factors[factor].count, home.map, from: starts[factor])
  }

  /// Everything that is known at a clique, but for what one child or one factor says.
  ///
  /// Before the messages from above are known, they are one.
  private func table(
    _ number: Int, withoutChild child: Int? = nil, withoutFactor factor: Int? = nil
  ) -> [WideNumber] {
    let clique = tree.cliques[number]
    var table = [WideNumber](repeating: .one, count: clique.cells)
    for place in clique.factors where place != factor {
      _ = table.multiply(by: factors[place], tree.factorHomes[place].map, from: starts[place])
    }
    for variable in clique.hosted where tree.cardinalities[variable] > 1 {
      if let observed = evidence[variable] {
        table.keep(observed, tree.variableHomes[variable].map)
      }
    }
    for other in clique.children where other != child {
      _ = table.multiply(by: upward[other], tree.cliques[other].fromParent)
    }
    let size = clique.cells / clique.separatorCells
    for cell in table.indices { table[cell] = table[cell] * downward[number][cell / size] }
    return table
  }
}
