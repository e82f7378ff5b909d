import GSL
public import Probability

/// log p(x, h) of a fixed observation x, for every state of a few discrete latents h.
///
/// The last latent changes fastest. What mean field, belief nets and tables of two variables have
/// in common; both wings stand on it.
public struct JointTable: Sendable, Equatable {
  /// The number of values of each latent.
  public let sizes: [Int]
  /// log p(x, h), the last latent fastest; −∞ where it is impossible.
  public let logValues: [Double]

  /// A table of log joints.
  public init(sizes: [Int], logValues: [Double]) throws(ModelError) {
    try Validate.notEmpty("sizes", sizes.count)
    try Validate.count("logValues", logValues.count, expected: sizes.reduce(1, *))
    for (index, value) in logValues.enumerated() where value.isNaN || value == .infinity {
      throw ModelError("logValues[\(index)]", "expected a number below infinity, found \(value)")
    }
    self.init(checked: sizes, logValues)
  }

  private init(checked sizes: [Int], _ logValues: [Double]) {
    self.sizes = sizes
    self.logValues = logValues
  }

  /// A table of two latents from its rows of joint probabilities.
  public init(rows: [[Double]]) throws(ModelError) {
    try Validate.notEmpty("rows", rows.count)
    for (index, row) in rows.enumerated() {
      try Validate.count("rows[\(index)]", row.count, expected: rows[0].count)
      try Validate.probabilities("rows[\(index)]", row)
    }
    let logValues = rows.flatMap { row in row.map { log($0) } }
    try self.init(sizes: [rows.count, rows[0].count], logValues: logValues)
  }

  /// The latents of a belief net that the evidence leaves open, in their order.
  public init(_ net: BayesNet, evidence: [Int?]) throws(ModelError) {
    try net.validate(evidence: evidence)
    let open = evidence.indices.filter { evidence[$0] == nil }
    let sizes = open.map { net.cardinalities[$0] }
    var logValues: [Double] = []
    for state in 0..<sizes.reduce(1, *) {
      let values = JointTable.values(of: state, sizes: sizes)
      var all = evidence.map { $0 ?? 0 }
      for (variable, value) in zip(open, values) { all[variable] = value }
      logValues.append(net.logJoint(all))
    }
    try self.init(sizes: sizes, logValues: logValues)
  }

  /// The binary latents of a model, each with its two values.
  public init(_ model: some BinaryLatentModel) {
    let sizes = [Int](repeating: 2, count: model.latentCount)
    self.init(
      checked: sizes,
      (0..<model.states.count).map { state in
        model.logJoint(JointTable.values(of: state, sizes: sizes).map { Double($0) })
      })
  }

  /// The number of latents.
  public var latentCount: Int { sizes.count }
  /// The number of joint states.
  public var stateCount: Int { logValues.count }

  /// The values of all latents in a state.
  public func values(of state: Int) -> [Int] { JointTable.values(of: state, sizes: sizes) }

  static func values(of state: Int, sizes: [Int]) -> [Int] {
    var values = [Int](repeating: 0, count: sizes.count)
    var rest = state
    for latent in sizes.indices.reversed() {
      values[latent] = rest % sizes[latent]
      rest /= sizes[latent]
    }
    return values
  }

  /// A random table of positive joint probabilities, the evidence between .05 and .95.
  public static func random<Choices: DiscreteChoices>(
    sizes: [Int], _ choices: inout Choices
  ) throws(ChoiceError) -> JointTable {
    let evidence = try choices.real(from: 0.05, to: 0.95)
    let posterior = try choices.simplex(sizes.reduce(1, *))
    return JointTable(checked: sizes, posterior.map { log($0) + log(evidence) })
  }
}
