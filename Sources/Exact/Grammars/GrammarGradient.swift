public import Models
public import Networks
public import _Differentiation

/// The log potentials of a grammar, as what the evidence is differentiated by.
public struct GrammarPotentials: Differentiable, Sendable {
  /// N rows of N² entries: log P(A → B C) at row A, column B · N + C; −∞ where there is no rule.
  public var binary: Matrix
  /// N rows, one column for each word of the sentence: log P(A → word).
  public var lexical: Matrix

  /// The logarithms of the rules' probabilities, as far as the sentence can use them.
  public init(_ sentence: Sentence) {
    let grammar = sentence.grammar
    let symbols = grammar.nonterminals.count
    var binary = [[Double]](
      repeating: [Double](repeating: -.infinity, count: symbols * symbols), count: symbols)
    for rule in grammar.binaryRules {
      binary[rule.left][rule.first * symbols + rule.second] = rule.logProbability
    }
    var lexical = [[Double]](
      repeating: [Double](repeating: -.infinity, count: sentence.words.count), count: symbols)
    for rule in grammar.lexicalRules {
      for (place, word) in sentence.words.enumerated() where word == rule.word {
        lexical[rule.left][place] = rule.logProbability
      }
    }
    self.binary = Matrix(binary)
    self.lexical = Matrix(lexical)
  }
}

/// log p(sentence) by the inside recursion over whole vectors, written for differentiation.
///
/// ```
/// inside(i, j) = binary ⊗ log Σ_k exp(inside(i, k) ⊕ inside(k, j))
/// ```
/// where ⊕ makes the table of all sums B, C and ⊗ is the matrix product in log space.
@differentiable(reverse,wrt: potentials)
public func insideEvidence(_ potentials: GrammarPotentials, start: Int, length: Int) -> Double {
  var chart = Chart()
  for place in 0..<length { chart.append(potentials.lexical.column(place)) }
  // Spans are appended shorter first: span (i, i + w) is entry spanNumber(i, w).
  for width in 2..<(length + 1) {
    for first in 0..<(length - width + 1) {
      var ways = Chart()
      for left in 1..<width {
        let pairs = outerSum(
          chart[spanNumber(first, left, length)],
          chart[spanNumber(first + left, width - left, length)])
        ways.append(pairs.flattened())
      }
      chart.append(logProduct(potentials.binary, logSumExpColumns(ways.stacked())))
    }
  }
  return chart[spanNumber(0, length, length)][start]
}

/// Where the span that starts at a place with a width is in the chart.
func spanNumber(_ start: Int, _ width: Int, _ length: Int) -> Int {
  (1..<width).reduce(start) { $0 + length - $1 + 1 }
}

extension GrammarPosterior {
  /// The expected uses of every rule as the gradient of the evidence code; nil without a derivation, and for grammars
  /// with unary rules, which that code does not know.
  public static func differentiatedCounts(of sentence: Sentence) -> [Double]? {
    let grammar = sentence.grammar
    let (start, length) = (grammar.startSymbol, sentence.words.count)
    guard length > 0, grammar.unaryRules.isEmpty else { return nil }
    let (value, direction) = valueWithGradient(at: GrammarPotentials(sentence)) {
      insideEvidence($0, start: start, length: length)
    }
    guard value > -.infinity else { return nil }
    var counts = [Double](repeating: 0, count: grammar.rules.count)
    let symbols = grammar.nonterminals.count
    for rule in grammar.binaryRules where !direction.binary.isEmpty {
      counts[rule.rule] = direction.binary[rule.left, rule.first * symbols + rule.second]
    }
    for rule in grammar.lexicalRules {
      for (place, word) in sentence.words.enumerated() where word == rule.word {
        counts[rule.rule] += direction.lexical[rule.left, place]
      }
    }
    return counts
  }
}
