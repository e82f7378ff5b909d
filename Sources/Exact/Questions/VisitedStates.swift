import GSL
public import Probability

/// What is hidden, state by state with its log joint: the brute-force twin of what can be asked of a posterior.
///
/// ```
/// log p(x) = log Σ_z p(z, x),    ẑ = argmax_z p(z, x),    H = log p(x) − Σ_z p(z | x) log p(z, x)
/// ```
/// Nothing is kept of the states: each question visits them again.
public struct VisitedStates<State> {
  let visit: ((_ state: State, _ logJoint: Double) throws -> Void) throws -> Void

  /// - Parameter visit: calls what it is given with each state and log p(z, x), always in the same order.
  public init(
    _ visit: @escaping (_ each: (_ state: State, _ logJoint: Double) throws -> Void) throws -> Void
  ) {
    self.visit = visit
  }

  /// log p(x); −∞ when the observation is impossible.
  public var logEvidence: Double {
    get throws { try tally.logTotal }
  }

  private var tally: LogTally<Double> {
    get throws {
      var tally = LogTally<Double>(parts: 1)
      try visit { _, logJoint in
        tally.add(logJoint, values: [logJoint > -.infinity ? logJoint : 0])
      }
      return tally
    }
  }

  /// The most probable state, the first of several, with log p(ẑ, x); nil when none is possible.
  public var explanation: (state: State, logJoint: Double)? {
    get throws {
      var best: (state: State, logJoint: Double)?
      try visit { state, logJoint in
        if logJoint > best?.logJoint ?? -.infinity { best = (state, logJoint) }
      }
      return best
    }
  }

  /// The entropy of the posterior in nats; nil when the observation is impossible.
  public var entropy: Double? {
    get throws {
      let tally = try tally
      return tally.means.map { max(0, tally.logTotal - $0[0]) }
    }
  }

  /// The same law with its states written in another way.
  public func map<Other>(_ written: @escaping (State) -> Other) -> VisitedStates<Other> {
    VisitedStates<Other> { each in try visit { try each(written($0), $1) } }
  }

  /// E[value] under the posterior; nil when the observation is impossible.
  ///
  /// - Parameters:
  ///   - count: how many numbers a value has.
  ///   - value: the numbers of a state.
  /// - Returns: their means.
  /// - Throws: what a visit throws.
  public func mean(of count: Int, _ value: (State) -> [Double]) throws -> [Double]? {
    var tally = LogTally<Double>(parts: count)
    try visit { state, logJoint in
      if logJoint > -.infinity { tally.add(logJoint, values: value(state)) }
    }
    return tally.means
  }

  /// States drawn from the posterior; nil when the observation is impossible.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - choices: makes one choice among all possible states for each.
  /// - Returns: the states.
  /// - Throws: what a visit or the choice throws.
  public func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws -> [State]? {
    let logEvidence = try logEvidence
    guard logEvidence > -.infinity else { return nil }
    var (states, probabilities): ([State], [Double]) = ([], [])
    try visit { state, logJoint in
      guard logJoint > -.infinity else { return }
      states.append(state)
      probabilities.append(exp(logJoint - logEvidence))
    }
    var drawn: [State] = []
    for _ in 0..<count { drawn.append(states[try choices.choose(probabilities)]) }
    return drawn
  }
}
