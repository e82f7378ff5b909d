import GSL
public import Models
import Probability

// The brute-force twin of the matrix-tree theorem: every assignment of heads, kept if it is a tree.

extension SpanningTreePosterior {
  /// The same answer from all (n + 1)^n assignments of heads, those that form trees.
  public static func enumerated(
    of model: SpanningTreeModel, report: VisitReport = { _ in }
  ) -> SpanningTreePosterior {
    let nodes = model.wordCount + 1
    var counts = WeightedCounts(counting: nodes * nodes)
    var visited = 0
    forEachPath(states: nodes, length: model.wordCount) { heads in
      visited += 1
      if visited % visitsBetweenReports == 0 { report(visited) }
      guard model.isTree(heads) else { return }
      counts.add(
        logWeight: model.score(heads: heads),
        containing: heads.enumerated().map { $0.element * nodes + $0.offset + 1 })
    }
    let total = counts.logTotal
    let roundings = Double(nodes + 8) * max(1, abs(total)) + Double(counts.visited)
    return SpanningTreePosterior(
      logPartition: ExactValue(
        total, roundingBound: total.isFinite ? roundings * Double.ulpOfOne : 0),
      edgeMarginals: counts.expectedCounts.map { counts in
        (0..<nodes).map { Array(counts[($0 * nodes)..<(($0 + 1) * nodes)]) }
      })
  }
}

extension SpanningTreeModel {
  /// The number of trees that count, by looking at every assignment of heads.
  public var treeCount: Int {
    var count = 0
    forEachPath(states: wordCount + 1, length: wordCount) { if isTree($0) { count += 1 } }
    return count
  }
}
