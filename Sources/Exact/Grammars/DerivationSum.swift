import GSL
import Models
import Probability

/// The sum over all derivations of a sentence, one by one, each the product of its probabilities.
///
/// ```
/// Z = Σ_t Π_{r ∈ t} p_r,      uses_r = Σ_t (how often r is in t) Π_{r ∈ t} p_r
/// ```
/// A search visits the derivations from left to right. On its way down it carries the product so far, on
/// its way up the sum over what can follow; a step r is used with weight (so far) · p_r · (what follows).
/// Nothing that was computed for one beginning serves another: this is enumeration, not a chart.
///
/// The probabilities of pairs are taken relative to the largest of the pairs, those of each word to the
/// largest for it, so that products are at most one; `init` says when one could be too small.
struct DerivationSum {
  private let steps: LeftmostSteps
  private let pairWeights: [Double]
  private let wordWeights: [Double]
  private let logScale: Double
  private let ruleCount: Int
  /// The symbols that are still to be rewritten, the leftmost last.
  private var open: [Int]
  /// How often the pairs are used, and the words at their places, each with its weight.
  private var pairUses: [Double]
  private var wordUses: [Double]
  private var visited = 0
  /// How many rules may still be tried.
  private var budget: Int
  private let report: VisitReport

  /// Nil if the product of some derivation could leave the normal doubles.
  ///
  /// Nil for a grammar with unary rules as well.
  init?(_ sentence: Sentence, budget: Int, report: @escaping VisitReport) {
    guard sentence.grammar.unaryRules.isEmpty else { return nil }
    steps = LeftmostSteps(of: sentence)
    let n = steps.length
    var smallestLog = 0.0
    var logScale = 0.0
    /// Weights relative to the largest; what each adds to the scale and takes from the smallest product.
    func relative(_ probabilities: [Double], times count: Int) -> [Double] {
      guard let largest = probabilities.max(), largest > 0 else { return probabilities }
      let smallest = probabilities.lazy.filter { $0 > 0 }.min() ?? largest
      smallestLog += Double(count) * log(smallest / largest)
      logScale += Double(count) * log(largest)
      return probabilities.map { $0 / largest }
    }
    pairWeights = relative(steps.pairs.map(\.probability), times: max(0, n - 1))
    wordWeights = relative(steps.words.map(\.probability), times: n)
    // Half of the way to the least normal double: prefix and completion are products as well.
    guard smallestLog > -600 else { return nil }
    self.logScale = logScale
    open = [Int](repeating: 0, count: n + 1)
    open[0] = sentence.grammar.startSymbol
    pairUses = [Double](repeating: 0, count: pairWeights.count)
    wordUses = [Double](repeating: 0, count: wordWeights.count)
    ruleCount = sentence.grammar.rules.count
    self.budget = budget
    self.report = report
  }

  /// The number of derivations with any weight, log Z and the expected uses, nil without weight.
  struct Result {
    let visited: Int
    let logTotal: Double
    let expectedUses: [Double]?
  }

  /// The sums; nil if the budget was used up before.
  mutating func run() -> Result? {
    let total = steps.length > 0 ? completions(of: 1, position: 0, soFar: 1) : 0
    guard budget > 0 else { return nil }
    guard total > 0 else {
      return Result(visited: visited, logTotal: -.infinity, expectedUses: nil)
    }
    var uses = [Double](repeating: 0, count: ruleCount)
    for (pair, weight) in zip(steps.pairs, pairUses) { uses[pair.rule] += weight / total }
    for (word, weight) in zip(steps.words, wordUses) {
      if let rule = word.rule { uses[rule] += weight / total }
    }
    return Result(visited: visited, logTotal: logScale + log(total), expectedUses: uses)
  }

  /// Σ over what the open symbols can become, given the product of the rules so far.
  private mutating func completions(of open: Int, position: Int, soFar: Double) -> Double {
    // With as many symbols as words, each becomes the word at its place.
    guard open < steps.length - position else {
      return wordByWord(open, position: position, soFar: soFar)
    }
    let leftmost = open - 1
    let symbol = self.open[leftmost]
    var sum = 0.0
    for index in steps.pairs(of: symbol, position: position, open: open) where budget > 0 {
      budget -= 1
      let pair = steps.pairs[index]
      let weight = pairWeights[index]
      self.open[leftmost] = pair.second
      self.open[leftmost + 1] = pair.first
      let term = weight * completions(of: open + 1, position: position, soFar: soFar * weight)
      pairUses[index] += soFar * term
      sum += term
    }
    let place = symbol * steps.length + position
    let weight = wordWeights[place]
    if weight > 0, budget > 0, steps.mayEnd(position: position, open: open) {
      budget -= 1
      let term = weight * completions(of: leftmost, position: position + 1, soFar: soFar * weight)
      wordUses[place] += soFar * term
      sum += term
    }
    self.open[leftmost] = symbol
    return sum
  }

  /// The one derivation that is left when every open symbol has to become a word; 0 if there is none.
  private mutating func wordByWord(_ open: Int, position: Int, soFar: Double) -> Double {
    var product = 1.0
    for ahead in 0..<open {
      product *= wordWeights[self.open[open - 1 - ahead] * steps.length + position + ahead]
    }
    budget -= open
    guard product > 0 else { return 0 }
    visited += 1
    if visited % visitsBetweenReports == 0 { report(visited) }
    let weight = soFar * product
    for ahead in 0..<open {
      wordUses[self.open[open - 1 - ahead] * steps.length + position + ahead] += weight
    }
    return product
  }
}
