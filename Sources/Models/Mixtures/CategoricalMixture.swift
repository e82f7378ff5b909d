import GSL
public import Probability

/// A mixture of categorical laws: words whose table depends on a choice that nobody saw.
///
/// ```
/// z ~ Categorical(weights),   x | z = k ~ Categorical(probabilities_k)
/// ```
public struct CategoricalMixture: Mixture, Equatable {
  /// p(z = k).
  public let weights: [Double]
  /// p(x = v | z = k), a row a component.
  public let probabilities: [[Double]]

  /// A mixture of K tables over V symbols.
  public init(weights: [Double], probabilities: [[Double]]) throws(ModelError) {
    try Validate.distribution("weights", weights)
    try Validate.count("probabilities", probabilities.count, expected: weights.count)
    let symbols = probabilities.first?.count ?? 0
    for (component, row) in probabilities.enumerated() {
      try Validate.count("probabilities[\(component)]", row.count, expected: symbols)
      try Validate.distribution("probabilities[\(component)]", row)
    }
    self.init(checkedWeights: weights, probabilities: probabilities)
  }

  private init(checkedWeights: [Double], probabilities: [[Double]]) {
    weights = checkedWeights
    self.probabilities = probabilities
  }

  /// V, the number of symbols.
  public var symbolCount: Int { probabilities.first?.count ?? 0 }

  /// A probability may be zero.
  public var canExclude: Bool { true }

  /// log p(x | z = k); −∞ for a symbol that does not exist.
  public func logLikelihood(_ component: Int, _ datum: Int) -> Double {
    let row = probabilities[component]
    return row.indices.contains(datum) ? log(row[datum]) : -.infinity
  }

  /// A random mixture; every probability is positive.
  public static func random<Choices: DiscreteChoices>(
    components: Int, symbols: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> CategoricalMixture {
    let weights = try choices.simplex(components)
    var rows: [[Double]] = []
    for _ in 0..<components { rows.append(try choices.simplex(symbols)) }
    return CategoricalMixture(checkedWeights: weights, probabilities: rows)
  }
}
