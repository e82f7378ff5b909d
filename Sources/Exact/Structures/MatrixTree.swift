import GSL
public import Models
public import Probability

/// The exact answer for a field over spanning trees.
public struct TreePosterior: Sendable, Equatable {
  /// log Σ_trees exp(score); −∞ when no tree is allowed.
  public let logPartition: ExactValue
  /// edgeMarginals[head][modifier]; nil when no tree is allowed.
  public let edgeMarginals: [[Double]]?
}

extension TreePosterior {
  /// The directed matrix-tree theorem (Tutte 1948), by elimination without subtractions.
  ///
  /// With any number of roots, Z is the weight of the arborescences out of node 0. With a single
  /// root, Z = Σ_r exp(score(0 → r)) τ_r, where τ_r is the weight of the arborescences of the words
  /// out of word r; the determinant of Koo et al (2007) is the same sum.
  public init(of model: SpanningTreeModel) {
    let scores = model.scores
    let nodes = scores.indices
    let words = nodes.dropFirst()
    let arborescences =
      model.singleRoot
      ? Arborescences(
        weights: words.map { head in words.map { scores[head][$0] } },
        roots: words.map { scores[0][$0] })
      : Arborescences(
        weights: nodes.map { head in nodes.map { $0 == 0 ? -.infinity : scores[head][$0] } },
        roots: nodes.map { $0 == 0 ? 0 : -.infinity })
    let total = arborescences.logTotal
    // n eliminations, in each of which an entry gains one term.
    let roundings = 4 * Double(nodes.count * nodes.count) * Double.ulpOfOne
    logPartition = ExactValue(
      total, roundingBound: total.isFinite ? roundings * max(1, abs(total)) : 0)
    guard total > -.infinity else {
      edgeMarginals = nil
      return
    }
    var marginals = scores.map { $0.map { _ in 0.0 } }
    let offset = model.singleRoot ? 1 : 0
    for (head, row) in arborescences.edges.enumerated() {
      for (modifier, share) in row.enumerated() where head != modifier {
        // What is impossible comes out as a difference of roundings: never below zero.
        marginals[head + offset][modifier + offset] = max(0, share)
      }
    }
    if model.singleRoot {
      for (word, share) in arborescences.roots.enumerated() { marginals[0][word + 1] = share }
    }
    edgeMarginals = marginals
  }
}

/// The total weight of a graph's arborescences and the share of it that uses each edge and root.
private struct Arborescences {
  let logTotal: Double
  let edges: [[Double]]
  let roots: [Double]

  /// Eliminates all nodes but one; a node that nothing leads to must be that one.
  init(weights: [[Double]], roots: [Double]) {
    var order = Array(weights.indices)
    var elimination = TreeElimination(weights: weights, roots: roots)
    if let stuck = elimination.headless {
      order.swapAt(0, stuck)
      elimination = TreeElimination(
        weights: order.map { i in order.map { weights[i][$0] } }, roots: order.map { roots[$0] })
    }
    logTotal = elimination.logTotal
    let shares = elimination.shares()
    // Exchanging two places is its own inverse.
    edges = order.map { i in order.map { shares.edges[i][$0] } }
    self.roots = order.map { shares.roots[$0] }
  }
}
