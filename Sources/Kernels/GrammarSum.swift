internal import CKernels

/// Inside and outside weights of all spans of a sentence under a dense grammar, in plain doubles.
///
/// Words and rules carry constants, powers of two chosen while the spans grow, so that no span has to
/// be brought to the scale of another. Work grows with the cube of the number of symbols, however few
/// the rules.
public struct GrammarSum: Sendable {
  /// What is summed.
  public struct Problem: Sendable {
    let symbols: Int
    let start: Int
    let rules: [Int32]
    let probabilities: [Double]
    let words: Int
    let leaves: [Double]

    /// The most symbols that a table of their cubes is made for.
    public static let mostSymbols = 256
    /// The longest sentence that a table of its squares is made for.
    public static let mostWords = 1024

    /// The number of symbols as tables have it, a multiple of sixteen.
    public static func width(of symbols: Int) -> Int { (symbols + 15) & ~15 }

    /// A sentence of at least one word, nil if the parts do not fit together or are too many.
    ///
    /// - Parameters:
    ///   - symbols: The number of nonterminals.
    ///   - start: The one at the top.
    ///   - rules: Left, first and second symbol of each rule, no two rules having the same three.
    ///   - probabilities: That of each rule.
    ///   - leaves: For each word the probability that each symbol becomes it.
    public init?(
      symbols: Int, start: Int, rules: [Int32], probabilities: [Double], leaves: [Double]
    ) {
      guard symbols > 0, symbols <= Self.mostSymbols, start >= 0, start < symbols,
        rules.count == 3 * probabilities.count, rules.allSatisfy({ $0 >= 0 && $0 < symbols })
      else { return nil }
      words = leaves.count / symbols
      guard words > 0, words <= Self.mostWords, leaves.count == words * symbols else { return nil }
      self.symbols = symbols
      self.start = start
      self.rules = rules
      self.probabilities = probabilities
      self.leaves = leaves
    }
  }

  /// The probability of the sentence is sum · 2^exponent.
  public let sum: Double
  /// The power of two beside it.
  public let exponent: Double
  /// The expected uses of each rule; empty if not asked for or if there is no derivation.
  public let uses: [Double]
  /// The same of each symbol's becoming each word, word by word; empty likewise.
  public let leafUses: [Double]

  /// Fills the tables; nil if a number on the way left the doubles.
  public init?(_ problem: Problem, counting: Bool) {
    var uses = [Double](repeating: 0, count: counting ? problem.probabilities.count : 0)
    var leafUses = [Double](repeating: 0, count: counting ? problem.leaves.count : 0)
    var sumAndExponent = [0.0, 0.0]
    let status = unsafe kernel_grammar_sum(
      Int32(problem.symbols), Int32(problem.start), Int32(problem.probabilities.count),
      problem.rules, problem.probabilities, Int32(problem.words), problem.leaves,
      &sumAndExponent, counting ? 1 : 0, &uses, &leafUses)
    guard isWithinRange(status) else { return nil }
    (sum, exponent) = (sumAndExponent[0], sumAndExponent[1])
    (self.uses, self.leafUses) = sum > 0 ? (uses, leafUses) : ([], [])
  }
}
