import GSL
public import Probability

/// A random field over directed spanning trees: dependency trees of n words below node 0.
///
/// ```
/// score(tree) = Σ_{words m} scores[head of m][m],      p(tree) ∝ exp(score(tree))
/// ```
/// Node 0 is an artificial root. With `singleRoot` only trees with exactly one edge out of it count, with `projective`
/// only those whose edges do not cross.
public struct SpanningTreeModel: Sendable, Equatable {
  /// scores[head][modifier], −∞ to forbid an edge.
  ///
  /// Column 0 and the diagonal are not looked at.
  public let scores: [[Double]]
  /// Whether exactly one word hangs from the root.
  public let singleRoot: Bool
  /// Whether only trees count whose edges, drawn above the words, do not cross.
  public let projective: Bool

  /// A model over n ≥ 1 words, given as a square table with n + 1 rows.
  public init(
    scores: [[Double]], singleRoot: Bool, projective: Bool = false
  ) throws(ModelError) {
    guard scores.count >= 2 else {
      throw ModelError(
        "scores", "expected at least 2 rows (the root and a word), found \(scores.count)")
    }
    for (head, row) in scores.enumerated() {
      try Validate.count("scores[\(head)]", row.count, expected: scores.count)
      for (modifier, score) in row.enumerated() where modifier != 0 && modifier != head {
        guard score.isNaN || score == .infinity else { continue }
        throw ModelError(
          "scores[\(head)][\(modifier)]", "expected a number or −∞, found \(score)")
      }
    }
    self.init(checkedScores: scores, singleRoot: singleRoot, projective: projective)
  }

  private init(checkedScores: [[Double]], singleRoot: Bool, projective: Bool = false) {
    scores = checkedScores
    self.singleRoot = singleRoot
    self.projective = projective
  }

  /// n, the number of words.
  public var wordCount: Int { scores.count - 1 }

  /// The trees as log weights of edges: their partition function is the model's.
  public var potentials: TreePotentials {
    TreePotentials(checkedScores: scores, singleRoot: singleRoot, projective: projective)
  }

  /// The score of a tree given as the heads of words 1 … n; −∞ for what is no tree that counts.
  public func score(heads: [Int]) -> Double {
    guard isTree(heads) else { return -.infinity }
    return heads.enumerated().reduce(0) { $0 + scores[$1.element][$1.offset + 1] }
  }

  /// Whether every word leads to the root, only one hangs from it and no edges cross where that is asked.
  public func isTree(_ heads: [Int]) -> Bool {
    guard heads.count == wordCount, heads.allSatisfy({ $0 >= 0 && $0 <= wordCount }) else {
      return false
    }
    if singleRoot, heads.filter({ $0 == 0 }).count != 1 { return false }
    for word in 1...wordCount {
      var node = word
      var steps = 0
      while node != 0, steps <= wordCount {
        node = heads[node - 1]
        steps += 1
      }
      if node != 0 { return false }
    }
    return !projective || SpanningTreeModel.isProjective(heads)
  }

  /// Whether no two edges cross that are drawn above the words, the root standing before the first.
  ///
  /// Two edges cross where one of them has an end strictly between those of the other, and an end beyond.
  public static func isProjective(_ heads: [Int]) -> Bool {
    let edges = heads.enumerated().map { word, head in
      (from: min(head, word + 1), to: max(head, word + 1))
    }
    return edges.allSatisfy { one in
      edges.allSatisfy { !(one.from < $0.from && $0.from < one.to && one.to < $0.to) }
    }
  }

  /// The same scores with the other rule about the root.
  public func withSingleRoot(_ singleRoot: Bool) -> SpanningTreeModel {
    SpanningTreeModel(checkedScores: scores, singleRoot: singleRoot, projective: projective)
  }

  /// The same scores with the other rule about edges that cross.
  public func withProjective(_ projective: Bool) -> SpanningTreeModel {
    SpanningTreeModel(checkedScores: scores, singleRoot: singleRoot, projective: projective)
  }

  /// The same law with every score relative to the best head of its word, and the sum of the best.
  ///
  /// ```
  /// score(tree) = score'(tree) + Σ_m max_h scores[h][m]
  /// ```
  /// Every word has one head, so what is taken out is the same for all trees; what is left differs by
  /// as much as heads do, however large the scores are.
  public var relativeToBestHeads: (model: SpanningTreeModel, best: Double) {
    var largest = [Double](repeating: -.infinity, count: scores.count)
    for (head, row) in scores.enumerated() {
      for (word, score) in row.enumerated() where word != head {
        largest[word] = max(largest[word], score)
      }
    }
    // A word that nothing may lead to has nothing to be taken out.
    let common = largest.indices.map { $0 > 0 && largest[$0] > -.infinity ? largest[$0] : 0 }
    let relative = scores.enumerated().map { head, row in
      row.indices.map { $0 == head ? row[$0] : row[$0] - common[$0] }
    }
    let best = CompensatedSum(common)
    let model = SpanningTreeModel(
      checkedScores: relative, singleRoot: singleRoot, projective: projective)
    return (model, best.value)
  }

  /// Three words, nothing symmetric.
  public static let threeWords = SpanningTreeModel(
    checkedScores: [
      [0, 1.2, -0.4, 0.3], [0, 0, 0.9, -0.7], [0, -0.2, 0, 0.6], [0, 0.5, 1.1, 0],
    ], singleRoot: false)

  /// n words whose edges all have score 0: the partition function counts trees.
  public static func uniform(words: Int, singleRoot: Bool) -> SpanningTreeModel {
    let nodes = max(2, words + 1)
    return SpanningTreeModel(
      checkedScores: Array(repeating: Array(repeating: 0, count: nodes), count: nodes),
      singleRoot: singleRoot)
  }

  /// A random model; the score of every edge is finite.
  public static func random<Choices: DiscreteChoices>(
    words: Int, singleRoot: Bool, _ choices: inout Choices
  ) throws(ChoiceError) -> SpanningTreeModel {
    var scores: [[Double]] = []
    for _ in 0...words { scores.append(try choices.reals(words + 1, from: -2, to: 2)) }
    return SpanningTreeModel(checkedScores: scores, singleRoot: singleRoot)
  }
}
