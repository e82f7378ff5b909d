import GSL
public import Models
import Probability

// The brute-force twin of the inside algorithm. It knows no spans: it rewrites the leftmost
// nonterminal in every possible way, as the grammar would, and keeps what spells the sentence.

extension Sentence {
  /// All derivations of the sentence, each as the list of its rules from the top, leftmost first.
  public func leftmostDerivations() -> [[Int]] {
    var found: [[Int]] = []
    forEachDerivation { found.append($0) }
    return found
  }

  /// Visits the derivations one by one, in memory that does not grow with their number.
  ///
  /// In normal form n words take exactly n − 1 binary and n lexical rules, so the search ends.
  func forEachDerivation(_ visit: ([Int]) -> Void) {
    var rulesOf: [String: [Int]] = [:]
    for (number, rule) in grammar.rules.enumerated() {
      rulesOf[rule.left, default: []].append(number)
    }
    var used: [Int] = []
    var open = [grammar.start]
    rewrite(&open, position: 0, &used, rulesOf, visit)
  }

  private func rewrite(
    _ open: inout [String], position: Int, _ used: inout [Int], _ rulesOf: [String: [Int]],
    _ visit: ([Int]) -> Void
  ) {
    // Every open symbol will make at least one word.
    guard open.count <= words.count - position else { return }
    guard let symbol = open.popLast() else {
      if position == words.count { visit(used) }
      return
    }
    for number in rulesOf[symbol, default: []] {
      used.append(number)
      switch grammar.rules[number].right {
      case .word(let word):
        if word == words[position] {
          rewrite(&open, position: position + 1, &used, rulesOf, visit)
        }
      case .pair(let first, let second):
        open += [second, first]
        rewrite(&open, position: position, &used, rulesOf, visit)
        open.removeLast(2)
      }
      used.removeLast()
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
    let logProbabilities = sentence.grammar.rules.map { log($0.probability) }
    var counts = WeightedCounts(counting: logProbabilities.count)
    sentence.forEachDerivation { rules in
      counts.add(
        logWeight: rules.reduce(0) { $0 + logProbabilities[$1] }, containing: rules)
      if counts.visited % visitsBetweenReports == 0 { report(counts.visited) }
    }
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
