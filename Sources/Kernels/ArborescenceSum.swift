internal import CKernels

/// The weight of all arborescences of a graph and the share of it that uses each edge.
///
/// By elimination without subtractions in plain doubles, each column of weights being relative to its
/// greatest.
public struct ArborescenceSum: Sendable {
  /// The total is sum · 2^exponent · exp(logScale).
  public let sum: Double
  /// The power of two beside the sum.
  public let exponent: Double
  /// The logarithm of the rest.
  public let logScale: Double
  /// The share of the total that uses each edge, row by row: head, then modifier.
  public let edges: [Double]
  /// The share of the total that has each node as its root; empty if the root is node 0.
  public let roots: [Double]

  /// Eliminates all nodes but the first.
  ///
  /// Nil if a number on the way left the doubles, or if a node is left that nothing leads to: there
  /// may then be no arborescence, or this may be the wrong order.
  ///
  /// - Parameters:
  ///   - scores: Logarithms of the weights, row by row: head, then modifier. The diagonal is not
  ///     read; nor is column 0 where the root is node 0.
  ///   - nodes: Their number.
  ///   - rootScores: The logarithm of the weight with which each node is the root; nil where node 0
  ///     is.
  public init?(scores: [Double], nodes: Int, rootScores: [Double]?) {
    guard nodes > 0, nodes <= 1 << 12, scores.count == nodes * nodes,
      rootScores.map({ $0.count == nodes }) ?? true
    else { return nil }
    var edges = [Double](repeating: 0, count: scores.count)
    var roots = [Double](repeating: 0, count: rootScores?.count ?? 0)
    var total = [0.0, 0.0, 0.0]
    let status =
      if let rootScores {
        unsafe kernel_tree(Int32(nodes), scores, rootScores, &total, &edges, &roots)
      } else {
        unsafe kernel_tree(Int32(nodes), scores, nil, &total, &edges, &roots)
      }
    guard isWithinRange(status), total[0] > 0 else { return nil }
    (sum, exponent, logScale) = (total[0], total[1], total[2])
    (self.edges, self.roots) = (edges, roots)
  }
}
