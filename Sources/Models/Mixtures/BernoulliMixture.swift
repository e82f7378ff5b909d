import GSL
public import Probability

/// A mixture of products of Bernoullis: each component has its own probability for each bit.
///
/// ```
/// p(x | z = k) = Π_d p_kd^x_d (1 − p_kd)^(1 − x_d)
/// ```
public struct BernoulliMixture: Mixture, Equatable {
  /// p(z = k).
  public let weights: [Double]
  /// p_kd = P(x_d = 1 | z = k), a list a component.
  public let probabilities: [[Double]]

  /// A mixture of K components over D bits.
  public init(weights: [Double], probabilities: [[Double]]) throws(ModelError) {
    try Validate.distribution("weights", weights)
    try Validate.count("probabilities", probabilities.count, expected: weights.count)
    let bits = probabilities.first?.count ?? 0
    for (component, row) in probabilities.enumerated() {
      try Validate.count("probabilities[\(component)]", row.count, expected: bits)
      try Validate.probabilities("probabilities[\(component)]", row)
    }
    self.init(checkedWeights: weights, probabilities: probabilities)
  }

  private init(checkedWeights: [Double], probabilities: [[Double]]) {
    weights = checkedWeights
    self.probabilities = probabilities
  }

  /// A sum of logarithms of one sign, of which 1 − p is rounded.
  public func roundingsOfLogLikelihood(_ datum: [Double]) -> Roundings {
    Roundings(ofItsSize: Double(datum.count) + 4, ofOne: Double(datum.count) + 4)
  }

  /// A probability may be zero.
  public var canExclude: Bool { true }

  /// log p(x | z = k).
  public func logLikelihood(_ component: Int, _ datum: [Double]) -> Double {
    zip(datum, probabilities[component]).reduce(0) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
  }

  /// Two components over two bits: five free parameters.
  public static let twoComponents = BernoulliMixture(
    checkedWeights: [0.6, 0.4], probabilities: [[0.7, 0.6], [0.3, 0.45]])

  /// A random mixture; every weight is positive and every probability between 0.15 and 0.85.
  public static func random<Choices: DiscreteChoices>(
    components: Int, bits: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> BernoulliMixture {
    let weights = try choices.simplex(components)
    var rows: [[Double]] = []
    for _ in 0..<components { rows.append(try choices.reals(bits, from: 0.15, to: 0.85)) }
    return BernoulliMixture(checkedWeights: weights, probabilities: rows)
  }
}
