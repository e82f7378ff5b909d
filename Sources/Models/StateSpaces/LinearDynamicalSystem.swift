import GSL
public import Probability

/// A linear dynamical system with normal noise.
///
/// ```
/// x_0 ~ N(initialMean, initialCovariance)
/// x_t = dynamics · x_{t−1} + N(0, dynamicsNoise)
/// y_t = emission · x_t + N(0, emissionNoise)          from t = 0 on
/// ```
/// The dynamics noise may be singular, or zero. Reference: Roweis and Ghahramani 1999.
public struct LinearDynamicalSystem: Sendable, Equatable {
  /// E[x_0].
  public let initialMean: [Double]
  /// The covariance of x_0, positive definite.
  public let initialCovariance: [[Double]]
  /// What the state is multiplied by at every step.
  public let dynamics: [[Double]]
  /// The covariance of what is added at every step, positive semidefinite.
  public let dynamicsNoise: [[Double]]
  /// What the state is multiplied by to be seen, one row an output.
  public let emission: [[Double]]
  /// The covariance of what is added to an output, positive definite.
  public let emissionNoise: [[Double]]

  /// A system with n states and m outputs.
  public init(
    initialMean: [Double], initialCovariance: [[Double]], dynamics: [[Double]],
    dynamicsNoise: [[Double]], emission: [[Double]], emissionNoise: [[Double]]
  ) throws(ModelError) {
    let (n, m) = (initialMean.count, emission.count)
    try Validate.notEmpty("initialMean", n)
    try Validate.finite("initialMean", initialMean)
    try Validate.notEmpty("emission", m)
    try Validate.finiteTable("dynamics", dynamics, rows: n, columns: n)
    try Validate.finiteTable("emission", emission, rows: m, columns: n)
    self.initialMean = initialMean
    self.initialCovariance = try Validate.positiveDefinite(
      "initialCovariance", initialCovariance, dimension: n)
    self.dynamics = dynamics
    self.dynamicsNoise = try Validate.positiveSemidefinite(
      "dynamicsNoise", dynamicsNoise, dimension: n)
    self.emission = emission
    self.emissionNoise = try Validate.positiveDefinite(
      "emissionNoise", emissionNoise, dimension: m)
  }

  init(
    checkedMean: [Double], initialCovariance: [[Double]], dynamics: [[Double]],
    dynamicsNoise: [[Double]], emission: [[Double]], emissionNoise: [[Double]]
  ) {
    initialMean = checkedMean
    self.initialCovariance = initialCovariance
    self.dynamics = dynamics
    self.dynamicsNoise = dynamicsNoise
    self.emission = emission
    self.emissionNoise = emissionNoise
  }

  /// n, the number of states.
  public var stateCount: Int { initialMean.count }
  /// m, the number of outputs.
  public var outputCount: Int { emission.count }

  /// The outputs as the observation of a model of its own; a sequence may be empty.
  public func observing(_ observations: [[Double]]) throws(ModelError) -> LinearDynamicalSequence {
    for (step, output) in observations.enumerated() {
      try Validate.count("observations[\(step)]", output.count, expected: outputCount)
      try Validate.finite("observations[\(step)]", output)
    }
    return LinearDynamicalSequence(system: self, checkedObservations: observations)
  }

  /// The same where a step, or some of its outputs, were not observed.
  public func observing(
    partly observations: [[Double?]?]
  ) throws(ModelError) -> LinearDynamicalSequence {
    let seen = try PartlySeen(observations, outputs: outputCount)
    _ = try observing(seen.outputs)
    return LinearDynamicalSequence(
      system: self, checkedObservations: seen.outputs, seen: seen.numbers)
  }

  /// Draws states and outputs, in the order in which the model makes them.
  public func sample<Choices: RandomChoices>(
    length: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> (states: [[Double]], observations: [[Double]]) {
    let start = CovarianceFactor(of: initialCovariance)
    let step = CovarianceFactor(of: dynamicsNoise)
    let view = CovarianceFactor(of: emissionNoise)
    var (states, observations): ([[Double]], [[Double]]) = ([], [])
    for _ in 0..<length {
      let state =
        if let last = states.last {
          try step.noisy(dynamics.map { dot($0, last) }, &choices)
        } else {
          try start.noisy(initialMean, &choices)
        }
      states.append(state)
      observations.append(try view.noisy(emission.map { dot($0, state) }, &choices))
    }
    return (states, observations)
  }
}

/// A linear dynamical system with one sequence of outputs observed.
public struct LinearDynamicalSequence: Sendable, Equatable {
  /// The system.
  public let system: LinearDynamicalSystem
  /// y_t, one list of m numbers a step; what was not observed is 0 and means nothing.
  public let observations: [[Double]]
  /// The outputs that were observed at each step, by number: all of them where nothing is missing.
  public let seen: [[Int]]
  /// Whether every output was observed at every step.
  public let isComplete: Bool

  init(system: LinearDynamicalSystem, checkedObservations: [[Double]], seen: [[Int]]? = nil) {
    self.system = system
    observations = checkedObservations
    let all = Array(0..<system.outputCount)
    self.seen = seen ?? checkedObservations.map { _ in all }
    isComplete = seen?.allSatisfy { $0.count == system.outputCount } ?? true
  }

  /// T, the number of steps.
  public var length: Int { observations.count }
}

extension CovarianceFactor {
  /// Draws mean + F·u with u ~ N(0, 1) in every column.
  fileprivate func noisy<Choices: RandomChoices>(
    _ mean: [Double], _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var noise: [Double] = []
    for _ in 0..<rank { noise.append(try choices.standardNormal()) }
    return zip(mean, rows).map { $0 + dot($1, noise) }
  }
}
