import GSL
import LessonKit
import Models
import Networks
import Probability

/// Networks of random numbers, a document, a mask over its words, and a row of numbers.
struct NetworksAndStepsProblem: Sendable {
  /// W, a row for every word, and u.
  let wordWeights: Matrix
  let wordBias: [Double]
  /// T, the embedding, a row for every word.
  let embedding: Matrix
  /// M, a row for every factor, and v.
  let outputWeights: Matrix
  let outputBias: [Double]
  /// The words of a document.
  let words: [Int]
  /// P(word i is kept), word by word of a three-word sentence.
  let mask: [Double]
  /// The loss of each subset of words, the first word lowest.
  let losses: [Double]
  /// A gradient, a learning rate, and observations for a running mean.
  let slope: Double
  let rate: Double
  let observations: [Double]

  /// N, K and D.
  var vocabulary: Int { embedding.rows }
  var features: Int { embedding.columns }
  var factors: Int { outputBias.count }

  /// E[loss] as a function of the mask's probabilities.
  var expectedLoss: ExpectedValue<BernoulliMeans> {
    ExpectedValue(under: BernoulliMeans(mask)) { [losses] z in
      losses[z.indices.reduce(0) { $0 + (z[$1] == 1 ? 1 << $1 : 0) }]
    }
  }
}

extension NetworksAndStepsProblem {
  /// A problem whose matrices are filled from a row of numbers.
  private init(
    vocabulary: Int, features: Int, factors: Int, numbers: [Double], words: [Int], mask: [Double],
    losses: [Double], slope: Double, rate: Double, observations: [Double]
  ) {
    var rest = numbers[...]
    func row(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    wordWeights = Matrix(rows: vocabulary, columns: factors, row(vocabulary * factors))
    embedding = Matrix(rows: vocabulary, columns: features, row(vocabulary * features))
    outputWeights = Matrix(rows: factors, columns: features, row(factors * features))
    wordBias = row(vocabulary)
    outputBias = row(factors)
    (self.words, self.mask, self.losses) = (words, mask, losses)
    (self.slope, self.rate, self.observations) = (slope, rate, observations)
  }

  /// The document of the lesson, and an inference network of two features whose log odds for it
  /// are λ = (.4, −.7).
  static let example = NetworksAndStepsProblem(
    vocabulary: 3, features: 2, factors: 2,
    numbers: documentNumbers + [
      0.6, -0.3, -0.5, 0.4, 0, 0.6, 1, 2, -2, 1, 0.1, 0, -0.2, -0.4, -0.6,
    ],
    words: LatentFactorDocument.twoFactors.words, mask: [0.3, 0.8, 0.55],
    losses: [2, 0.4, 1.7, 0.2, 1.1, 0.9, 0.3, 0.6],
    slope: -0.4, rate: 0.1, observations: [1, -2, 4.5, 0.5])

  /// W of the document, row by row.
  private static var documentNumbers: [Double] {
    let model = LatentFactorDocument.twoFactors.model
    return (0..<model.wordCount).flatMap { word in model.weights.map { $0[word] } }
  }

  /// Three to five words, two or three features, two or three factors.
  static func random(_ cases: inout Cases) throws -> NetworksAndStepsProblem {
    let vocabulary = try cases.integer(3...5)
    let (features, factors) = (try cases.integer(2...3), try cases.integer(2...3))
    var numbers: [Double] = []
    let count = vocabulary * (factors + features + 1) + factors * (features + 1)
    for _ in 0..<count { numbers.append(try cases.real(from: -1.5, to: 1.5)) }
    // The first and the last word always differ, and so do their rows.
    var words = [0]
    for _ in 0..<(try cases.integer(1...3)) { words.append(try cases.choose(below: vocabulary)) }
    words.append(vocabulary - 1)
    let size = try cases.real(from: 0.2, to: 2)
    return NetworksAndStepsProblem(
      vocabulary: vocabulary, features: features, factors: factors, numbers: numbers,
      words: words, mask: try cases.reals(3, from: 0.1, to: 0.9),
      losses: try cases.reals(8, from: 0.1, to: 3), slope: try cases.flip(0.5) ? -size : size,
      rate: try cases.real(from: 0.01, to: 0.3), observations: try cases.reals(4, from: -3, to: 3))
  }
}

// MARK: The exact answers

extension NetworksAndStepsProblem {
  /// h, the mean of the words' rows.
  var meanRow: [ExactValue] {
    (0..<features).map { column in
      words.sum { ExactValue(embedding[$0, column]) } / ExactValue(Double(words.count))
    }
  }

  /// 1/(1 + exp(−(M h + v)_d)).
  var factorProbabilities: [ExactValue] {
    (0..<factors).map { d in
      let logit = meanRow.indices.sum { ExactValue(outputWeights[d, $0]) * meanRow[$0] }
      return 1 / (1 + (-(logit + ExactValue(outputBias[d]))).exponential)
    }
  }

  /// exp(W z + u)_k / Σ_l exp(W z + u)_l for z = (1, 0, …).
  var wordProbabilities: [ExactValue] {
    let weights = (0..<vocabulary).map {
      (ExactValue(wordWeights[$0, 0]) + ExactValue(wordBias[$0])).exponential
    }
    return weights.map { $0 / weights.sum() }
  }

  /// ∂E[loss]/∂b_i: the mean is linear in each b, so its derivative is its difference from 0 to 1.
  var maskGradient: [ExactValue] {
    mask.indices.map { expectedLoss(certain: $0, 1) - expectedLoss(certain: $0, 0) }
  }

  /// The largest |x_t|.
  var largestObservation: Double { observations.map { abs($0) }.max() ?? 0 }

  private func expectedLoss(certain word: Int, _ b: Double) -> ExactValue {
    losses.indices.sum { state in
      mask.indices.reduce(ExactValue(losses[state])) { product, i in
        let on = ExactValue(i == word ? b : mask[i])
        return product * (state >> i & 1 == 1 ? on : 1 - on)
      }
    }
  }
}

extension NetworksAndStepsProblem: Shown {
  /// The document and the two networks.
  var givens: [Given] {
    [
      Given("x", words), Given("T", embedding.rowLists), Given("M", outputWeights.rowLists),
      Given("v", outputBias), Given("W", wordWeights.rowLists), Given("u", wordBias),
    ]
  }
}

extension Matrix {
  /// The rows as lists.
  fileprivate var rowLists: [[Double]] {
    (0..<rows).map { row in (0..<columns).map { self[row, $0] } }
  }
}
