public import Models
public import Probability

/// The exact answer for a field over spanning trees.
public struct SpanningTreePosterior: Sendable, Equatable {
  /// log Σ_trees exp(score); −∞ when no tree is allowed.
  public let logPartition: ExactValue
  /// edgeMarginals[head][modifier]; nil when no tree is allowed.
  public let edgeMarginals: [[Double]]?
}

extension SpanningTreePosterior {
  /// The answer of `TreeLaw`: the matrix-tree theorem by elimination without subtractions, or all pieces of
  /// projective trees.
  public init(of model: SpanningTreeModel) {
    guard let law = TreeLaw(model.potentials) else {
      self.init(logPartition: ExactValue(-.infinity, roundingBound: 0), edgeMarginals: nil)
      return
    }
    let total = law.logPartition
    // n eliminations, in each of which an entry gains one term; n levels of pieces, each a sum of n.
    let nodes = Double(model.scores.count)
    let roundings = 4 * nodes * nodes * Double.ulpOfOne
    self.init(
      logPartition: ExactValue(
        total, roundingBound: total.isFinite ? roundings * max(1, abs(total)) : 0),
      edgeMarginals: law.edgeMarginals)
  }
}
