import GSL
public import Probability

/// A sentence and its translation: every target word comes from one source position.
///
/// ```
/// model 1:   p(x, a) = Π_j (1/I) translation[a_j][x_j]                       (Brown et al 1993)
/// the chain: p(x, a) = p(a_1) Π_{j>1} p(a_j | a_{j−1}) Π_j translation[a_j][x_j]  (Vogel et al 1996)
/// ```
/// In the chain a jump from position i to position k has probability ∝ jumps[k − i + I − 1].
public struct WordAlignment: Sendable, Equatable {
  /// translation[i][v]: how source position i is rendered.
  public let translation: [[Double]]
  /// The 2I − 1 positive weights of the jumps −(I − 1) … I − 1.
  public let jumps: [Double]
  /// The target words.
  public let words: [Int]

  /// A pair of sentences with I source positions.
  public init(translation: [[Double]], jumps: [Double], words: [Int]) throws(ModelError) {
    try Validate.notEmpty("translation", translation.count)
    try Validate.notEmpty("translation[0]", translation[0].count)
    try Validate.conditional(
      "translation", translation, rows: translation.count, columns: translation[0].count)
    try Validate.count("jumps", jumps.count, expected: 2 * translation.count - 1)
    for (index, weight) in jumps.enumerated() where !(weight > 0 && weight.isFinite) {
      throw ModelError("jumps[\(index)]", "expected a positive number, found \(weight)")
    }
    try Validate.notEmpty("words", words.count)
    for (place, word) in words.enumerated() {
      try Validate.index("words[\(place)]", word, below: translation[0].count)
    }
    self.init(checkedTranslation: translation, jumps: jumps, words: words)
  }

  private init(checkedTranslation: [[Double]], jumps: [Double], words: [Int]) {
    translation = checkedTranslation
    self.jumps = jumps
    self.words = words
  }

  /// I, the number of source positions.
  public var positionCount: Int { translation.count }

  /// log p(x, a) under model 1, where every position is as likely as any other.
  public func logJointOfModelOne(_ alignment: [Int]) -> Double {
    zip(alignment, words).reduce(0) { total, pair in
      total + log(translation[pair.0][pair.1]) - log(Double(positionCount))
    }
  }

  /// The chain as a hidden Markov model whose states are the source positions.
  public var hiddenMarkovSequence: HiddenMarkovSequence {
    let positions = translation.indices
    let transition = positions.map { from in
      let weights = positions.map { jumps[$0 - from + positionCount - 1] }
      let total = weights.reduce(0, +)
      return weights.map { $0 / total }
    }
    return HiddenMarkovSequence(
      model: HiddenMarkovModel(
        checkedInitial: positions.map { _ in 1 / Double(positionCount) },
        transition: transition, emission: translation),
      checkedObservations: words)
  }

  /// Three source positions, three target words, nothing symmetric.
  public static let threeByThree = WordAlignment(
    checkedTranslation: [[0.6, 0.3, 0.1], [0.2, 0.5, 0.3], [0.1, 0.2, 0.7]],
    jumps: [1, 2, 4, 8, 3], words: [0, 2, 1])

  /// A random pair of sentences.
  public static func random<Choices: DiscreteChoices>(
    positions: Int, words: Int, vocabulary: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> WordAlignment {
    var translation: [[Double]] = []
    for _ in 0..<positions { translation.append(try choices.simplex(vocabulary)) }
    let jumps = try choices.simplex(2 * positions - 1)
    var target: [Int] = []
    for _ in 0..<words { target.append(try choices.choose(below: vocabulary)) }
    return WordAlignment(checkedTranslation: translation, jumps: jumps, words: target)
  }
}
