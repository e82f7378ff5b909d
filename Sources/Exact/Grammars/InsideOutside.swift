import GSL
public import Models
public import Probability

/// The exact answer for a sentence under a grammar.
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
    self.init(
      logEvidence: insideEvidence(law.logPartition, of: sentence),
      expectedCounts: sentence.byRule(uses))
  }
}

extension Sentence {
  /// What is known of each part of a derivation, added up by the rules that the parts come from.
  func byRule(_ uses: DerivationLaw.Uses) -> [Double] {
    var sums = [Double](repeating: 0, count: grammar.rules.count)
    for (rule, value) in zip(grammar.binaryRules, uses.pairs) { sums[rule.rule] += value }
    for (leaf, value) in zip(lexicalUses, uses.leaves) { sums[leaf.rule.rule] += value }
    for (rule, value) in zip(grammar.unaryRules, uses.unaries) { sums[rule.rule] += value }
    return sums
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

/// log p(sentence) with its rounding.
///
/// A weight at the top has passed through at most n levels, each of which adds at most n · rules terms one by one. A chain
/// of unary rules over a span adds what is lost where 1 − w is small, at most 1 / (1 − w) in units of the last
/// place, which is a symbol's expected number of returns.
private func insideEvidence(_ total: Double, of sentence: Sentence) -> ExactValue {
  guard total.isFinite else { return ExactValue(total, roundingBound: 0) }
  let length = sentence.words.count
  var roundings = Double(4 * length * (length + sentence.grammar.rules.count))
  if !sentence.grammar.unaryRules.isEmpty {
    let chains = sentence.potentials.chains { LogSum(logWeight: $1) }
    let returns = chains.enumerated().reduce(0) { $0 + exp($1.element[$1.offset].log) }
    roundings += 8 * Double(length * chains.count) * (1 + returns)
  }
  return ExactValue(total, roundingBound: roundings * Double.ulpOfOne * max(1, abs(total)))
}
