public import GSL
public import Probability

/// A Markov chain whose law does not change with time, seen through its observations.
///
/// ```
/// p(z, x) = e^logScale · initial[z_1] · Π_t transition[z_{t−1}][z_t] · Π_t exp(logEmissions[t][z_t])
/// ```
/// What all hidden Markov models have in common once their observations are filled in.
public struct ObservedChain: Sendable, Equatable {
  /// P(z_1 = k).
  public let initial: [Double]
  /// transition[i][j] = P(z_t = j | z_{t−1} = i).
  public let transition: [[Double]]
  /// log p(x_t | z_t = k), step after step: T · K numbers; −∞ where x_t is impossible.
  ///
  /// A number that all states of a step share may be left out; `logScale` is the sum of those.
  public let logEmissions: [Double]
  /// The logarithm of what the emissions of all states have in common.
  public let logScale: Double

  init(
    initial: [Double], transition: [[Double]], logEmissions: [Double], logScale: Double = 0
  ) {
    self.logScale = logScale
    self.initial = initial
    self.transition = transition
    self.logEmissions = logEmissions
  }

  /// K, the number of states.
  public var stateCount: Int { initial.count }
  /// T, the number of steps.
  public var length: Int { logEmissions.count / initial.count }

  /// log p(x_t | z_t = k), without what the states have in common.
  public func logEmission(_ step: Int, _ state: Int) -> Double {
    logEmissions[step * initial.count + state]
  }

  /// The same as log potentials, without what the states have in common; all steps share one table.
  public var potentials: ChainPotentials {
    let first = initial.map { log($0) }
    let nodes = (0..<length).map { t in
      initial.indices.map { k in t == 0 ? first[k] + logEmission(0, k) : logEmission(t, k) }
    }
    let logTransition = transition.map { $0.map { log($0) } }
    return ChainPotentials(
      checkedNodes: nodes, edges: Array(repeating: logTransition, count: length - 1))
  }

  /// log p(z, x) − logScale, factor by factor.
  public func logWeight(of states: [Int]) -> CompensatedSum {
    var total = CompensatedSum([log(initial[states[0]]), logEmission(0, states[0])])
    for step in 1..<max(1, states.count) {
      total += log(transition[states[step - 1]][states[step]])
      total += logEmission(step, states[step])
    }
    return total
  }
}

extension HiddenMarkovSequence {
  /// The sequence as a chain.
  public var chain: ObservedChain { model.chain(of: observations) }
}

extension HiddenMarkovModel {
  /// A sequence as a chain; it has at least one step, and what was not observed is nil.
  public func chain(observing observations: [Int?]) throws(ModelError) -> ObservedChain {
    try Validate.notEmpty("observations", observations.count)
    for (place, symbol) in observations.enumerated() {
      if let symbol, !(0..<symbolCount).contains(symbol) {
        try Validate.index("observations[\(place)]", symbol, below: symbolCount)
      }
    }
    return chain(of: observations)
  }

  /// The chain of symbols that are known to be some of the model's; a step without one says nothing
  /// of its state: Σ_v p(v | z) = 1.
  fileprivate func chain(of observations: [Int?]) -> ObservedChain {
    let logTable = emission.map { $0.map { log($0) } }
    var logEmissions: [Double] = []
    logEmissions.reserveCapacity(observations.count * stateCount)
    for symbol in observations {
      for row in logTable { logEmissions.append(symbol.map { row[$0] } ?? 0) }
    }
    return ObservedChain(initial: initial, transition: transition, logEmissions: logEmissions)
  }
}

extension GaussianHiddenMarkovModel {
  /// A sequence as a chain; it has at least one step, its numbers are finite, and what was not
  /// observed is nil: ∫ p(x | z) dx = 1.
  public func chain(observing observations: [Double?]) throws(ModelError) -> ObservedChain {
    try Validate.notEmpty("observations", observations.count)
    for (place, observation) in observations.enumerated() {
      guard let observation, !observation.isFinite else { continue }
      throw ModelError(
        "observations[\(place)]", "expected a finite number, found \(observation)")
    }
    var logEmissions: [Double] = []
    logEmissions.reserveCapacity(observations.count * means.count)
    var logScale = CompensatedSum()
    for observation in observations {
      guard let observation else {
        for _ in means { logEmissions.append(0) }
        continue
      }
      let (relative, largest) = relativeLogNormals(
        observation, means: means, variances: variances)
      logEmissions += relative
      logScale.add(largest)
    }
    return ObservedChain(
      initial: initial, transition: transition, logEmissions: logEmissions,
      logScale: logScale.value)
  }
}
