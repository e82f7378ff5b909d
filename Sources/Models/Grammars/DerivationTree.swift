import GSL
public import Probability

/// A derivation tree, as the rules that it uses.
public indirect enum DerivationTree: Sendable, Hashable {
  /// A rule that makes a word.
  case word(rule: Int)
  /// A rule that makes two nonterminals, and how they go on.
  case pair(rule: Int, DerivationTree, DerivationTree)
  /// A rule that makes one nonterminal, and how it goes on.
  case unary(rule: Int, DerivationTree)

  /// The rule at the top.
  public var rule: Int {
    switch self {
    case .word(let rule), .pair(let rule, _, _), .unary(let rule, _): rule
    }
  }

  /// The rules from the top down, left before right.
  public var rules: [Int] {
    switch self {
    case .word(let rule): [rule]
    case .pair(let rule, let left, let right): [rule] + left.rules + right.rules
    case .unary(let rule, let only): [rule] + only.rules
    }
  }
}

extension Grammar {
  /// The words that a derivation makes; refuses a tree whose rules do not fit together.
  public func yield(of derivation: DerivationTree) throws(ModelError) -> [String] {
    let rule = try rule(at: derivation)
    switch (derivation, rule.right) {
    case (.word, .word(let word)): return [word]
    case (.pair(let index, let left, let right), .pair(let first, let second)):
      try require(left, rewrites: first, under: index)
      try require(right, rewrites: second, under: index)
      return try yield(of: left) + yield(of: right)
    case (.unary(let index, let branch), .unary(let only)):
      try require(branch, rewrites: only, under: index)
      return try yield(of: branch)
    case (.word(let index), _), (.pair(let index, _, _), _), (.unary(let index, _), _):
      throw ModelError("rule \(index)", "does not make what the tree has below it")
    }
  }

  /// log p(derivation) = Σ log p(rule), over the uses of rules.
  public func logProbability(of derivation: DerivationTree) -> Double {
    logProbability(of: derivation.rules)
  }

  /// The same of a derivation given as the rules that it uses.
  public func logProbability(of derivation: [Int]) -> Double {
    derivation.reduce(0) { $0 + log(rules[$1].probability) }
  }

  /// Draws a derivation from the start symbol, the left branch first.
  ///
  /// A grammar may grow faster than it ends, so the number of rules has a cap.
  public func sample<Choices: DiscreteChoices>(
    cap: Int = 10_000, _ choices: inout Choices
  ) throws(ChoiceError) -> DerivationTree {
    var left = cap
    return try sample(start, left: &left, cap: cap, &choices)
  }

  private func sample<Choices: DiscreteChoices>(
    _ symbol: String, left: inout Int, cap: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> DerivationTree {
    guard left > 0 else { throw .tooManyChoices(cap: cap) }
    left -= 1
    let options = rules.indices.filter { rules[$0].left == symbol }
    let rule = options[try choices.choose(options.map { rules[$0].probability })]
    switch rules[rule].right {
    case .word: return .word(rule: rule)
    case .unary(let only):
      return .unary(rule: rule, try sample(only, left: &left, cap: cap, &choices))
    case .pair(let first, let second):
      let one = try sample(first, left: &left, cap: cap, &choices)
      return .pair(rule: rule, one, try sample(second, left: &left, cap: cap, &choices))
    }
  }

  private func rule(at derivation: DerivationTree) throws(ModelError) -> Rule {
    try Validate.index("rule", derivation.rule, below: rules.count)
    return rules[derivation.rule]
  }

  private func require(
    _ branch: DerivationTree, rewrites symbol: String, under parent: Int
  ) throws(ModelError) {
    let found = try rule(at: branch).left
    guard found == symbol else {
      throw ModelError("rule \(parent)", "expected a branch for \"\(symbol)\", found \"\(found)\"")
    }
  }
}
