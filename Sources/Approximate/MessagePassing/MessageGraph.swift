public import GSL
public import Probability

/// What is believed of a node of a graph.
public enum NodeBelief: Sendable {
  /// It is known: its statistics are these.
  case known([Double])
  /// A member of an exponential family, which updates set.
  case free(any NaturalFamily)
}

/// One term of a graph's free energy: E[log f] of a factor, or the entropy of a belief.
public struct GraphTerm: Sendable, Equatable {
  /// "p(x|z)", "H[z]".
  public let name: String
  /// Its value in nats.
  public let value: Double
}

/// One update of a graph: the terms it could move, before and after.
public struct GraphUpdate: Sendable, Equatable {
  /// The node whose belief was set.
  public let node: Int
  /// The terms in which it stands: its factors and its own entropy.
  public let before: [GraphTerm]
  /// The same after the update.
  public let after: [GraphTerm]

  /// What the ELBO rose by.
  public var gain: Double {
    CompensatedSum(after.map(\.value) + before.map { -$0.value }).value
  }
}

/// Why a graph cannot be built, or cannot pass a message.
public enum GraphError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A factor has two statistics of one node in a term, so that it is not linear in them.
  case notConjugate(factor: String, node: String)
  /// A node that is known was to be updated.
  case known(node: String)
  /// A factor names a statistic that its node does not have.
  case noStatistic(factor: String, node: Int, index: Int)
  /// The messages add up to no member of the family.
  case noMember(node: String, GSLError)

  /// One line.
  public var description: String {
    switch self {
    case .notConjugate(let factor, let node):
      "\(factor): not linear in the statistics of \(node), so no message can be passed to it"
    case .known(let node): "\(node): is known, and not updated"
    case .noStatistic(let factor, let node, let index):
      "\(factor): node \(node) has no statistic \(index)"
    case .noMember(let node, let error): "\(node): its messages make no distribution; \(error)"
    }
  }
}

/// Variational message passing: independent beliefs about the nodes of a conjugate-exponential model.
///
/// ```
/// η_v = Σ_(f in factors of v) m_(f→v)          ELBO = Σ_f E[log f] + Σ_v H[q_v]
/// ```
/// An update reads the factors of its node, and so the node's Markov blanket, and nothing else.
public struct MessageGraph: Sendable {
  /// What the nodes are called.
  public let names: [String]
  /// The factors whose product is the joint distribution.
  public let factors: [LogFactor]
  /// What is believed of each node.
  public private(set) var beliefs: [NodeBelief]
  private var means: [[Double]]
  private let factorsOfNode: [[Int]]

  /// A graph with beliefs to start from; the factors must be linear in each node's statistics.
  public init(nodes: [(name: String, belief: NodeBelief)], factors: [LogFactor]) throws {
    names = nodes.map(\.name)
    beliefs = nodes.map(\.belief)
    means = try beliefs.map(Self.means)
    self.factors = factors
    for factor in factors {
      for place in factor.terms.flatMap(\.statistics)
      where !(nodes.indices.contains(place.node) && means[place.node].indices.contains(place.index))
      {
        throw GraphError.noStatistic(factor: factor.name, node: place.node, index: place.index)
      }
      if let node = factor.repeatedNode {
        throw GraphError.notConjugate(factor: factor.name, node: nodes[node].name)
      }
    }
    factorsOfNode = nodes.indices.map { node in
      factors.indices.filter { factors[$0].nodes.contains(node) }
    }
  }

  private static func means(of belief: NodeBelief) throws -> [Double] {
    switch belief {
    case .known(let statistics): statistics
    case .free(let law): try law.meanParameters()
    }
  }

  /// E[t] of a node: what it tells its neighbours.
  public func meanParameters(of node: Int) -> [Double] { means[node] }

  /// The nodes that an update of this one reads: those that share a factor with it.
  public func blanket(of node: Int) -> [Int] {
    Set(factorsOfNode[node].flatMap { factors[$0].nodes }).subtracting([node]).sorted()
  }

  // listing: 07 messages
  /// The natural parameters that are best for a node while the others stay: the sum of its messages.
  public func target(_ node: Int) -> [Double] {
    var eta = [Double](repeating: 0, count: means[node].count)
    for factor in factorsOfNode[node] {
      let message = factors[factor].message(to: node, size: eta.count) {
        means[$0.node][$0.index]
      }
      for (index, part) in message.enumerated() { eta[index] += part }
    }
    return eta
  }
  // end of listing

  /// Sets the belief of a node to its best; the ELBO does not fall.
  @discardableResult
  public mutating func update(_ node: Int) throws -> GraphUpdate {
    try move(node, 1)
  }

  /// A step of size ρ towards the best, in natural coordinates: η ← (1 − ρ) η + ρ η̂.
  @discardableResult
  public mutating func move(_ node: Int, _ rho: Double) throws -> GraphUpdate {
    let before = try localTerms(node)
    try set(node, rho)
    return GraphUpdate(node: node, before: before, after: try localTerms(node))
  }

  /// The same step without the ledger.
  private mutating func set(_ node: Int, _ rho: Double) throws {
    guard case .free(let law) = beliefs[node] else { throw GraphError.known(node: names[node]) }
    do throws(GSLError) {
      let target = target(node)
      let eta =
        rho == 1 ? target : zip(law.naturalParameters, target).map { (1 - rho) * $0 + rho * $1 }
      let next = try law.sibling(naturalParameters: eta)
      means[node] = try next.meanParameters()
      beliefs[node] = .free(next)
    } catch {
      throw GraphError.noMember(node: names[node], error)
    }
  }

  /// Updates every free node in turn; the ledger of what moved.
  @discardableResult
  public mutating func sweep() throws -> [GraphUpdate] {
    var ledger: [GraphUpdate] = []
    for node in beliefs.indices {
      if case .free = beliefs[node] { ledger.append(try update(node)) }
    }
    return ledger
  }

  /// Sweeps until no mean statistic moves by more than a tolerance, or as often as `limit` says.
  public mutating func settle(tolerance: Double = 1e-15, limit: Int = 200) throws {
    for _ in 0..<limit {
      let told = means
      for node in beliefs.indices {
        if case .free = beliefs[node] { try set(node, 1) }
      }
      let moves = zip(told.joined(), means.joined()).map { abs($0 - $1) }
      if moves.allSatisfy({ $0 <= tolerance }) { return }
    }
  }

  /// The terms in which a node stands: its factors, then its entropy.
  public func localTerms(_ node: Int) throws -> [GraphTerm] {
    factorsOfNode[node].map { term(of: factors[$0]) } + (try entropyTerm(node).map { [$0] } ?? [])
  }

  /// All terms of the ELBO.
  public func terms() throws -> [GraphTerm] {
    factors.map(term) + (try beliefs.indices.compactMap { try entropyTerm($0) })
  }

  /// Σ_f E[log f] + Σ_v H[q_v].
  public func elbo() throws -> LowerBound {
    LowerBound(CompensatedSum(try terms().map(\.value)).value)
  }

  private func term(of factor: LogFactor) -> GraphTerm {
    GraphTerm(name: factor.name, value: factor.mean { means[$0.node][$0.index] })
  }

  private func entropyTerm(_ node: Int) throws -> GraphTerm? {
    guard case .free(let law) = beliefs[node] else { return nil }
    return GraphTerm(name: "H[\(names[node])]", value: try law.entropyWithoutBase())
  }
}
