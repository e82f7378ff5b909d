import Approximate
import GSL
import Networks
import Probability

/// Networks of random numbers, a document, a mask over its words, and a row of numbers.
struct ShapeProblem: Sendable {
  let networks: DocumentNetworks
  let words: [Int]
  /// P(word i is kept), word by word of a three-word sentence.
  let mask: [Double]
  /// The loss of each subset of words, the first word lowest.
  let losses: [Double]
  /// A gradient, a learning rate, and observations for a running mean.
  let slope: Double
  let rate: Double
  let observations: [Double]

  var vocabulary: Int { networks.likelihood.scores.weights.rows }
  var features: Int { networks.inference.embedding.table.columns }
  var factors: Int { networks.prior.count }

  /// Five words, four features, two factors.
  static let example = ShapeProblem(
    // A fixed row of numbers that is neither symmetric nor sorted.
    networks: networks(
      vocabulary: 5, features: 4, factors: 2,
      numbers: (0..<45).map { GSL.sin(1.7 * Double($0) + 0.4) }),
    words: [0, 3, 3, 1], mask: [0.3, 0.8, 0.55], losses: [2, 0.4, 1.7, 0.2, 1.1, 0.9, 0.3, 0.6],
    slope: -0.4, rate: 0.1, observations: [1, -2, 4.5, 0.5])

  static func networks(
    vocabulary: Int, features: Int, factors: Int, numbers: [Double]
  ) -> DocumentNetworks {
    var rest = numbers[...]
    func row(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    let w = Matrix(rows: vocabulary, columns: factors, row(vocabulary * factors))
    let e = Matrix(rows: vocabulary, columns: features, row(vocabulary * features))
    let m = Matrix(rows: factors, columns: features, row(factors * features))
    return DocumentNetworks(
      likelihood: LikelihoodNetwork(scores: Linear(weights: w, bias: Vector(row(vocabulary)))),
      inference: InferenceNetwork(
        embedding: Embedding(table: e), output: Linear(weights: m, bias: Vector(row(factors)))),
      prior: [Double](repeating: 0.3, count: factors))
  }

  /// Three to five words, two or three features, two or three factors.
  @Sendable
  static func draw(_ cases: inout Cases) throws(ChoiceError) -> ShapeProblem {
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
    return ShapeProblem(
      networks: networks(
        vocabulary: vocabulary, features: features, factors: factors, numbers: numbers),
      words: words, mask: try cases.reals(3, from: 0.1, to: 0.9),
      losses: try cases.reals(8, from: 0.1, to: 3), slope: try cases.flip(0.5) ? -size : size,
      rate: try cases.real(from: 0.01, to: 0.3), observations: try cases.reals(4, from: -3, to: 3))
  }
}
