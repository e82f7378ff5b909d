public import Models
public import Probability

/// What can be asked of the derivations of a sentence, beside how probable they are together.
///
/// A derivation is the list of its rules from the top, leftmost first. Nothing is said of a sentence that has none.
public protocol SentenceInquiry {
  /// The most probable derivation, the first of several.
  var explanation: [Int]? { get throws }
  /// −Σ_t p(t | x) log p(t | x), in nats.
  var entropy: Double? { get throws }
  /// ∂ log p(x) / ∂ p for the probability p of each rule, every one of them free.
  var slopes: [Double]? { get throws }
  /// The symbols over spans that are possible, shorter spans first.
  var constituents: [DerivationLaw.Constituent]? { get throws }
  /// So many derivations drawn from the posterior.
  func samples<Choices: DiscreteChoices>(_ count: Int, _ choices: inout Choices) throws -> [[Int]]?
}

/// The answers of inside and outside.
public struct ChartedDerivations: SentenceInquiry {
  private let sentence: Sentence
  private let potentials: DerivationPotentials
  private let law: DerivationLaw?

  /// Fills the tables of a sentence.
  public init(_ sentence: Sentence) {
    self.sentence = sentence
    potentials = sentence.potentials
    law = DerivationLaw(potentials)
  }

  /// Viterbi's recursion over spans; a chain of unary rules that comes back is never the best.
  public var explanation: [Int]? { law == nil ? nil : potentials.bestDerivation.map(rules) }

  /// A sum over constituents.
  public var entropy: Double? { law?.entropy }

  /// Expected uses without the rule's own probability.
  public var slopes: [Double]? { law.map { sentence.byRule($0.slopes) } }

  /// inside · outside.
  public var constituents: [DerivationLaw.Constituent]? { law?.constituents }

  /// From the top down; a chain of unary rules is drawn rule by rule, as long as it may be.
  public func samples<Choices: DiscreteChoices>(
    _ count: Int, _ choices: inout Choices
  ) throws -> [[Int]]? {
    guard let law else { return nil }
    var drawn: [[Int]] = []
    for _ in 0..<count { drawn.append(rules(try law.sample(&choices))) }
    return drawn
  }

  private func rules(_ parts: [DerivationPart]) -> [Int] {
    let (grammar, leaves) = (sentence.grammar, sentence.lexicalUses)
    return parts.map { part in
      switch part {
      case .pair(let index, _, _, _): grammar.binaryRules[index].rule
      case .unary(let index, _, _): grammar.unaryRules[index].rule
      case .leaf(let index): leaves[index].rule.rule
      }
    }
  }
}
