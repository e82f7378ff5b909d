import GSL
public import Probability

/// A random field of discrete variables: a product of tables over a few of them each.
///
/// ```
/// p(x) = (1/Z) Π_f f(x_f),      Z = Σ_x Π_f f(x_f),      f ≥ 0
/// ```
/// Of a belief net the tables are its conditional ones, and Z = 1. Reference: Kschischang, Frey and
/// Loeliger, "Factor graphs and the sum-product algorithm", 2001.
public struct FactorGraph: Sendable, Equatable {
  /// A table over some of the variables.
  public struct Factor: Sendable, Equatable {
    /// The numbers of the variables, each once.
    public let variables: [Int]
    /// log f of every setting of these, the last variable fastest; −∞ where f is 0.
    public let logWeights: [Double]

    /// A table by its logarithms.
    public init(_ variables: [Int], logWeights: [Double]) {
      self.variables = variables
      self.logWeights = logWeights
    }

    /// A table of weights, which are not negative.
    public init(_ variables: [Int], weights: [Double]) {
      self.init(variables, logWeights: weights.map(log))
    }
  }

  /// The number of values of each variable.
  public let cardinalities: [Int]
  /// The tables.
  public let factors: [Factor]

  /// A field of at least one variable, each with at least one value.
  public init(cardinalities: [Int], factors: [Factor]) throws(ModelError) {
    try Validate.notEmpty("variables", cardinalities.count)
    for (number, cardinality) in cardinalities.enumerated() where cardinality < 1 {
      throw ModelError("variables[\(number)]", "expected at least one state, found \(cardinality)")
    }
    for (number, factor) in factors.enumerated() {
      let place = "factors[\(number)]"
      for (index, variable) in factor.variables.enumerated() {
        try Validate.index("\(place).variables[\(index)]", variable, below: cardinalities.count)
      }
      guard Set(factor.variables).count == factor.variables.count else {
        throw ModelError("\(place).variables", "expected distinct variables")
      }
      let cells = cellCount(factor.variables.map { cardinalities[$0] })
      guard cells == factor.logWeights.count else {
        let wanted = cells.map { "\($0)" } ?? "more than 2^63"
        throw ModelError(
          "\(place).table", "expected \(wanted) entries, found \(factor.logWeights.count)")
      }
      for (cell, weight) in factor.logWeights.enumerated() where !(weight < .infinity) {
        throw ModelError("\(place).table[\(cell)]", "expected a finite weight that is not negative")
      }
    }
    self.cardinalities = cardinalities
    self.factors = factors
  }

  /// A belief net as the product of its conditional tables.
  public init(of net: BayesNet) {
    cardinalities = net.cardinalities
    factors = net.variables.enumerated().map { number, variable in
      Factor(variable.parents + [number], weights: Array(variable.table.joined()))
    }
  }

  /// log Π_f f(x_f); −∞ where one of the tables is 0.
  public func logWeight(_ values: [Int]) -> Double {
    factors.reduce(0) { $0 + $1.logWeights[cell(of: $1, at: values)] }
  }

  /// Where in its table a factor has its weight of a setting of all variables.
  public func cell(of factor: Factor, at values: [Int]) -> Int {
    factor.variables.reduce(0) { $0 * cardinalities[$1] + values[$1] }
  }

  /// Evidence that gives a value or nil to every variable.
  public func validate(evidence: [Int?]) throws(ModelError) {
    try Validate.count("evidence", evidence.count, expected: cardinalities.count)
    for (number, value) in evidence.enumerated() {
      guard let value else { continue }
      try Validate.index("evidence[\(number)]", value, below: cardinalities[number])
    }
  }

  /// Random tables over up to three of two- and three-valued variables, one in five weights zero.
  public static func random<Choices: DiscreteChoices>(
    variables count: Int, factors factorCount: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> FactorGraph {
    var cardinalities: [Int] = []
    for _ in 0..<count { cardinalities.append(try choices.integer(2...3)) }
    var factors: [Factor] = []
    for _ in 0..<factorCount {
      var scope: [Int] = []
      for _ in 0..<(try choices.integer(1...3)) {
        let variable = try choices.choose(below: count)
        if !scope.contains(variable) { scope.append(variable) }
      }
      let cells = scope.reduce(1) { $0 * cardinalities[$1] }
      var weights: [Double] = []
      for _ in 0..<cells {
        let size = Double(try choices.integer(1...9))
        weights.append(try choices.flip(0.2) ? 0 : size)
      }
      factors.append(Factor(scope, weights: weights))
    }
    return FactorGraph(checked: cardinalities, factors)
  }

  /// Tables that are known to fit.
  init(checked cardinalities: [Int], _ factors: [Factor]) {
    self.cardinalities = cardinalities
    self.factors = factors
  }
}

/// How many settings so many variables have together, or nil when it is no 64-bit number.
public func cellCount(_ cardinalities: [Int]) -> Int? {
  var count = 1
  for cardinality in cardinalities {
    let (product, overflow) = count.multipliedReportingOverflow(by: cardinality)
    if overflow { return nil }
    count = product
  }
  return count
}
