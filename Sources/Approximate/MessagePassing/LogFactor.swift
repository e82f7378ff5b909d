import GSL
package import Probability

/// One of the statistics of a node of a graph.
public struct StatisticPlace: Hashable, Sendable {
  /// The node's number.
  public let node: Int
  /// Which of its statistics.
  public let index: Int

  /// A statistic of a node.
  public init(_ node: Int, _ index: Int) { (self.node, self.index) = (node, index) }
}

/// The logarithm of one factor of a joint distribution, as a polynomial in the statistics of its nodes.
///
/// ```
/// log f = Σ_j c_j Π_(v in j) t_v[i]          each node at most once in every term
/// ```
/// That is what makes a model conjugate-exponential: log f is linear in the statistics of each node while the
/// others stay as they are, so that its derivative by them is a message, and its mean under independent
/// beliefs is the polynomial of the mean statistics.
/// Reference: Winn and Bishop 2005, "Variational message passing".
public struct LogFactor: Sendable {
  /// A product of statistics with a coefficient.
  public struct Term: Sendable, Equatable {
    /// c.
    public var coefficient: Double
    /// The statistics that are multiplied, of different nodes.
    public var statistics: [StatisticPlace]

    /// A term from its parts.
    public init(_ coefficient: Double, _ statistics: [StatisticPlace]) {
      (self.coefficient, self.statistics) = (coefficient, statistics)
    }
  }

  /// What it is called in the ledger: "p(x|z)".
  public let name: String
  /// The terms; one without statistics is a constant.
  public let terms: [Term]

  /// A factor from its terms.
  public init(_ name: String, _ terms: [Term]) { (self.name, self.terms) = (name, terms) }

  /// The nodes in it, ascending.
  public var nodes: [Int] { Set(terms.flatMap { $0.statistics.map(\.node) }).sorted() }

  /// A node that stands twice in a term, where the factor is not linear in its statistics; nil if none does.
  public var repeatedNode: Int? {
    for term in terms {
      let nodes = term.statistics.map(\.node)
      if let node = nodes.first(where: { node in nodes.filter { $0 == node }.count > 1 }) {
        return node
      }
    }
    return nil
  }

  /// The message to a node: what the factor adds to its natural parameters, given the other nodes' means.
  ///
  /// ```
  /// m = ∂ E[log f] / ∂ E[t_node] = Σ_j c_j Π_(v in j, v ≠ node) E[t_v[i]]
  /// ```
  package func message(to node: Int, size: Int, means: (StatisticPlace) -> Double) -> [Double] {
    var message = [Double](repeating: 0, count: size)
    for term in terms {
      guard let own = term.statistics.first(where: { $0.node == node }) else { continue }
      message[own.index] += term.statistics.reduce(term.coefficient) {
        $1.node == node ? $0 : $0 * means($1)
      }
    }
    return message
  }

  /// E[log f] under independent beliefs.
  package func mean(_ means: (StatisticPlace) -> Double) -> Double {
    CompensatedSum(
      terms.map { term in term.statistics.reduce(term.coefficient) { $0 * means($1) } }
    ).value
  }
}

// MARK: The factors of the usual models

extension LogFactor {
  /// p(node) of an exponential family: η · t − A(η).
  package static func prior<Family: NaturalFamily>(
    _ name: String, of node: Int, _ law: Family
  ) throws -> LogFactor {
    let eta = law.naturalParameters
    return LogFactor(
      name,
      eta.enumerated().map { Term($1, [StatisticPlace(node, $0)]) }
        + [Term(-(try law.logPartition()), [])])
  }

  /// N(x; Σ_i c_i y_i + offset, 1/τ), with statistics (x, x²) of x and of every y.
  ///
  /// ```
  /// −(τ/2) (x − Σ c_i y_i − b)² + ½ log(τ/2π)
  /// ```
  package static func normal(
    _ name: String, _ node: Int, mean: [(coefficient: Double, node: Int)], offset: Double = 0,
    precision: Double
  ) -> LogFactor {
    // x − Σ c y as one list of coefficients.
    let parts =
      [(coefficient: 1.0, node: node)] + mean.map { (coefficient: -$0.coefficient, node: $0.node) }
    var terms = [
      Term(0.5 * log(precision / (2 * Double.pi)) - 0.5 * precision * offset * offset, [])
    ]
    for (i, a) in parts.enumerated() {
      terms.append(
        Term(-0.5 * precision * a.coefficient * a.coefficient, [StatisticPlace(a.node, 1)]))
      if offset != 0 {
        terms.append(Term(precision * offset * a.coefficient, [StatisticPlace(a.node, 0)]))
      }
      for b in parts[..<i] {
        terms.append(
          Term(
            -precision * a.coefficient * b.coefficient,
            [StatisticPlace(b.node, 0), StatisticPlace(a.node, 0)]))
      }
    }
    return LogFactor(name, terms)
  }

  /// N(x; μ, 1/τ) with τ a node of the gamma family, statistics (log τ, τ).
  package static func normal(
    _ name: String, _ node: Int, mean: Int, precision: Int
  ) -> LogFactor {
    let tau = StatisticPlace(precision, 1)
    return LogFactor(
      name,
      [
        Term(-0.5, [tau, StatisticPlace(node, 1)]),
        Term(1, [tau, StatisticPlace(node, 0), StatisticPlace(mean, 0)]),
        Term(-0.5, [tau, StatisticPlace(mean, 1)]), Term(0.5, [StatisticPlace(precision, 0)]),
        Term(-0.5 * log(2 * Double.pi), []),
      ])
  }

  /// p(z | π) = π_z, with z by its indicators and π of the Dirichlet family: Σ_k [z = k] log π_k.
  package static func choice(
    _ name: String, _ node: Int, among outcomes: Int, weights: Int
  ) -> LogFactor {
    LogFactor(
      name,
      (0..<outcomes).map { Term(1, [StatisticPlace(node, $0), StatisticPlace(weights, $0)]) })
  }

  /// p(x | z, θ_1 … θ_K) of a mixture: Σ_k [z = k] (t(x) · T(θ_k) + log h(x)).
  ///
  /// - Parameters:
  ///   - name: what it is called in a ledger.
  ///   - choice: the node z.
  ///   - components: the nodes θ_k.
  ///   - statistics: t(x), in the coordinates of the family of θ.
  ///   - logBase: log h(x).
  /// - Returns: the factor.
  package static func gated(
    _ name: String, choice: Int, components: [Int], statistics: [Double], logBase: Double = 0
  ) -> LogFactor {
    LogFactor(
      name,
      components.enumerated().flatMap { k, component in
        let gate = StatisticPlace(choice, k)
        return [Term(logBase, [gate])]
          + statistics.enumerated().filter { $1 != 0 }.map { index, t in
            Term(t, [gate, StatisticPlace(component, index)])
          }
      }.filter { $0.coefficient != 0 })
  }
}
