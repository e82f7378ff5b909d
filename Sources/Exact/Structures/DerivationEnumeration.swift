import GSL
public import Models
import Probability

// The brute-force twin of the inside algorithm. It knows no spans: it rewrites the leftmost
// nonterminal in every possible way, as the grammar would, and keeps what spells the sentence.

extension Sentence {
  /// All derivations of the sentence, each as the list of its rules from the top, leftmost first.
  public func leftmostDerivations() -> [[Int]] {
    var found: [[Int]] = []
    var search = DerivationSearch(self)
    _ = search.run { found.append($0) }
    return found
  }
}

/// The leftmost derivations of a sentence one by one, in memory that does not grow with their number.
///
/// In normal form n words take exactly n − 1 binary and n lexical rules, so the search ends.
private struct DerivationSearch {
  /// A rule as a step of the search.
  private struct Step {
    let rule: Int
    /// What the symbol becomes; nil where it becomes a word.
    let pair: (first: Int, second: Int)?
    /// Whether it can make the word at each place; empty for a pair.
    let fits: [Bool]
  }

  /// The rules of each symbol, in the grammar's order.
  private let steps: [[Step]]
  private let length: Int
  /// The symbols that are still to be rewritten, the leftmost last.
  private var open: [Int]
  private var used: [Int] = []
  /// How many rules may still be tried.
  private var budget: Int

  init(_ sentence: Sentence, budget: Int = .max) {
    let grammar = sentence.grammar
    var steps = [[Step]](repeating: [], count: grammar.nonterminals.count)
    for rule in grammar.binaryRules {
      steps[rule.left].append(Step(rule: rule.rule, pair: (rule.first, rule.second), fits: []))
    }
    for rule in grammar.lexicalRules {
      let fits = sentence.words.map { $0 == rule.word }
      steps[rule.left].append(Step(rule: rule.rule, pair: nil, fits: fits))
    }
    self.steps = steps.map { $0.sorted { $0.rule < $1.rule } }
    length = sentence.words.count
    open = [grammar.startSymbol]
    self.budget = budget
  }

  /// Visits all derivations; false if the budget was used up before.
  mutating func run(_ visit: ([Int]) -> Void) -> Bool {
    rewrite(position: 0, visit)
    return budget > 0
  }

  private mutating func rewrite(position: Int, _ visit: ([Int]) -> Void) {
    // Every open symbol will make at least one word.
    guard open.count <= length - position else { return }
    guard let symbol = open.popLast() else {
      if position == length { visit(used) }
      return
    }
    for step in steps[symbol] where budget > 0 {
      budget -= 1
      if let (first, second) = step.pair {
        used.append(step.rule)
        open.append(second)
        open.append(first)
        rewrite(position: position, visit)
        open.removeLast(2)
        used.removeLast()
      } else if step.fits[position] {
        used.append(step.rule)
        rewrite(position: position + 1, visit)
        used.removeLast()
      }
    }
    open.append(symbol)
  }
}

extension GrammarPosterior {
  /// The answer of the inside and outside algorithms.
  public init(of sentence: Sentence) { self = InsideOutside(sentence).posterior }

  /// The same answer from all derivations, one after the other.
  public static func enumerated(
    of sentence: Sentence, report: VisitReport = { _ in }
  ) -> GrammarPosterior {
    enumerated(of: sentence, budget: .max, report: report)
      ?? GrammarPosterior(
        logEvidence: ExactValue(-.infinity, roundingBound: 0), expectedCounts: nil)
  }

  /// The same within a number of rules tried; nil if that was not enough.
  ///
  /// Few derivations may hide among many beginnings that come to nothing.
  public static func enumerated(
    of sentence: Sentence, budget: Int, report: VisitReport = { _ in }
  ) -> GrammarPosterior? {
    let logProbabilities = sentence.grammar.rules.map { log($0.probability) }
    var counts = WeightedCounts(counting: logProbabilities.count)
    var search = DerivationSearch(sentence, budget: budget)
    let isComplete = search.run { rules in
      counts.add(
        logWeight: rules.reduce(0) { $0 + logProbabilities[$1] }, containing: rules)
      if counts.visited % visitsBetweenReports == 0 { report(counts.visited) }
    }
    guard isComplete else { return nil }
    let total = counts.logTotal
    // A derivation is a product of 2n − 1 probabilities, and each adds one rounding of its own.
    let roundings =
      Double(2 * sentence.words.count + 8) * max(1, abs(total)) + Double(counts.visited)
    return GrammarPosterior(
      logEvidence: ExactValue(
        total, roundingBound: total.isFinite ? roundings * Double.ulpOfOne : 0),
      expectedCounts: counts.expectedCounts)
  }
}

/// The number of derivations of a sentence, by the inside recursion over whole numbers.
///
/// Rules of probability zero count as well: this is the number of trees, not their weight. Nil when
/// it does not fit into 64 bits.
public func derivationCount(_ sentence: Sentence) -> Int? {
  let grammar = sentence.grammar
  let length = sentence.words.count
  let symbols = grammar.nonterminals.count
  var counts = [Int](repeating: 0, count: (length + 1) * (length + 1) * symbols)
  var overflowed = false
  func place(_ symbol: Int, _ start: Int, _ end: Int) -> Int {
    (start * (length + 1) + end) * symbols + symbol
  }
  for rule in grammar.lexicalRules {
    for (position, word) in sentence.words.enumerated() where word == rule.word {
      counts[place(rule.left, position, position + 1)] += 1
    }
  }
  forEachSplit(length: length) { start, middle, end in
    for rule in grammar.binaryRules {
      let (ways, overflow) = counts[place(rule.first, start, middle)]
        .multipliedReportingOverflow(by: counts[place(rule.second, middle, end)])
      let (sum, carried) = counts[place(rule.left, start, end)].addingReportingOverflow(ways)
      overflowed = overflowed || overflow || carried
      counts[place(rule.left, start, end)] = sum
    }
  }
  guard length > 0 else { return 0 }
  return overflowed ? nil : counts[place(grammar.startSymbol, 0, length)]
}
