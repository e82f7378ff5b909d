/// What an edge is worth: first that few words hang from the root, then its score.
///
/// An edge from the root costs one unit that no score can buy, so that the best tree has a single root
/// wherever there is such a tree.
private struct EdgeWorth: Comparable {
  var rootEdges: Int
  var score: Double

  static let none = EdgeWorth(rootEdges: 0, score: -.infinity)

  static func < (one: EdgeWorth, other: EdgeWorth) -> Bool {
    let bothExist = one.score > -.infinity && other.score > -.infinity
    guard bothExist, one.rootEdges != other.rootEdges else { return one.score < other.score }
    return one.rootEdges > other.rootEdges
  }

  static func - (one: EdgeWorth, other: EdgeWorth) -> EdgeWorth {
    guard one.score > -.infinity else { return none }
    return EdgeWorth(rootEdges: one.rootEdges - other.rootEdges, score: one.score - other.score)
  }
}

extension TreePotentials {
  /// argmax_tree score(tree) as the heads of words 1 … n; nil when no tree is allowed.
  ///
  /// The algorithm of Chu and Liu (1965) and Edmonds (1967); for projective trees Eisner's, with a maximum in the
  /// place of each sum.
  public var bestTree: [Int]? {
    if projective {
      return ProjectiveChart<LogMax>(self).walk { (weights: [LogMax]) in weights.firstLargest }
    }
    let worths = scores.enumerated().map { head, row in
      row.enumerated().map { modifier, score in
        modifier == 0 || modifier == head || score == -.infinity
          ? .none : EdgeWorth(rootEdges: singleRoot && head == 0 ? 1 : 0, score: score)
      }
    }
    guard let heads = bestHeads(worths).map({ Array($0.dropFirst()) }),
      !singleRoot || heads.filter({ $0 == 0 }).count == 1
    else { return nil }
    return heads
  }
}

/// The best heads of nodes 1 … n so that all of them lead to node 0; that of node 0 is 0.
///
/// Every node takes its best head. If that makes a cycle, the cycle becomes one node: entering it at a word
/// costs what the word's head in the cycle was worth. The best tree of the smaller graph says where it is entered.
private func bestHeads(_ worths: [[EdgeWorth]]) -> [Int]? {
  let nodes = worths.indices
  var heads = nodes.map { node in
    nodes.reduce(0) { worths[$0][node] < worths[$1][node] ? $1 : $0 }
  }
  heads[0] = 0
  guard nodes.dropFirst().allSatisfy({ worths[heads[$0]][$0].score > -.infinity }) else {
    return nil
  }
  guard let cycle = cycle(in: heads) else { return heads }
  // The nodes outside keep their order, node 0 first; the cycle is the last node of the smaller graph.
  let outside = nodes.filter { !cycle.contains($0) }
  var smaller = [[EdgeWorth]](
    repeating: [EdgeWorth](repeating: .none, count: outside.count + 1), count: outside.count + 1)
  var (entries, exits) = ([Int](), [Int]())
  for (place, node) in outside.enumerated() {
    for (other, modifier) in outside.enumerated() { smaller[place][other] = worths[node][modifier] }
    let entry = best(of: cycle) { worths[node][$0] - worths[heads[$0]][$0] }
    let exit = best(of: cycle) { worths[$0][node] }
    smaller[place][outside.count] = entry.worth
    smaller[outside.count][place] = exit.worth
    entries.append(entry.node)
    exits.append(exit.node)
  }
  guard let found = bestHeads(smaller) else { return nil }
  for (place, node) in outside.enumerated().dropFirst() {
    heads[node] = found[place] == outside.count ? exits[place] : outside[found[place]]
  }
  let from = found[outside.count]
  heads[entries[from]] = outside[from]
  return heads
}

/// The node of a cycle that is worth most, and how much.
private func best(
  of cycle: [Int], worth: (Int) -> EdgeWorth
) -> (node: Int, worth: EdgeWorth) {
  cycle.dropFirst().reduce((cycle[0], worth(cycle[0]))) { best, node in
    let other = worth(node)
    return best.1 < other ? (node, other) : best
  }
}

/// The nodes of a cycle, nil where all of them lead to node 0.
private func cycle(in heads: [Int]) -> [Int]? {
  for start in heads.indices {
    var (path, node) = ([Int](), start)
    while node != 0, !path.contains(node) {
      path.append(node)
      node = heads[node]
    }
    if node != 0 { return Array(path.drop { $0 != node }) }
  }
  return nil
}
