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

extension GrammarPosterior {
  /// The answer of `DerivationLaw`: the inside and outside recursions, in log space.
  public init(of sentence: Sentence) {
    guard let law = DerivationLaw(sentence.potentials) else {
      self.init(logEvidence: ExactValue(-.infinity, roundingBound: 0), expectedCounts: nil)
      return
    }
    let uses = law.expectedUses
    var counts = [Double](repeating: 0, count: sentence.grammar.rules.count)
    for (rule, expected) in zip(sentence.grammar.binaryRules, uses.pairs) {
      counts[rule.rule] += expected
    }
    for (leaf, expected) in zip(sentence.lexicalUses, uses.leaves) {
      counts[leaf.rule.rule] += expected
    }
    self.init(logEvidence: insideEvidence(law.logPartition, of: sentence), expectedCounts: counts)
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
    forEachSplit(length: sentence.words.count) { _, _, _ in work.splits += 1 }
    _ = sentence.potentials.inside { part, logWeight in
      if case .pair = part { work.combinations += 1 }
      return LogSum(logWeight: logWeight)
    }
    self = work
  }
}

/// log p(sentence) by the inside recursion alone, with its rounding.
func insideEvidence(of sentence: Sentence) -> ExactValue {
  insideEvidence(sentence.potentials.logPartition, of: sentence)
}

/// A weight at the top has passed through at most n levels, each of which adds at most n · rules terms
/// one by one.
private func insideEvidence(_ total: Double, of sentence: Sentence) -> ExactValue {
  guard total.isFinite else { return ExactValue(total, roundingBound: 0) }
  let length = sentence.words.count
  let roundings = Double(4 * length * (length + sentence.grammar.rules.count))
  return ExactValue(total, roundingBound: roundings * Double.ulpOfOne * max(1, abs(total)))
}
