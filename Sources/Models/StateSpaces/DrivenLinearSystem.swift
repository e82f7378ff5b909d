import Probability
public import GSL

/// A linear dynamical system that is driven: with offsets, known inputs, and parameters that may change from step
/// to step.
///
/// ```
/// x_0     ~ N(initialMean, initialCovariance)
/// x_(t+1) = dynamics_t · x_t + dynamicsOffset_t + inputMatrix · u_t + N(0, dynamicsNoise_t)
/// y_t     = emission_t · x_t + emissionOffset_t + feedthrough · u_t + N(0, emissionNoise_t)
/// ```
/// Number t of every list belongs to the same step: what happens to x_t, how it is seen, what is put in.
public struct DrivenLinearSystem: Sendable, Equatable {
  /// E[x_0].
  public let initialMean: [Double]
  /// The covariance of x_0, positive definite.
  public let initialCovariance: [[Double]]
  /// What a state is multiplied by on the way to the next.
  public let dynamics: OverTime<[[Double]]>
  /// The covariance of what is added on that way, positive semidefinite.
  public let dynamicsNoise: OverTime<[[Double]]>
  /// What the state is multiplied by to be seen, one row an output.
  public let emission: OverTime<[[Double]]>
  /// The covariance of what is added to an output, positive definite.
  public let emissionNoise: OverTime<[[Double]]>
  /// What is added to a state on the way to the next; nil is nothing.
  public let dynamicsOffset: OverTime<[Double]>?
  /// What is added to an output; nil is nothing.
  public let emissionOffset: OverTime<[Double]>?
  /// What an input adds to the next state, a row a state; nil is nothing.
  public let inputMatrix: [[Double]]?
  /// What an input adds to the output of its step, a row an output; nil is nothing.
  public let feedthrough: [[Double]]?

  /// A system with n states, m outputs and k inputs.
  public init(
    initialMean: [Double], initialCovariance: [[Double]], dynamics: OverTime<[[Double]]>,
    dynamicsNoise: OverTime<[[Double]]>, emission: OverTime<[[Double]]>,
    emissionNoise: OverTime<[[Double]]>, dynamicsOffset: OverTime<[Double]>? = nil,
    emissionOffset: OverTime<[Double]>? = nil, inputMatrix: [[Double]]? = nil,
    feedthrough: [[Double]]? = nil
  ) throws(ModelError) {
    let (n, m) = (initialMean.count, emission.any?.count ?? 0)
    try Validate.notEmpty("initialMean", n)
    try Validate.finite("initialMean", initialMean)
    try Validate.notEmpty("emission", m)
    self.initialMean = initialMean
    self.initialCovariance = try Validate.positiveDefinite(
      "initialCovariance", initialCovariance, dimension: n)
    self.dynamics = try dynamics.checked("dynamics") { place, table throws(ModelError) in
      try Validate.table(place, table, rows: n, columns: n)
    }
    self.dynamicsNoise = try dynamicsNoise.checked("dynamicsNoise") {
      place, table throws(ModelError) in
      try Validate.positiveSemidefinite(place, table, dimension: n)
    }
    self.emission = try emission.checked("emission") { place, table throws(ModelError) in
      try Validate.table(place, table, rows: m, columns: n)
    }
    self.emissionNoise = try emissionNoise.checked("emissionNoise") {
      place, table throws(ModelError) in
      try Validate.positiveDefinite(place, table, dimension: m)
    }
    self.dynamicsOffset = try dynamicsOffset?.checked("dynamicsOffset") {
      place, vector throws(ModelError) in try Validate.vector(place, vector, count: n)
    }
    self.emissionOffset = try emissionOffset?.checked("emissionOffset") {
      place, vector throws(ModelError) in try Validate.vector(place, vector, count: m)
    }
    let inputs = (inputMatrix ?? feedthrough)?.first?.count ?? 0
    if let inputMatrix {
      _ = try Validate.table("inputMatrix", inputMatrix, rows: n, columns: inputs)
    }
    if let feedthrough {
      _ = try Validate.table("feedthrough", feedthrough, rows: m, columns: inputs)
    }
    (self.inputMatrix, self.feedthrough) = (inputMatrix, feedthrough)
  }

  /// A system that is not driven.
  public init(_ system: LinearDynamicalSystem) {
    self.init(
      system, dynamics: .constant(system.dynamics), dynamicsNoise: .constant(system.dynamicsNoise))
  }

  /// The same with a mean of zero, and nothing added.
  fileprivate init(centred system: DrivenLinearSystem) {
    initialMean = system.initialMean.map { _ in 0 }
    initialCovariance = system.initialCovariance
    (dynamics, dynamicsNoise) = (system.dynamics, system.dynamicsNoise)
    (emission, emissionNoise) = (system.emission, system.emissionNoise)
    (dynamicsOffset, emissionOffset, inputMatrix, feedthrough) = (nil, nil, nil, nil)
  }

  fileprivate init(
    _ system: LinearDynamicalSystem, dynamics: OverTime<[[Double]]>,
    dynamicsNoise: OverTime<[[Double]]>
  ) {
    initialMean = system.initialMean
    initialCovariance = system.initialCovariance
    (self.dynamics, self.dynamicsNoise) = (dynamics, dynamicsNoise)
    emission = .constant(system.emission)
    emissionNoise = .constant(system.emissionNoise)
    (dynamicsOffset, emissionOffset, inputMatrix, feedthrough) = (nil, nil, nil, nil)
  }

  /// n, the number of states.
  public var stateCount: Int { initialMean.count }
  /// m, the number of outputs.
  public var outputCount: Int { emission.any?.count ?? 0 }
  /// k, the number of inputs.
  public var inputCount: Int { (inputMatrix ?? feedthrough)?.first?.count ?? 0 }

  /// The most steps that a sequence can have, and what sets the limit; nil where nothing does.
  public var longest: (steps: Int, because: String)? {
    let ofSteps = [
      ("dynamics", dynamics.stepCount), ("dynamicsNoise", dynamicsNoise.stepCount),
      ("dynamicsOffset", dynamicsOffset?.stepCount),
    ].compactMap { name, count in count.map { (steps: $0 + 1, because: name) } }
    let ofViews = [
      ("emission", emission.stepCount), ("emissionNoise", emissionNoise.stepCount),
      ("emissionOffset", emissionOffset?.stepCount),
    ].compactMap { name, count in count.map { (steps: $0, because: name) } }
    return (ofSteps + ofViews).min { $0.steps < $1.steps }
  }

  /// Outputs, some of which may not have been observed, and what was put in at each step.
  public func observing(
    partly observations: [[Double?]?], inputs: [[Double]] = []
  ) throws(ModelError) -> DrivenSequence {
    let seen = try PartlySeen(observations, outputs: outputCount)
    for (step, output) in seen.outputs.enumerated() {
      try Validate.finite("observations[\(step)]", output)
    }
    if let longest, observations.count > longest.steps {
      throw ModelError(
        "observations",
        "expected at most \(longest.steps) steps, as \(longest.because) has no more, found "
          + "\(observations.count)")
    }
    try Validate.count("inputs", inputs.count, expected: inputCount > 0 ? observations.count : 0)
    for (step, input) in inputs.enumerated() {
      _ = try Validate.vector("inputs[\(step)]", input, count: inputCount)
    }
    return DrivenSequence(
      system: self, observations: seen.outputs, seen: seen.numbers, inputs: inputs)
  }
}

/// A driven system with one sequence of outputs observed.
public struct DrivenSequence: Sendable, Equatable {
  /// The system.
  public let system: DrivenLinearSystem
  /// y_t, one list of m numbers a step; what was not observed is 0 and means nothing.
  public let observations: [[Double]]
  /// The outputs that were observed at each step, by number.
  public let seen: [[Int]]
  /// u_t, one list of k numbers a step; empty without inputs.
  public let inputs: [[Double]]

  init(
    system: DrivenLinearSystem, observations: [[Double]], seen: [[Int]], inputs: [[Double]]
  ) {
    (self.system, self.observations) = (system, observations)
    (self.seen, self.inputs) = (seen, inputs)
  }

  /// A sequence of a system that is not driven.
  public init(_ sequence: LinearDynamicalSequence) {
    self.init(
      system: DrivenLinearSystem(sequence.system), observations: sequence.observations,
      seen: sequence.seen, inputs: [])
  }

  /// The sequence of a switching system along a path of its chain: the dynamics change as the path says.
  package init(_ sequence: SwitchingSequence, along path: [Int]) {
    let systems = path.dropFirst().map { sequence.system.systems[$0] }
    self.init(
      system: DrivenLinearSystem(
        sequence.system.systems[0], dynamics: .steps(systems.map(\.dynamics)),
        dynamicsNoise: .steps(systems.map(\.dynamicsNoise))),
      observations: sequence.observations, seen: sequence.seen, inputs: [])
  }

  /// T, the number of steps.
  public var length: Int { observations.count }

  /// The same with all means zero and zeros observed: every output is what was expected of it.
  package var centred: DrivenSequence {
    DrivenSequence(
      system: DrivenLinearSystem(centred: system),
      observations: observations.map { $0.map { _ in 0 } }, seen: seen, inputs: [])
  }

  /// The first steps of it, of which some outputs are not seen any more.
  package func beginning(_ steps: Int, seen: [[Int]]) -> DrivenSequence {
    DrivenSequence(
      system: system, observations: Array(observations.prefix(steps)), seen: seen,
      inputs: Array(inputs.prefix(steps)))
  }

  /// dynamicsOffset_t + inputMatrix · u_t, with 32 digits.
  public func stateOffset(after t: Int) -> [DoubleDouble] {
    driven(
      system.dynamicsOffset?[t] ?? [Double](repeating: 0, count: system.stateCount),
      system.inputMatrix, t)
  }

  /// emissionOffset_t + feedthrough · u_t, with 32 digits.
  public func outputOffset(at t: Int) -> [DoubleDouble] {
    driven(
      system.emissionOffset?[t] ?? [Double](repeating: 0, count: system.outputCount),
      system.feedthrough, t)
  }

  private func driven(_ offset: [Double], _ matrix: [[Double]]?, _ t: Int) -> [DoubleDouble] {
    var sums = offset.map { DoubleDouble($0) }
    guard let matrix else { return sums }
    for i in sums.indices {
      for (weight, input) in zip(matrix[i], inputs[t]) {
        sums[i] += DoubleDouble(weight) * DoubleDouble(input)
      }
    }
    return sums
  }
}

extension Validate {
  fileprivate static func table(
    _ place: String, _ table: [[Double]], rows: Int, columns: Int
  ) throws(ModelError) -> [[Double]] {
    try finiteTable(place, table, rows: rows, columns: columns)
    return table
  }

  fileprivate static func vector(
    _ place: String, _ vector: [Double], count: Int
  ) throws(ModelError) -> [Double] {
    try self.count(place, vector.count, expected: count)
    try finite(place, vector)
    return vector
  }
}
