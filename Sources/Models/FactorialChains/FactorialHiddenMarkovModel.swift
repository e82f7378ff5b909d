public import GSL

/// Several hidden Markov chains that move by themselves and are seen together.
///
/// ```
/// z_1m ~ initial_m,   z_tm | z_{t−1,m} ~ transition_m[z_{t−1,m}],   x_t | z_t1 … z_tM ~ emission[z_t]
/// ```
/// Reference: Ghahramani and Jordan 1997.
public struct FactorialHiddenMarkovModel: Sendable, Equatable {
  /// One of the chains.
  public struct Chain: Sendable, Equatable {
    /// P(z_1 = k).
    public let initial: [Double]
    /// transition[i][j] = P(z_t = j | z_{t−1} = i).
    public let transition: [[Double]]

    /// A chain of K states.
    public init(initial: [Double], transition: [[Double]]) throws(ModelError) {
      try Validate.distribution("initial", initial)
      try Validate.conditional(
        "transition", transition, rows: initial.count, columns: initial.count)
      self.initial = initial
      self.transition = transition
    }
  }

  /// What the chains emit together.
  public enum Emission: Sendable, Equatable {
    /// A table of symbols for each joint state, the last chain fastest.
    case categorical([[Double]])
    /// x ~ N(Σ_m means[m][z_m], variance).
    case additive(means: [[Double]], variance: Double)
  }

  /// The most joint states that tables are made for.
  public static let mostJointStates = 1 << 20

  /// The chains, at least one.
  public let chains: [Chain]
  /// What they emit.
  public let emission: Emission
  /// The joint states.
  public let joint: JointStates

  /// A model of M chains.
  public init(chains: [Chain], emission: Emission) throws(ModelError) {
    try Validate.notEmpty("chains", chains.count)
    let sizes = chains.map(\.initial.count)
    let states = sizes.reduce(1.0) { $0 * Double($1) }
    guard states <= Double(Self.mostJointStates) else {
      throw ModelError(
        "chains", "expected at most \(Self.mostJointStates) joint states, found \(states)")
    }
    switch emission {
    case .categorical(let table):
      try Validate.count("emission.probabilities", table.count, expected: sizes.reduce(1, *))
      try Validate.notEmpty("emission.probabilities[0]", table[0].count)
      try Validate.conditional(
        "emission.probabilities", table, rows: table.count, columns: table[0].count)
    case .additive(let means, let variance):
      try Validate.count("emission.means", means.count, expected: chains.count)
      for (m, row) in means.enumerated() {
        try Validate.count("emission.means[\(m)]", row.count, expected: sizes[m])
        try Validate.finite("emission.means[\(m)]", row)
      }
      guard variance > 0, variance.isFinite else {
        throw ModelError("emission.variance", "expected a positive number, found \(variance)")
      }
    }
    (self.chains, self.emission, joint) = (chains, emission, JointStates(sizes))
  }

  /// Whether a joint state can make an observation impossible.
  public var canExclude: Bool { if case .categorical = emission { true } else { false } }

  /// Σ_m means[m][z_m] of an additive emission; nil for a table.
  public func mean(of state: Int) -> Double? {
    guard case .additive(let means, _) = emission else { return nil }
    return means.indices.reduce(0) { $0 + means[$1][joint.state(of: $1, in: state)] }
  }

  /// x − Σ_m means[m][z_m], which a sum rounded to a double would be too far from beside a small variance; nil for a
  /// table.
  package func deviation(of value: Double, _ state: Int) -> DoubleDouble? {
    guard case .additive(let means, _) = emission else { return nil }
    return means.indices.reduce(DoubleDouble(value)) {
      $0 - DoubleDouble(means[$1][joint.state(of: $1, in: state)])
    }
  }

  /// log p(x | z) of every joint state, as what they have in common and what they have not.
  public func logEmissions(_ value: ObservedValue?) -> (relative: [Double], common: Double) {
    switch (emission, value) {
    case (.categorical(let table), .whole(let symbol)):
      return (table.map { log($0[symbol]) }, 0)
    case (.additive(_, let variance), .number(let number)):
      let (relative, largest) = relativeLogNormals(
        deviations: (0..<joint.count).map { deviation(of: number, $0) ?? DoubleDouble(.nan) },
        variances: Array(repeating: variance, count: joint.count))
      return (relative, largest)
    default: return (Array(repeating: 0, count: joint.count), 0)
    }
  }

  /// log p(z, x) of joint states, factor by factor, without what the emissions have in common.
  func logJoint(_ states: [Int], _ logEmissions: [[Double]]) -> CompensatedSum {
    var total = CompensatedSum()
    for (t, state) in states.enumerated() {
      for (m, chain) in chains.enumerated() {
        let own = joint.state(of: m, in: state)
        total +=
          t == 0
          ? log(chain.initial[own])
          : log(chain.transition[joint.state(of: m, in: states[t - 1])][own])
      }
      total += logEmissions[t][state]
    }
    return total
  }

  /// A sequence as the observation of a model of its own; a step that was not observed is nil.
  public func observing(_ values: [ObservedValue?]) throws(ModelError) -> FactorialSequence {
    try Validate.notEmpty("observations", values.count)
    for (t, value) in values.enumerated() {
      switch (emission, value) {
      case (.categorical(let table), .whole(let symbol)):
        try Validate.index("observations[\(t)]", symbol, below: table[0].count)
      case (.additive, .number(let number)):
        try Validate.finite("observations[\(t)]", [number])
      case (_, nil): break
      default: throw ModelError("observations[\(t)]", "expected a value of the emission's family")
      }
    }
    return FactorialSequence(self, values)
  }
}

/// A factorial model with one sequence observed.
public struct FactorialSequence: Sendable, Equatable {
  /// The model.
  public let model: FactorialHiddenMarkovModel
  /// What was observed, step after step.
  public let values: [ObservedValue?]
  /// log p(x_t | z) of every joint state, without what they have in common.
  public let logEmissions: [[Double]]
  /// The logarithm of what the emissions of all states have in common.
  public let logScale: Double

  init(_ model: FactorialHiddenMarkovModel, _ values: [ObservedValue?]) {
    let emissions = values.map(model.logEmissions)
    (self.model, self.values) = (model, values)
    logEmissions = emissions.map(\.relative)
    logScale = CompensatedSum(emissions.map(\.common)).value
  }

  /// T, the number of steps.
  public var length: Int { values.count }

  /// log p(z, x) − logScale of joint states, one a step.
  public func logWeight(of states: [Int]) -> CompensatedSum { model.logJoint(states, logEmissions) }
}
