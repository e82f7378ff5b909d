import GSL

/// A probabilistic context-free grammar in Chomsky normal form, with unary rules beside it.
///
/// Every rule rewrites a nonterminal to two nonterminals, to one nonterminal or to one word; the probabilities
/// of the rules with the same left side sum to one. The probability of a derivation is the product of
/// those of its rules. Unary rules may come back to where they began: there are infinitely many derivations
/// then, and their probabilities still have a sum.
public struct Grammar: Sendable, Equatable {
  /// What a rule rewrites to.
  public enum Right: Sendable, Hashable {
    /// Two nonterminals.
    case pair(String, String)
    /// One word.
    case word(String)
    /// One nonterminal.
    case unary(String)
  }

  /// A rule with its probability.
  public struct Rule: Sendable, Equatable {
    /// The nonterminal that is rewritten.
    public let left: String
    /// What it becomes.
    public let right: Right
    /// P(right | left).
    public let probability: Double

    /// A rule.
    public init(_ left: String, _ right: Right, _ probability: Double) {
      self.left = left
      self.right = right
      self.probability = probability
    }
  }

  /// A rule with its symbols as numbers: left → first second.
  public struct BinaryRule: Sendable, Equatable {
    /// Its place in ``Grammar/rules``.
    public let rule: Int
    /// The nonterminal that is rewritten.
    public let left: Int
    /// The first of the two.
    public let first: Int
    /// The second.
    public let second: Int
    /// P.
    public let probability: Double
    /// log P.
    public let logProbability: Double
  }

  /// A rule with its symbol as a number: left → word.
  public struct LexicalRule: Sendable, Equatable {
    /// Its place in ``Grammar/rules``.
    public let rule: Int
    /// The nonterminal that is rewritten.
    public let left: Int
    /// The word.
    public let word: String
    /// The number of the word among ``Grammar/words``.
    public let wordNumber: Int
    /// P.
    public let probability: Double
    /// log P.
    public let logProbability: Double
  }

  /// A rule with its symbols as numbers: left → only.
  public struct UnaryRule: Sendable, Equatable {
    /// Its place in ``Grammar/rules``.
    public let rule: Int
    /// The nonterminal that is rewritten.
    public let left: Int
    /// The nonterminal that it becomes.
    public let only: Int
    /// log P.
    public let logProbability: Double
  }

  /// The nonterminal that every derivation starts from.
  public let start: String
  /// The rules in the order in which they were given.
  public let rules: [Rule]
  /// The nonterminals, in the order of their first rule; those that have none come last.
  public let nonterminals: [String]
  /// The number of the start symbol among them.
  public let startSymbol: Int
  /// The words of the rules, in the order of their first rule.
  public let words: [String]
  let wordNumbers: [String: Int]
  /// The rules with two nonterminals on the right.
  public let binaryRules: [BinaryRule]
  /// The rules with a word on the right.
  public let lexicalRules: [LexicalRule]
  /// The rules with one nonterminal on the right.
  public let unaryRules: [UnaryRule]

  /// A grammar whose rules are distinct and whose probabilities sum to one for each left side.
  ///
  /// - Parameters:
  ///   - start: the nonterminal that every derivation starts from.
  ///   - rules: the rules.
  ///   - allowsDeadEnds: whether a nonterminal may have no rules, so that no derivation gets past it;
  ///     refused otherwise, because it is mostly a slip of the pen.
  /// - Throws: the place of what does not make a grammar, and the reason.
  public init(start: String, rules: [Rule], allowsDeadEnds: Bool = false) throws(ModelError) {
    try Validate.notEmpty("rules", rules.count)
    let symbols = Set(rules.map(\.left))
    guard allowsDeadEnds || symbols.contains(start) else {
      throw ModelError("start", "expected a symbol that has rules, found \(quoted(start))")
    }
    try Grammar.check(rules)
    for (index, rule) in rules.enumerated() where !allowsDeadEnds {
      for (place, symbol) in rule.right.nonterminals.enumerated() where !symbols.contains(symbol) {
        throw ModelError(
          "rules[\(index)].right[\(place)]",
          "expected a symbol that has rules, found \(quoted(symbol))")
      }
    }
    self.init(checkedStart: start, rules: rules)
    try refuseEndlessChains()
  }

  init(checkedStart start: String, rules: [Rule]) {
    var symbols = Numbering()
    for rule in rules { _ = symbols.number(rule.left) }
    // What only stands on the right has no rules: a dead end.
    for name in rules.flatMap(\.right.nonterminals) { _ = symbols.number(name) }
    startSymbol = symbols.number(start)
    var words = Numbering()
    var binary: [BinaryRule] = []
    var lexical: [LexicalRule] = []
    var unary: [UnaryRule] = []
    for (index, rule) in rules.enumerated() {
      let left = symbols.number(rule.left)
      let logProbability = log(rule.probability)
      switch rule.right {
      case .word(let word):
        lexical.append(
          LexicalRule(
            rule: index, left: left, word: word, wordNumber: words.number(word),
            probability: rule.probability, logProbability: logProbability))
      case .unary(let only):
        unary.append(
          UnaryRule(
            rule: index, left: left, only: symbols.number(only), logProbability: logProbability))
      case .pair(let first, let second):
        binary.append(
          BinaryRule(
            rule: index, left: left, first: symbols.number(first), second: symbols.number(second),
            probability: rule.probability, logProbability: logProbability))
      }
    }
    self.start = start
    self.rules = rules
    nonterminals = symbols.names
    self.words = words.names
    wordNumbers = words.numbers
    binaryRules = binary
    lexicalRules = lexical
    unaryRules = unary
  }

  /// Names in the order in which they first appear.
  private struct Numbering {
    var names: [String] = []
    var numbers: [String: Int] = [:]

    mutating func number(_ name: String) -> Int {
      if let number = numbers[name] { return number }
      numbers[name] = names.count
      names.append(name)
      return names.count - 1
    }
  }

  private static func check(_ rules: [Rule]) throws(ModelError) {
    var totals: [String: Double] = [:]
    var seen: [String: Set<Right>] = [:]
    for (index, rule) in rules.enumerated() {
      try Validate.probability("rules[\(index)].probability", rule.probability)
      guard seen[rule.left, default: []].insert(rule.right).inserted else {
        throw ModelError("rules[\(index)]", "expected distinct rules, found this one before")
      }
      totals[rule.left, default: 0] += rule.probability
    }
    for (index, rule) in rules.enumerated() {
      guard let total = totals[rule.left], !Validate.sumsToOne(total, terms: rules.count) else {
        continue
      }
      throw ModelError(
        "rules[\(index)].probability",
        "expected the rules of \(quoted(rule.left)) to sum to 1, found a sum of \(total)")
    }
  }
}
