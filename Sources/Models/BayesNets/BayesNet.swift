import GSL
public import Probability

/// A directed graphical model of discrete variables.
///
/// ```
/// p(x) = Π_i p(x_i | parents of x_i)
/// ```
/// Variables come after their parents, so the order in which they are listed is the order in which
/// they can be drawn.
public struct BayesNet: Sendable, Equatable {
  /// A variable with its conditional table.
  public struct Variable: Sendable, Equatable {
    /// What it is called.
    public let name: String
    /// The numbers of its parents, all smaller than its own.
    public let parents: [Int]
    /// One distribution for every combination of the parents' values, the last parent fastest.
    public let table: [[Double]]

    /// A variable.
    public init(_ name: String, parents: [Int] = [], table: [[Double]]) {
      self.name = name
      self.parents = parents
      self.table = table
    }

    /// The number of values it can take.
    public var cardinality: Int { table[0].count }
  }

  /// The variables, parents first.
  public let variables: [Variable]

  /// A network of at least one variable.
  public init(_ variables: [Variable]) throws(ModelError) {
    try Validate.notEmpty("variables", variables.count)
    for (number, variable) in variables.enumerated() {
      let place = "variables[\(number)]"
      var rows = 1
      for (index, parent) in variable.parents.enumerated() {
        guard parent >= 0, parent < number else {
          throw ModelError(
            "\(place).parents[\(index)]",
            "expected a variable listed before number \(number), found \(parent)")
        }
        rows *= variables[parent].cardinality
      }
      guard Set(variable.parents).count == variable.parents.count else {
        throw ModelError("\(place).parents", "expected distinct parents")
      }
      try Validate.count("\(place).table", variable.table.count, expected: rows)
      try Validate.notEmpty("\(place).table[0]", variable.table[0].count)
      try Validate.conditional(
        "\(place).table", variable.table, rows: rows, columns: variable.table[0].count)
    }
    self.init(checked: variables)
  }

  private init(checked: [Variable]) { variables = checked }

  /// The number of values of each variable.
  public var cardinalities: [Int] { variables.map(\.cardinality) }

  /// The number of joint states, or nil when it is no 64-bit number.
  public var jointStateCount: Int? {
    var count = 1
    for cardinality in cardinalities {
      let (product, overflow) = count.multipliedReportingOverflow(by: cardinality)
      if overflow { return nil }
      count = product
    }
    return count
  }

  /// p(x_i = · | parents) at the values that come before.
  public func conditional(_ number: Int, given values: [Int]) -> [Double] {
    let variable = variables[number]
    let row = variable.parents.reduce(0) { $0 * variables[$1].cardinality + values[$1] }
    return variable.table[row]
  }

  /// log p(x) = Σ_i log p(x_i | parents).
  public func logJoint(_ values: [Int]) -> Double {
    variables.indices.reduce(0) { $0 + log(conditional($1, given: values)[values[$1]]) }
  }

  /// Draws all variables, parents before children.
  public func sample<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Int] {
    var values: [Int] = []
    for number in variables.indices {
      values.append(try choices.choose(conditional(number, given: values)))
    }
    return values
  }

  /// The network as it is, with evidence that may leave variables open.
  public func validate(evidence: [Int?]) throws(ModelError) {
    try Validate.count("evidence", evidence.count, expected: variables.count)
    for (number, value) in evidence.enumerated() {
      guard let value else { continue }
      try Validate.index("evidence[\(number)]", value, below: variables[number].cardinality)
    }
  }

  /// Cloudy, sprinkler, rain, wet grass: P(S = 1 | W = 1) = .430, P(R = 1 | W = 1) = .708.
  ///
  /// The tables are those of K. Murphy's tutorial on graphical models. Value 1 means true.
  public static let sprinkler = BayesNet(checked: [
    Variable("cloudy", table: [[0.5, 0.5]]),
    Variable("sprinkler", parents: [0], table: [[0.5, 0.5], [0.9, 0.1]]),
    Variable("rain", parents: [0], table: [[0.8, 0.2], [0.2, 0.8]]),
    Variable(
      "wet grass", parents: [1, 2], table: [[1, 0], [0.1, 0.9], [0.1, 0.9], [0.01, 0.99]]),
  ])

  /// Three hidden states in a row, of which the second is observed: z_1 → z_2 → z_3, z_2 → x_2.
  ///
  /// Value 0 is the one whose probability is given: `initial` that of z_1, `transition[i]` that of a
  /// state after state i, `emission[k]` that of the observation of state k.
  public static func observedChain(
    initial: Double, transition: [Double], emission: [Double]
  ) throws(ModelError) -> BayesNet {
    try BayesNet(observedChainVariables(initial, transition, emission))
  }

  /// The observed chain with initial (.5, .5), transition [[.9, .1], [.3, .7]] and emission
  /// [[.8, .2], [.1, .9]].
  public static let observedChain = BayesNet(
    checked: observedChainVariables(0.5, [0.9, 0.3], [0.8, 0.1]))

  private static func observedChainVariables(
    _ initial: Double, _ transition: [Double], _ emission: [Double]
  ) -> [Variable] {
    func rows(_ first: [Double]) -> [[Double]] { first.map { [$0, 1 - $0] } }
    return [
      Variable("z1", table: rows([initial])),
      Variable("z2", parents: [0], table: rows(transition)),
      Variable("z3", parents: [1], table: rows(transition)),
      Variable("x2", parents: [1], table: rows(emission)),
    ]
  }

  /// c₁ → c₂, (c₁, c₂) → c₃, all binary, nothing symmetric.
  public static let threeInATriangle = BayesNet(checked: [
    Variable("c1", table: [[0.7, 0.3]]),
    Variable("c2", parents: [0], table: [[0.6, 0.4], [0.1, 0.9]]),
    Variable(
      "c3", parents: [0, 1], table: [[0.8, 0.2], [0.5, 0.5], [0.3, 0.7], [0.15, 0.85]]),
  ])

  /// The same graph with random tables.
  public static func randomTriangle<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> BayesNet {
    func rows(_ count: Int) throws(ChoiceError) -> [[Double]] {
      var rows: [[Double]] = []
      for _ in 0..<count { rows.append(try choices.simplex(2)) }
      return rows
    }
    return BayesNet(checked: [
      Variable("c1", table: try rows(1)), Variable("c2", parents: [0], table: try rows(2)),
      Variable("c3", parents: [0, 1], table: try rows(4)),
    ])
  }

  /// A random network of two- and three-valued variables, each with up to two parents.
  public static func random<Choices: DiscreteChoices>(
    variables count: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> BayesNet {
    var variables: [Variable] = []
    for number in 0..<count {
      var parents: [Int] = []
      for candidate in 0..<number where parents.count < 2 {
        if try choices.flip(0.6) { parents.append(candidate) }
      }
      let rows = parents.reduce(1) { $0 * variables[$1].cardinality }
      let cardinality = try choices.integer(2...3)
      var table: [[Double]] = []
      for _ in 0..<rows { table.append(try choices.simplex(cardinality)) }
      variables.append(Variable("x\(number)", parents: parents, table: table))
    }
    return BayesNet(checked: variables)
  }
}
