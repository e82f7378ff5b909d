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
  /// Whether only trees count whose edges, drawn above the words, do not cross.
  public let projective: Bool

  /// Trees over a square table of at least two rows, whose entries are known to be numbers or −∞.
  package init(checkedScores: [[Double]], singleRoot: Bool, projective: Bool = false) {
    scores = checkedScores
    self.singleRoot = singleRoot
    self.projective = projective
  }

  /// n, the number of words.
  var wordCount: Int { scores.count - 1 }

  /// The same with the head of one word settled.
  func settling(_ word: Int, on head: Int) -> TreePotentials {
    var scores = scores
    for other in scores.indices where other != head { scores[other][word] = -.infinity }
    return TreePotentials(checkedScores: scores, singleRoot: singleRoot, projective: projective)
  }

  /// Whether a word may hang on a head, given the heads of all words before it: no cycle, no second root.
  func leavesTree(_ heads: [Int], _ word: Int, on head: Int) -> Bool {
    if singleRoot, head == 0, heads.contains(0) { return false }
    var node = head
    while node > 0, node <= heads.count { node = heads[node - 1] }
    return node != word
  }
}
