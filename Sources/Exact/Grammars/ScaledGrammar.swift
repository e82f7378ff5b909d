import GSL
import Kernels
public import Models
public import Probability

// The fast forms of inside and outside, by the kernel of `Kernels`: dense tables in plain doubles, under
// constants that are powers of two. Sparse grammars, and sentences for which a number on the way
// leaves the doubles, are left to ``DerivationLaw``.

/// log p(sentence); −∞ without a derivation.
///
/// The scaled recursion, or the inside recursion in log space where that is no use.
public func scaledLogEvidence(of sentence: Sentence) -> ExactValue {
  guard !sentence.words.isEmpty else { return ExactValue(-.infinity, roundingBound: 0) }
  guard let problem = GrammarSum.Problem(sentence),
    let found = GrammarSum(problem, counting: false)
  else { return insideEvidence(of: sentence) }
  return found.logEvidence(sentence)
}

extension GrammarPosterior {
  /// The fast form of ``init(of:)``; nil where that is no use.
  public init?(scaled sentence: Sentence) {
    guard let problem = GrammarSum.Problem(sentence),
      let found = GrammarSum(problem, counting: true)
    else { return nil }
    let total = found.logEvidence(sentence)
    guard total.value > -.infinity else {
      self.init(logEvidence: total, expectedCounts: nil)
      return
    }
    let grammar = sentence.grammar
    var counts = [Double](repeating: 0, count: grammar.rules.count)
    for (rule, uses) in zip(grammar.binaryRules, found.uses) { counts[rule.rule] = uses }
    let symbols = grammar.nonterminals.count
    let places = placesOfWords(sentence)
    for rule in grammar.lexicalRules {
      for place in places[rule.wordNumber] {
        counts[rule.rule] += found.leafUses[place * symbols + rule.left]
      }
    }
    self.init(logEvidence: total, expectedCounts: counts)
  }
}

/// Where a sentence has each of its grammar's words.
private func placesOfWords(_ sentence: Sentence) -> [[Int]] {
  var places = [[Int]](repeating: [], count: sentence.grammar.words.count)
  for (place, word) in sentence.wordNumbers.enumerated() {
    if let word { places[word].append(place) }
  }
  return places
}

extension GrammarSum.Problem {
  /// Nil for an empty sentence, and where going through the rules one by one is less work.
  fileprivate init?(_ sentence: Sentence) {
    let grammar = sentence.grammar
    let symbols = grammar.nonterminals.count
    guard isDense(sentence) else { return nil }
    var rules: [Int32] = []
    var probabilities: [Double] = []
    rules.reserveCapacity(3 * grammar.binaryRules.count)
    probabilities.reserveCapacity(grammar.binaryRules.count)
    for rule in grammar.binaryRules {
      rules.append(Int32(rule.left))
      rules.append(Int32(rule.first))
      rules.append(Int32(rule.second))
      probabilities.append(rule.probability)
    }
    var table = [Double](repeating: 0, count: grammar.words.count * symbols)
    for rule in grammar.lexicalRules {
      table[rule.wordNumber * symbols + rule.left] = rule.probability
    }
    var leaves: [Double] = []
    leaves.reserveCapacity(sentence.words.count * symbols)
    for word in sentence.wordNumbers {
      if let word {
        leaves += table[(word * symbols)..<((word + 1) * symbols)]
      } else {
        leaves += repeatElement(0, count: symbols)
      }
    }
    self.init(
      symbols: symbols, start: grammar.startSymbol, rules: rules, probabilities: probabilities,
      leaves: leaves)
  }
}

/// Whether dense tables are less work than the rules one by one.
///
/// Eighty multiplications in a dense table count as one rule in log space, which wide vectors surpass;
/// what is a matter of microseconds is not weighed.
private func isDense(_ sentence: Sentence) -> Bool {
  let grammar = sentence.grammar
  // The kernel knows no chains of unary rules.
  guard grammar.unaryRules.isEmpty,
    grammar.nonterminals.count <= GrammarSum.Problem.mostSymbols,
    sentence.words.count <= GrammarSum.Problem.mostWords
  else { return false }
  let n = Double(sentence.words.count)
  let symbols = Double(grammar.nonterminals.count)
  let width = Double(GrammarSum.Problem.width(of: grammar.nonterminals.count))
  let splits = (n * n * n - n) / 6
  let dense = splits * width * width + (n * n / 2 + 1) * symbols * symbols * width
  return dense <= 80 * splits * Double(grammar.binaryRules.count) + 0x1p20
}

extension GrammarSum {
  /// log sum + exponent log 2, with its rounding.
  ///
  /// A weight has passed through at most n levels, at each of which it gains as many roundings as
  /// there are terms in a sum over splits and in one over pairs.
  fileprivate func logEvidence(_ sentence: Sentence) -> ExactValue {
    guard sum > 0 else { return ExactValue(-.infinity, roundingBound: 0) }
    let total = log(sum) + exponent * log(2)
    let symbols = sentence.grammar.nonterminals.count
    let length = sentence.words.count
    let roundings = Double(length * (length + symbols * symbols + 4))
    return ExactValue(
      total, roundingBound: (roundings + 4 * (abs(total) + abs(exponent))) * Double.ulpOfOne)
  }
}
