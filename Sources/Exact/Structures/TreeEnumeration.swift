import GSL
public import Models
import Probability

// The brute-force twin of the matrix-tree theorem: every assignment of heads, kept if it is a tree.

extension TreePosterior {
  /// The same answer from all (n + 1)^n assignments of heads, those that form trees.
  public static func enumerated(of model: SpanningTreeModel) -> TreePosterior {
    var trees: [[Int]] = []
    forEachPath(states: model.wordCount + 1, length: model.wordCount) { heads in
      if model.isTree(heads) { trees.append(heads) }
    }
    let posterior = ExactPosterior(logJoints: trees.map { model.score(heads: $0) })
    guard let probabilities = posterior.probabilities else {
      return TreePosterior(
        logPartition: ExactValue(-.infinity, roundingBound: 0), edgeMarginals: nil)
    }
    var marginals = model.scores.map { $0.map { _ in 0.0 } }
    for (heads, probability) in zip(trees, probabilities) {
      for (word, head) in heads.enumerated() { marginals[head][word + 1] += probability }
    }
    return TreePosterior(logPartition: posterior.logEvidence, edgeMarginals: marginals)
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
