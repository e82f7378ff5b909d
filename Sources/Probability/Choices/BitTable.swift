/// The outcomes of a vector of independent bits as the outcomes of one choice, each made once.
///
/// They come in the order of flips made one after the other, the first bit the slowest; a bit that is
/// certain has one outcome and not two.
struct BitTable {
  /// The probabilities of the bits.
  let probabilities: [Double]
  /// The outcomes, as zeros and ones.
  let outcomes: [[Double]]
  /// The probability of each.
  let weights: [Double]

  /// More uncertain bits than this are flipped one by one.
  static let mostUncertain = 12

  /// The table of all outcomes; nil where there are too many.
  init?(_ probabilities: [Double]) throws(ChoiceError) {
    var uncertain = 0
    for probability in probabilities {
      guard probability >= 0, probability <= 1 else { throw .notAProbability(probability) }
      if probability > 0, probability < 1 { uncertain += 1 }
    }
    guard uncertain <= Self.mostUncertain else { return nil }
    self.probabilities = probabilities
    var prefixes: [(bits: [Double], weight: Double)] = [([], 1)]
    for b in probabilities {
      prefixes = prefixes.flatMap { bits, weight in
        [(0.0, 1 - b), (1.0, b)].filter { $0.1 > 0 }.map { (bits + [$0.0], weight * $0.1) }
      }
    }
    (outcomes, weights) = (prefixes.map(\.bits), prefixes.map(\.weight))
  }
}
