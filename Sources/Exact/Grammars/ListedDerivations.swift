import GSL
public import Models
public import Probability

/// The brute-force twin of ``ChartedDerivations``: every question visits all derivations.
///
/// Where unary rules come back to a symbol, it knows only the derivations in which they do not.
public struct ListedDerivations: SentenceInquiry {
  private let sentence: Sentence
  private let budget: Int
  private let refusal: ExactRefusal?
  private let logProbabilities: [Double]

  /// The derivations of a sentence.
  public init(_ sentence: Sentence) { self.init(sentence, budget: .max, refusal: nil) }

  /// - Parameters:
  ///   - sentence: a grammar and its words.
  ///   - budget: how many rules may be tried; 0 where it is known that there are no derivations.
  ///   - refusal: what is thrown where these were not enough.
  init(_ sentence: Sentence, budget: Int, refusal: ExactRefusal?) {
    self.sentence = sentence
    self.budget = budget
    self.refusal = refusal
    logProbabilities = sentence.grammar.rules.map { log($0.probability) }
  }

  private func visit(_ each: ([Int]) throws -> Void) throws {
    guard budget > 0 else { return }
    var search = DerivationSearch(sentence, budget: budget)
    let isComplete = try search.run(each)
    if !isComplete, let refusal { throw refusal }
  }

  /// Them with log p(derivation).
  var states: VisitedStates<[Int]> {
    VisitedStates { each in
      try visit { rules in
        try each(rules, rules.reduce(0) { $0 + logProbabilities[$1] })
      }
    }
  }

  /// The largest of all.
  public var explanation: [Int]? { get throws { try states.explanation?.state } }

  /// By its definition.
  public var entropy: Double? { get throws { try states.entropy } }

  /// Derivations drawn from the list.
  public func samples<Choices: DiscreteChoices>(
    _ count: Int, _ choices: inout Choices
  ) throws -> [[Int]]? {
    try states.samples(count, &choices)
  }

  /// Term by term: the product rule for each rule of each derivation.
  ///
  /// ```
  /// ∂ Π_r p_r / ∂ p = Σ_{uses of p} Π_{the other uses} p_r
  /// ```
  /// so that a derivation with one use of a rule of probability 0 adds to the slope of that rule alone.
  public var slopes: [Double]? {
    get throws {
      let total = try states.logEvidence
      guard total > -.infinity else { return nil }
      var slopes = [Double](repeating: 0, count: sentence.grammar.rules.count)
      try visit { rules in
        let forbidden = rules.filter { logProbabilities[$0] == -.infinity }
        guard forbidden.count <= 1 else { return }
        let logRest = rules.reduce(-total) {
          logProbabilities[$1] > -.infinity ? $0 + logProbabilities[$1] : $0
        }
        for rule in forbidden.isEmpty ? rules : forbidden {
          slopes[rule] += exp(logRest - (forbidden.isEmpty ? logProbabilities[rule] : 0))
        }
      }
      return slopes
    }
  }

  /// The nodes of all trees, each with the probability of the trees that have it.
  public var constituents: [DerivationLaw.Constituent]? {
    get throws {
      let states = states
      let total = try states.logEvidence
      guard total > -.infinity else { return nil }
      var (shares, counts): ([DerivationSpan: Double], [DerivationSpan: Double]) = ([:], [:])
      try visit { rules in
        let share = exp(rules.reduce(-total) { $0 + logProbabilities[$1] })
        guard share > 0 else { return }
        let spans = sentence.grammar.spans(of: rules)
        for span in spans { counts[span, default: 0] += share }
        for span in Set(spans) { shares[span, default: 0] += share }
      }
      return shares.keys.sorted().map { span in
        DerivationLaw.Constituent(
          symbol: span.symbol, start: span.start, end: span.end,
          probability: min(1, shares[span] ?? 0),
          expectedCount: counts[span] ?? 0)
      }
    }
  }
}

/// A symbol over some words; narrower ones come first, then those that begin earlier.
private struct DerivationSpan: Hashable, Comparable {
  let symbol: Int
  let start: Int
  var end: Int

  static func < (one: DerivationSpan, other: DerivationSpan) -> Bool {
    (one.end - one.start, one.start, one.symbol)
      < (other.end - other.start, other.start, other.symbol)
  }
}

extension Grammar {
  /// The nodes of a derivation given as its rules, leftmost first.
  fileprivate func spans(of rules: [Int]) -> [DerivationSpan] {
    let numbers = Dictionary(
      nonterminals.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var spans: [DerivationSpan] = []
    // The nodes whose words are not all seen, with how many branches they still wait for.
    var open: [(node: Int, branches: Int)] = []
    var position = 0
    for index in rules {
      let right = self.rules[index].right
      spans.append(
        DerivationSpan(
          symbol: numbers[self.rules[index].left] ?? 0, start: position, end: position))
      open.append((spans.count - 1, right.nonterminals.count))
      guard case .word = right else { continue }
      position += 1
      while let (node, branches) = open.last, branches == 0 {
        spans[node].end = position
        open.removeLast()
        if let parent = open.popLast() { open.append((parent.node, parent.branches - 1)) }
      }
    }
    return spans
  }
}
