import GSL

/// The weights of all arborescences of a graph, root by root, without a single subtraction.
///
/// With w(i, j) the weight of the edge from head i to modifier j, eliminating node k replaces it by
/// its detours:
///
/// ```
/// D_k = Σ_{i<k} w(i, k)          w(i, j) ← w(i, j) + w(i, k) w(k, j) / D_k      (i, j < k, i ≠ j)
/// τ_0 = Π_{k≥1} D_k              τ_k = Σ_{j<k} w_k(k, j) τ_j / D_k
/// ```
/// This is Gaussian elimination of the Laplacian with each diagonal entry kept as the sum of its
/// column, so nothing cancels however far the weights are apart (Grassmann, Taksar and Heyman
/// 1985). τ_r, the cofactor of the Laplacian at r, is the weight of the arborescences out of r.
///
/// The node that has the best head goes first. A word that may lead nowhere (edges of −10⁹) would else
/// be left with a word that must then hang on it, and what is divided out again would have
/// swallowed the digits of all the others.
struct TreeElimination {
  private let count: Int
  /// The node at each place; the weights stand in this order, the last place is eliminated first.
  let order: [Int]
  /// stages[k] holds the weights among nodes 0 … k, from which node k is eliminated next.
  private let stages: [[[Double]]]
  private let logPivots: [Double]
  private let logTrees: [Double]
  private let roots: [Double]
  /// log Σ_r exp(roots_r) τ_r.
  let logTotal: Double

  /// - Parameters:
  ///   - weights: log w(i, j), the diagonal being ignored.
  ///   - roots: the log weight with which each node may be the root.
  init(weights: [[Double]], roots: [Double]) {
    count = weights.count
    var order = Array(weights.indices)
    var shrinking = [weights]
    var pivots = [Double](repeating: 0, count: weights.count)
    for k in stride(from: weights.count - 1, to: 0, by: -1) {
      let next = bestHeaded(shrinking[shrinking.count - 1])
      order.swapAt(next, k)
      for stage in shrinking.indices { exchange(next, k, in: &shrinking[stage]) }
      let stage = shrinking[shrinking.count - 1]
      pivots[k] = logSumExp((0..<k).map { stage[$0][k] })
      shrinking.append(eliminate(k, from: stage, logPivot: pivots[k]))
    }
    self.order = order
    self.roots = order.map { roots[$0] }
    let stages = Array(shrinking.reversed())
    var trees = [pivots.reduce(0, +)]
    for k in stride(from: 1, to: weights.count, by: 1) {
      let ways = (0..<k).map { stages[k][k][$0] + trees[$0] }
      trees.append(pivots[k] == -.infinity ? -.infinity : logSumExp(ways) - pivots[k])
    }
    self.stages = stages
    logPivots = pivots
    logTrees = trees
    logTotal = logSumExp(zip(self.roots, trees).map { $0 + $1 })
  }

  /// ∂ logTotal / ∂ log w(i, j) and ∂ logTotal / ∂ roots_r, by places: the shares of the total that use them.
  ///
  /// The recursions are gone through backwards; every quantity is a share of the total, so an error
  /// of rounding stays as small as it is made.
  func shares() -> (edges: [[Double]], roots: [Double]) {
    let rootShares = zip(roots, logTrees).map { share($0 + $1, of: logTotal) }
    var trees = rootShares
    // From stage k: how much of the total goes through w_k(k, j) in the recursion for τ_k.
    var upward = Array(repeating: [Double](repeating: 0, count: count), count: count)
    for k in stride(from: count - 1, to: 0, by: -1) {
      for j in 0..<k {
        upward[k][j] =
          trees[k] * share(stages[k][k][j] + logTrees[j] - logPivots[k], of: logTrees[k])
        trees[j] += upward[k][j]
      }
    }
    var edges = [[0.0]]
    for k in stride(from: 1, to: count, by: 1) {
      edges = restore(k, edges, upward: upward[k], pivotShare: trees[0] - trees[k])
    }
    return (edges, rootShares)
  }

  /// From shares of the edges among 0 … k−1 to shares of those among 0 … k.
  private func restore(
    _ k: Int, _ reduced: [[Double]], upward: [Double], pivotShare: Double
  ) -> [[Double]] {
    let stage = stages[k]
    let next = stages[k - 1]
    var edges = Array(repeating: [Double](repeating: 0, count: k + 1), count: k + 1)
    var detours = 0.0
    for j in 0..<k { edges[k][j] = upward[j] }
    for i in 0..<k {
      for j in 0..<k where i != j {
        edges[i][j] = reduced[i][j] * share(stage[i][j], of: next[i][j])
        let detour =
          reduced[i][j] * share(stage[i][k] + stage[k][j] - logPivots[k], of: next[i][j])
        edges[i][k] += detour
        edges[k][j] += detour
        detours += detour
      }
    }
    for i in 0..<k { edges[i][k] += (pivotShare - detours) * share(stage[i][k], of: logPivots[k]) }
    return edges
  }
}

/// The place of the node with the largest weight from a head; the last of equals.
private func bestHeaded(_ weights: [[Double]]) -> Int {
  var best = (place: weights.count - 1, weight: -Double.infinity)
  for place in weights.indices.reversed() {
    let weight = weights.indices.reduce(-.infinity) {
      $1 == place ? $0 : max($0, weights[$1][place])
    }
    if weight > best.weight { best = (place, weight) }
  }
  return best.place
}

/// Exchanges two nodes.
private func exchange(_ one: Int, _ other: Int, in weights: inout [[Double]]) {
  guard one != other else { return }
  weights.swapAt(one, other)
  for row in weights.indices { weights[row].swapAt(one, other) }
}

private func eliminate(_ k: Int, from stage: [[Double]], logPivot: Double) -> [[Double]] {
  (0..<k).map { i in
    (0..<k).map { j in
      let detour = stage[i][k] + stage[k][j] - logPivot
      return i == j || logPivot == -.infinity ? stage[i][j] : logAddExp(stage[i][j], detour)
    }
  }
}

/// exp(part − whole); nothing is a share of nothing.
private func share(_ part: Double, of whole: Double) -> Double {
  whole == -.infinity || part.isNaN ? 0 : exp(part - whole)
}
