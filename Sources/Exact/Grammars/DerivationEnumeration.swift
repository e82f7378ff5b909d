import GSL
public import Models
import Probability

// The brute-force twin of the inside algorithm. It knows no spans: it rewrites the leftmost
// nonterminal in every possible way, as the grammar would, and keeps what spells the sentence.

extension Sentence {
  /// All derivations of the sentence, each as the list of its rules from the top, leftmost first.
  ///
  /// Where unary rules come back to a symbol there are infinitely many; these are those that do not.
  public func leftmostDerivations() -> [[Int]] {
    var found: [[Int]] = []
    var search = DerivationSearch(self, budget: .max)
    _ = search.run { found.append($0) }
    return found
  }
}

/// The leftmost derivations of a sentence one by one, in memory that does not grow with their number.
///
/// n words take exactly n − 1 binary and n lexical rules, and no chain of unary rules passes a symbol twice, so
/// the search ends.
struct DerivationSearch {
  private let steps: LeftmostSteps
  /// The symbols that are still to be rewritten, the leftmost last.
  private var open: [Int]
  private var used: [Int] = []
  /// How many rules may still be tried.
  private var budget: Int

  init(_ sentence: Sentence, budget: Int) {
    steps = LeftmostSteps(of: sentence)
    open = [sentence.grammar.startSymbol]
    self.budget = budget
  }

  /// Visits all derivations; false if the budget was used up before.
  mutating func run(_ visit: ([Int]) throws -> Void) rethrows -> Bool {
    try rewrite(position: 0, visit)
    return budget > 0
  }

  /// Rewrites the leftmost open symbol; the chain holds the symbols from which unary rules have led to it.
  private mutating func rewrite(
    position: Int, chain: [Int] = [], _ visit: ([Int]) throws -> Void
  ) rethrows {
    guard let symbol = open.last else { return try visit(used) }
    let count = open.count
    open.removeLast()
    for index in steps.pairs(of: symbol, position: position, open: count) where budget > 0 {
      budget -= 1
      let pair = steps.pairs[index]
      used.append(pair.rule)
      open.append(pair.second)
      open.append(pair.first)
      try rewrite(position: position, visit)
      open.removeLast(2)
      used.removeLast()
    }
    for rule in steps.unaries[symbol]
    where budget > 0 && rule.only != symbol && !chain.contains(rule.only) {
      budget -= 1
      used.append(rule.rule)
      open.append(rule.only)
      try rewrite(position: position, chain: chain + [symbol], visit)
      open.removeLast()
      used.removeLast()
    }
    if budget > 0, steps.mayEnd(position: position, open: count),
      let rule = steps.words[symbol * steps.length + position].rule
    {
      budget -= 1
      used.append(rule)
      try rewrite(position: position + 1, visit)
      used.removeLast()
    }
    open.append(symbol)
  }
}

extension GrammarPosterior {
  /// The same answer from all derivations, one after the other.
  public static func enumerated(
    of sentence: Sentence, report: @escaping VisitReport = { _ in }
  ) -> GrammarPosterior {
    enumerated(of: sentence, budget: .max, report: report)
      ?? GrammarPosterior(
        logEvidence: ExactValue(-.infinity, roundingBound: 0), expectedCounts: nil)
  }

  /// The same within a number of rules tried; nil if that was not enough.
  ///
  /// Few derivations may hide among many beginnings that come to nothing.
  public static func enumerated(
    of sentence: Sentence, budget: Int, report: @escaping VisitReport = { _ in }
  ) -> GrammarPosterior? {
    if var sum = DerivationSum(sentence, budget: budget, report: report) {
      return sum.run().map {
        GrammarPosterior(
          of: sentence, log: $0.logTotal, counts: $0.expectedUses, derivations: $0.visited)
      }
    }
    let logProbabilities = sentence.grammar.rules.map { log($0.probability) }
    var counts = LogTally<Double>(parts: logProbabilities.count)
    var search = DerivationSearch(sentence, budget: budget)
    let isComplete = search.run { rules in
      counts.add(
        rules.reduce(0) { $0 + logProbabilities[$1] }, containing: rules)
      if counts.visited % visitsBetweenReports == 0 { report(counts.visited) }
    }
    guard isComplete else { return nil }
    return GrammarPosterior(
      of: sentence, log: counts.logTotal, counts: counts.means,
      derivations: counts.visited)
  }

  private init(
    of sentence: Sentence, log total: Double, counts: [Double]?, derivations: Int
  ) {
    // A derivation is a product of 2n − 1 probabilities, and of those of chains; each adds a rounding.
    let chain = 1 + Set(sentence.grammar.unaryRules.map(\.left)).count
    let roundings =
      Double(4 * sentence.words.count * chain + 8) * max(1, abs(total)) + Double(derivations)
    self.init(
      logEvidence: ExactValue(
        total, roundingBound: total.isFinite ? roundings * Double.ulpOfOne : 0),
      expectedCounts: counts)
  }
}

/// The number of derivations of a sentence, by the inside recursion over ``Count``.
///
/// Rules of probability zero count as well: this is the number of trees, not their weight. Nil when
/// it does not fit into 64 bits.
package func derivationCount(_ sentence: Sentence) -> Int? {
  sentence.potentials.total { _, _ in Count.one }.exact
}
