import GSL
public import Models
import Probability

// The brute-force twin of the inside algorithm. It knows no spans: it rewrites the leftmost
// nonterminal in every possible way, as the grammar would, and keeps what spells the sentence.

extension Sentence {
  /// All derivations of the sentence, each as the list of its rules from the top, leftmost first.
  ///
  /// In normal form n words take exactly n − 1 binary and n lexical rules, so the search ends.
  public func leftmostDerivations() -> [[Int]] {
    var found: [[Int]] = []
    rewrite(open: [grammar.start], position: 0, used: [], &found)
    return found
  }

  private func rewrite(open: [String], position: Int, used: [Int], _ found: inout [[Int]]) {
    // Every open symbol will make at least one word.
    guard open.count <= words.count - position else { return }
    guard let symbol = open.last else {
      if position == words.count { found.append(used) }
      return
    }
    let below = Array(open.dropLast())
    for (number, rule) in grammar.rules.enumerated() where rule.left == symbol {
      switch rule.right {
      case .word(let word):
        guard word == words[position] else { continue }
        rewrite(open: below, position: position + 1, used: used + [number], &found)
      case .pair(let first, let second):
        rewrite(open: below + [second, first], position: position, used: used + [number], &found)
      }
    }
  }
}

extension GrammarPosterior {
  /// The answer of the inside and outside algorithms.
  public init(of sentence: Sentence) { self = InsideOutside(sentence).posterior }

  /// The same answer from all derivations.
  public static func enumerated(of sentence: Sentence) -> GrammarPosterior {
    let derivations = sentence.leftmostDerivations()
    let logWeights = derivations.map { rules in
      rules.reduce(0) { $0 + log(sentence.grammar.rules[$1].probability) }
    }
    let posterior = ExactPosterior(logJoints: logWeights)
    guard let probabilities = posterior.probabilities else {
      return GrammarPosterior(
        logEvidence: ExactValue(-.infinity, roundingBound: 0), expectedCounts: nil)
    }
    var counts = [Double](repeating: 0, count: sentence.grammar.rules.count)
    for (rules, probability) in zip(derivations, probabilities) {
      for rule in rules { counts[rule] += probability }
    }
    return GrammarPosterior(logEvidence: posterior.logEvidence, expectedCounts: counts)
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
