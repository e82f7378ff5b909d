/// A linear chain of discrete states: a log potential for every state and every step between two.
///
/// ```
/// score(z) = Σ_t nodes[t][z_t] + Σ_t edges[t][z_t][z_{t+1}]
/// p(z)     = exp(score(z)) / Σ_z' exp(score(z'))
/// ```
/// This is the linear-chain conditional random field (Lafferty, McCallum and Pereira 2001). A hidden
/// Markov model with its observations filled in is one whose partition function is the evidence.
public struct ChainPotentials: Sendable, Equatable {
  /// T rows of K log potentials; −∞ forbids a state.
  public let nodes: [[Double]]
  /// T − 1 tables of K rows of K log potentials; −∞ forbids a step.
  ///
  /// A table that all steps share is one table in memory.
  public let edges: [[[Double]]]

  /// A chain whose numbers are known to fit together.
  package init(checkedNodes: [[Double]], edges: [[[Double]]]) {
    nodes = checkedNodes
    self.edges = edges
  }

  /// T, the number of places.
  @inlinable
  public var length: Int { nodes.count }
  /// K, the number of states at each place.
  @inlinable
  public var stateCount: Int { nodes[0].count }

  /// The log weight of one path, not normalised.
  public func score(_ states: [Int]) -> Double {
    var total = nodes[0][states[0]]
    for place in 1..<max(1, length) {
      total += edges[place - 1][states[place - 1]][states[place]]
      total += nodes[place][states[place]]
    }
    return total
  }

  /// Three places with two states each, nothing symmetric.
  public static let threePlaces = ChainPotentials(
    checkedNodes: [[0.4, -0.3], [-0.9, 0.6], [0.2, 0.7]],
    edges: [[[0.5, -0.8], [0.1, 0.3]], [[-0.4, 0.9], [0.6, -0.2]]])

  /// Four places with two states each, nothing symmetric.
  public static let fourPlaces = ChainPotentials(
    checkedNodes: threePlaces.nodes + [[-0.1, 0.8]],
    edges: threePlaces.edges + [[[0.7, -0.6], [-0.5, 0.2]]])

  /// A random chain; every potential is finite.
  public static func random<Choices: DiscreteChoices>(
    states: Int, length: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> ChainPotentials {
    var nodes: [[Double]] = []
    var edges: [[[Double]]] = []
    for place in 0..<length {
      nodes.append(try choices.reals(states, from: -2, to: 1))
      guard place > 0 else { continue }
      var table: [[Double]] = []
      for _ in 0..<states { table.append(try choices.reals(states, from: -1, to: 2)) }
      edges.append(table)
    }
    return ChainPotentials(checkedNodes: nodes, edges: edges)
  }
}
