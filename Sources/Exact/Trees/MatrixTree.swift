import GSL
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
  /// The directed matrix-tree theorem (Tutte 1948), by elimination without subtractions.
  ///
  /// With any number of roots, Z is the weight of the arborescences out of node 0. With a single
  /// root, Z = Σ_r exp(score(0 → r)) τ_r, where τ_r is the weight of the arborescences of the words
  /// out of word r; the determinant of Koo et al (2007) is the same sum.
  public init(of model: SpanningTreeModel) {
    let scores = model.scores
    let nodes = scores.indices
    let arborescences =
      model.singleRoot
      ? Arborescences(singleRoot: scores)
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
        // What is impossible, or certain, comes out with the rounding of a difference or a sum.
        marginals[head + offset][modifier + offset] = min(1, max(0, share))
      }
    }
    if model.singleRoot {
      for (word, share) in arborescences.roots.enumerated() {
        marginals[0][word + 1] = min(1, share)
      }
    }
    edgeMarginals = marginals
  }
}

/// The total weight of a graph's arborescences and the share of it that uses each edge and root.
private struct Arborescences {
  let logTotal: Double
  let edges: [[Double]]
  let roots: [Double]

  /// Those of the words, from any word that is the root's only one.
  ///
  /// ```
  /// e^(score(0 → r)) τ_r = e^(score(0 → r) + Σ_(m≠r) c_m) τ'_r
  /// ```
  /// with c_m the best score of a head of m among the words and τ' made of scores less c. A root that
  /// is far better than all words, or a word that no word may lead to (a score of −10³⁰⁰), would
  /// else swallow the digits of all the others.
  init(singleRoot scores: [[Double]]) {
    let words = Array(scores.indices.dropFirst())
    let best = words.map { word in
      words.filter { $0 != word }.map { scores[$0][word] }.max() ?? 0
    }
    // Where nothing leads there is nothing to take out.
    let common = best.map { $0 == -.infinity ? 0 : $0 }
    let roots = words.indices.map { root in
      let others = words.indices.filter { $0 != root }.map { common[$0] }
      return CompensatedSum(others + [scores[0][words[root]]]).value
    }
    self.init(
      weights: words.map { head in zip(words, common).map { scores[head][$0] - $1 } }, roots: roots)
  }

  /// Eliminates all nodes but one.
  init(weights: [[Double]], roots: [Double]) {
    let elimination = TreeElimination(weights: weights, roots: roots)
    logTotal = elimination.logTotal
    let shares = elimination.shares()
    var (edges, rootShares) = (weights, roots)
    for (place, node) in elimination.order.enumerated() {
      rootShares[node] = shares.roots[place]
      for (other, modifier) in elimination.order.enumerated() {
        edges[node][modifier] = shares.edges[place][other]
      }
    }
    (self.edges, self.roots) = (edges, rootShares)
  }
}
