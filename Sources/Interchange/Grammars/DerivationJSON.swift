import JSONText
import Models

extension Grammar {
  /// How deep a tree may be that is written out: what is read back is refused beyond 200 levels.
  private static let deepestWritten = 150

  /// A derivation, given as its rules from the top, leftmost first.
  ///
  /// ```
  /// {"rules": [0, 3, …], "tree": ["S", ["NP", "she"], ["VP", …]]}
  /// ```
  /// A tree is the name of a nonterminal and what it becomes, trees or one word. It is left out where it is deeper
  /// than a reader of JSON should be asked to go; the rules say the same.
  func members(of derivation: [Int]) -> [(key: String, value: JSON)] {
    let rules: (key: String, value: JSON) = ("rules", .array(derivation.map { .integer($0) }))
    guard let tree = tree(of: derivation) else { return [rules] }
    return [rules, ("tree", tree)]
  }

  /// The tree, made from its last rule backwards, so that the branches of a rule stand ready: the first on top.
  private func tree(of derivation: [Int]) -> JSON? {
    var ready: [(tree: JSON, depth: Int)] = []
    for index in derivation.reversed() {
      let rule = rules[index]
      var (parts, depth) = ([JSON.string(rule.left)], 0)
      if case .word(let word) = rule.right { parts.append(.string(word)) }
      for _ in rule.right.nonterminals {
        guard let branch = ready.popLast() else { return nil }
        parts.append(branch.tree)
        depth = max(depth, branch.depth)
      }
      guard depth < Grammar.deepestWritten else { return nil }
      ready.append((.array(parts), depth + 1))
    }
    return ready.last?.tree
  }

  /// The same for a person: (S (NP she) (VP …)).
  func text(of derivation: [Int]) -> String {
    var ready: [String] = []
    for index in derivation.reversed() {
      let rule = rules[index]
      var text = "(" + excerptBare(rule.left)
      if case .word(let word) = rule.right { text += " " + excerptBare(word) }
      for _ in rule.right.nonterminals { text += " " + (ready.popLast() ?? "") }
      ready.append(text + ")")
    }
    return ready.last ?? "()"
  }
}
