import GSL
public import Models
import Probability

// The brute-force twin of the matrix-tree theorem: every assignment of heads, kept if it is a tree.

extension SpanningTreePosterior {
  /// The same answer from all (n + 1)^n assignments of heads, those that form trees.
  public static func enumerated(of model: SpanningTreeModel) -> SpanningTreePosterior {
    enumerated(of: model, sum(of: model).straight)
  }

  /// The sum over all trees, with their edges.
  static func sum(of model: SpanningTreeModel) -> StateSum<Double> {
    let nodes = model.wordCount + 1
    return StateSum(power(nodes, model.wordCount), parts: nodes * nodes) { numbers, counts in
      forEachPath(states: nodes, length: model.wordCount, in: numbers) { heads in
        guard model.isTree(heads) else { return }
        counts.add(
          model.score(heads: heads),
          containing: heads.enumerated().map { $0.element * nodes + $0.offset + 1 })
      }
    }
  }

  /// The answer, from that sum.
  static func enumerated(
    of model: SpanningTreeModel, _ counts: LogTally<Double>
  ) -> SpanningTreePosterior {
    let nodes = model.wordCount + 1
    // A score is a sum of n, which may cancel.
    let largest = model.scores.joined().reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    let words = Double(model.wordCount)
    return SpanningTreePosterior(
      logPartition: counts.logTotal(
        Roundings(ofItsSize: words, ofOne: words * largest)),
      edgeMarginals: counts.means.map { counts in
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
