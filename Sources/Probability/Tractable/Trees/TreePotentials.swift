/// A random directed spanning tree of n words below node 0: a log weight for every edge.
///
/// ```
/// score(tree) = Σ_{words m} scores[head of m][m],      p(tree) = exp(score(tree)) / Z
/// ```
public struct TreePotentials: Sendable, Equatable {
  /// scores[head][modifier], −∞ to forbid an edge; column 0 and the diagonal are not looked at.
  public let scores: [[Double]]
  /// Whether exactly one word hangs from node 0.
  public let singleRoot: Bool

  /// Trees over a square table of at least two rows, whose entries are known to be numbers or −∞.
  package init(checkedScores: [[Double]], singleRoot: Bool) {
    scores = checkedScores
    self.singleRoot = singleRoot
  }

  /// The same with the head of one word settled.
  func settling(_ word: Int, on head: Int) -> TreePotentials {
    var scores = scores
    for other in scores.indices where other != head { scores[other][word] = -.infinity }
    return TreePotentials(checkedScores: scores, singleRoot: singleRoot)
  }
}
