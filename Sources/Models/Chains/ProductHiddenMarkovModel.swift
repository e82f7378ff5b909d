import GSL

/// A hidden Markov model whose states emit several values, each of a family of its own.
///
/// ```
/// z_1 ~ initial,   z_t | z_{t−1} ~ transition[z_{t−1}],   p(x_t | z_t = k) = Π_f p_f(x_tf | k)
/// ```
/// What was not observed is nil. With one factor it is the model of that family: counts, points.
public struct ProductHiddenMarkovModel: Sendable, Equatable {
  /// P(z_1 = k).
  public let initial: [Double]
  /// transition[i][j] = P(z_t = j | z_{t−1} = i).
  public let transition: [[Double]]
  /// What the states emit.
  public let laws: ProductLaws

  /// A model with K states, as many as the laws have.
  public init(
    initial: [Double], transition: [[Double]], laws: ProductLaws
  ) throws(ModelError) {
    try Validate.distribution("initial", initial)
    try Validate.conditional(
      "transition", transition, rows: initial.count, columns: initial.count)
    try Validate.count("emission", laws.stateCount, expected: initial.count)
    self.init(checkedInitial: initial, transition: transition, laws: laws)
  }

  private init(checkedInitial: [Double], transition: [[Double]], laws: ProductLaws) {
    initial = checkedInitial
    self.transition = transition
    self.laws = laws
  }

  /// The same with densities of 32 digits; nil where a covariance is not positive definite to so many.
  public var doubled: ProductHiddenMarkovModel? {
    laws.doubled.map {
      ProductHiddenMarkovModel(checkedInitial: initial, transition: transition, laws: $0)
    }
  }

  /// The same, with densities of 32 digits where these come from covariances.
  public var withEnoughDigits: ProductHiddenMarkovModel {
    (laws.hasCovariances ? doubled : nil) ?? self
  }

  /// A sequence as a chain; it has at least one step.
  public func chain(observing steps: [[ObservedValue?]]) throws(ModelError) -> ObservedChain {
    try Validate.notEmpty("observations", steps.count)
    var logEmissions: [Double] = []
    logEmissions.reserveCapacity(steps.count * initial.count)
    var logScale = CompensatedSum()
    for (place, values) in steps.enumerated() {
      try laws.validate("observations[\(place)]", values)
      let (relative, common) = laws.logLikelihoods(values)
      logEmissions += relative
      logScale.add(common)
    }
    return ObservedChain(
      initial: initial, transition: transition, logEmissions: logEmissions,
      logScale: logScale.value)
  }

  /// How far rounding can have moved each of the chain's emissions: T · K numbers.
  public func errors(observing steps: [[ObservedValue?]]) -> [Double] {
    steps.flatMap(laws.errors)
  }
}
