import GSL
public import Models
public import Probability

/// The exact answer for a sentence under a grammar in Chomsky normal form.
public struct GrammarPosterior: Sendable, Equatable {
  /// log p(sentence), summed over all derivations; −∞ without one.
  public let logEvidence: ExactValue
  /// The expected uses of every rule, in the grammar's order; nil without a derivation.
  public let expectedCounts: [Double]?
}

/// Inside and outside weights of every span and nonterminal, in log space.
///
/// ```
/// inside(A, i, i+1) = log p(A → word_i)
/// inside(A, i, j)   = log Σ_{i<k<j} Σ_{A→BC} p(A → BC) exp(inside(B, i, k) + inside(C, k, j))
/// ```
/// The outside weight of a span is what the rest of the sentence contributes:
/// `inside + outside − log p(sentence)` is the log posterior of the span. (n³ − n)/6 splits, each with
/// all binary rules. References: Baker 1979; Lari and Young 1990.
public struct InsideOutside: Sendable {
  private let sentence: Sentence
  private let length: Int
  private let inside: SpanTable
  private let outside: SpanTable

  /// Fills both tables.
  public init(_ sentence: Sentence) {
    self.sentence = sentence
    length = sentence.words.count
    inside = insideWeights(sentence)
    outside = outsideWeights(sentence, inside: inside)
  }

  /// log p(sentence).
  public var logEvidence: ExactValue {
    insideEvidence(sentence, inside: inside)
  }

  /// Evidence and the expected uses of all rules.
  ///
  /// ```
  /// E[uses of A → BC] = Σ_{i<k<j} exp(outside(A, i, j) + log p + inside(B, i, k) + inside(C, k, j)) / p(sentence)
  /// ```
  public var posterior: GrammarPosterior {
    let total = logEvidence
    guard total.value > -.infinity else {
      return GrammarPosterior(logEvidence: total, expectedCounts: nil)
    }
    var counts = [Double](repeating: 0, count: sentence.grammar.rules.count)
    for rule in sentence.grammar.lexicalRules {
      for (place, word) in sentence.words.enumerated() where word == rule.word {
        counts[rule.rule] += exp(
          outside[rule.left, place, place + 1] + rule.logProbability - total.value)
      }
    }
    forEachSplit(length: length) { start, middle, end in
      for rule in sentence.grammar.binaryRules {
        counts[rule.rule] += exp(
          outside[rule.left, start, end] + rule.logProbability + inside[rule.first, start, middle]
            + inside[rule.second, middle, end] - total.value)
      }
    }
    return GrammarPosterior(logEvidence: total, expectedCounts: counts)
  }
}

/// One number for every nonterminal and every span of a sentence.
struct SpanTable: Sendable {
  private let width: Int
  private let symbols: Int
  private var values: [Double]

  init(length: Int, symbols: Int) {
    width = length + 1
    self.symbols = symbols
    values = Array(repeating: -.infinity, count: width * width * symbols)
  }

  subscript(symbol: Int, start: Int, end: Int) -> Double {
    get { values[(start * width + end) * symbols + symbol] }
    set { values[(start * width + end) * symbols + symbol] = newValue }
  }
}

/// Visits start < middle < end, shorter spans before longer ones.
func forEachSplit(length: Int, _ visit: (_ start: Int, _ middle: Int, _ end: Int) -> Void) {
  for width in stride(from: 2, through: length, by: 1) {
    for start in 0...(length - width) {
      for middle in (start + 1)..<(start + width) { visit(start, middle, start + width) }
    }
  }
}

/// Visits the same splits, longer spans before shorter ones.
private func forEachSplitDownwards(
  length: Int, _ visit: (_ start: Int, _ middle: Int, _ end: Int) -> Void
) {
  for width in stride(from: length, through: 2, by: -1) {
    for start in 0...(length - width) {
      for middle in (start + 1)..<(start + width) { visit(start, middle, start + width) }
    }
  }
}

/// How often the inside recursion splits a span, and how often it combines two parts by a rule.
public struct InsideWork: Sendable, Equatable {
  /// (span, place to split) pairs: (n³ − n)/6.
  public var splits = 0
  /// Splits times binary rules.
  public var combinations = 0

  /// Nothing done yet.
  public init() {}

  /// Counts while the recursion runs.
  public init(of sentence: Sentence) {
    var work = InsideWork()
    _ = insideWeights(sentence, work: &work)
    self = work
  }
}

func insideWeights(_ sentence: Sentence) -> SpanTable {
  var work = InsideWork()
  return insideWeights(sentence, work: &work)
}

private func insideWeights(_ sentence: Sentence, work: inout InsideWork) -> SpanTable {
  let grammar = sentence.grammar
  var table = SpanTable(length: sentence.words.count, symbols: grammar.nonterminals.count)
  for rule in grammar.lexicalRules {
    for (place, word) in sentence.words.enumerated() where word == rule.word {
      table[rule.left, place, place + 1] = rule.logProbability
    }
  }
  forEachSplit(length: sentence.words.count) { start, middle, end in
    work.splits += 1
    for rule in grammar.binaryRules {
      work.combinations += 1
      let way =
        rule.logProbability + table[rule.first, start, middle] + table[rule.second, middle, end]
      guard way > -.infinity else { continue }
      table[rule.left, start, end] = logAddExp(table[rule.left, start, end], way)
    }
  }
  return table
}

func outsideWeights(_ sentence: Sentence, inside: SpanTable) -> SpanTable {
  let grammar = sentence.grammar
  let length = sentence.words.count
  var table = SpanTable(length: length, symbols: grammar.nonterminals.count)
  guard length > 0 else { return table }
  table[grammar.startSymbol, 0, length] = 0
  forEachSplitDownwards(length: length) { start, middle, end in
    for rule in grammar.binaryRules {
      let above = table[rule.left, start, end] + rule.logProbability
      guard above > -.infinity else { continue }
      let toTheLeft = above + inside[rule.second, middle, end]
      let toTheRight = above + inside[rule.first, start, middle]
      table[rule.first, start, middle] = logAddExp(table[rule.first, start, middle], toTheLeft)
      table[rule.second, middle, end] = logAddExp(table[rule.second, middle, end], toTheRight)
    }
  }
  return table
}

/// The weight of the start symbol over the whole sentence, with its rounding.
func insideEvidence(_ sentence: Sentence, inside: SpanTable) -> ExactValue {
  let length = sentence.words.count
  guard length > 0 else { return ExactValue(-.infinity, roundingBound: 0) }
  let total = inside[sentence.grammar.startSymbol, 0, length]
  guard total.isFinite else { return ExactValue(total, roundingBound: 0) }
  // A weight at the top has passed through at most length levels, each of which adds at most
  // length · rules terms one by one.
  let roundings = Double(4 * length * (length + sentence.grammar.rules.count))
  return ExactValue(total, roundingBound: roundings * Double.ulpOfOne * max(1, abs(total)))
}
