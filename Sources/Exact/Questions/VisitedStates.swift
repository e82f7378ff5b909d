public import GSL
public import Probability

/// What is hidden, state by state with its log joint: the brute-force twin of what can be asked of a posterior.
///
/// ```
/// log p(x) = log Σ_z p(z, x),    ẑ = argmax_z p(z, x),    H = log p(x) − Σ_z p(z | x) log p(z, x)
/// ```
/// Nothing is kept of the states: each question visits them again. Logarithms are kept with 32 digits: what decides is
/// their difference, which may be small beside them.
public struct VisitedStates<State> {
  let visit: ((_ state: State, _ logJoint: DoubleDouble) throws -> Void) throws -> Void

  /// - Parameter visit: calls what it is given with each state and log p(z, x), always in the same order.
  public init(
    _ visit: @escaping (_ each: (_ state: State, _ logJoint: Double) throws -> Void) throws -> Void
  ) {
    self.visit = { each in try visit { try each($0, DoubleDouble($1)) } }
  }

  /// Where logarithms are large and what decides is their difference.
  ///
  /// - Parameter visit: the same with sums of logarithms in which nothing is lost.
  public init(
    summing visit:
      @escaping (_ each: (_ state: State, _ logJoint: CompensatedSum) throws -> Void) throws -> Void
  ) {
    self.visit = { each in try visit { try each($0, $1.doubled) } }
  }

  private init(
    doubled visit:
      @escaping (_ each: (_ state: State, _ logJoint: DoubleDouble) throws -> Void) throws -> Void
  ) {
    self.visit = visit
  }

  /// log p(x); −∞ when the observation is impossible.
  public var logEvidence: Double {
    get throws { try doubledLogEvidence.high }
  }

  /// log p(x) with 32 digits, to be compared with log joints.
  var doubledLogEvidence: DoubleDouble {
    get throws {
      var tally = LogTally<DoubleDouble>()
      try visit { tally.add($1) }
      return tally.doubledLogTotal
    }
  }

  /// Visits all possible states with p(z | x); nothing when the observation is impossible.
  func visitShares(_ each: (_ state: State, _ share: Double) throws -> Void) throws {
    let logEvidence = try doubledLogEvidence
    try visit { state, logJoint in
      guard !logJoint.isLogOfZero else { return }
      try each(state, exp(logJoint.minus(logEvidence)))
    }
  }

  /// The most probable state, the first of several, with log p(ẑ, x); nil when none is possible.
  public var explanation: (state: State, logJoint: Double)? {
    get throws {
      var best: (state: State, logJoint: DoubleDouble)?
      try visit { state, logJoint in
        guard !logJoint.isLogOfZero else { return }
        guard let before = best?.logJoint, logJoint.minus(before) <= 0 else {
          best = (state, logJoint)
          return
        }
      }
      return best.map { ($0.state, $0.logJoint.high) }
    }
  }

  /// The entropy of the posterior in nats; nil when the observation is impossible.
  public var entropy: Double? {
    get throws {
      let logEvidence = try doubledLogEvidence
      var tally = LogTally<DoubleDouble>(parts: 1)
      try visit { _, logJoint in
        tally.add(
          logJoint, values: [logJoint.isLogOfZero ? 0 : logEvidence.minus(logJoint)])
      }
      return tally.means.map { max(0, $0[0]) }
    }
  }

  /// The same law with its states written in another way.
  public func map<Other>(_ written: @escaping (State) -> Other) -> VisitedStates<Other> {
    VisitedStates<Other>(doubled: { each in try visit { try each(written($0), $1) } })
  }

  /// E[value] under the posterior; nil when the observation is impossible.
  ///
  /// - Parameters:
  ///   - count: how many numbers a value has.
  ///   - value: the numbers of a state.
  /// - Returns: their means.
  /// - Throws: what a visit throws.
  public func mean(of count: Int, _ value: (State) -> [Double]) throws -> [Double]? {
    var tally = LogTally<DoubleDouble>(parts: count)
    try visit { state, logJoint in
      if !logJoint.isLogOfZero { tally.add(logJoint, values: value(state)) }
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
    var (states, probabilities): ([State], [Double]) = ([], [])
    try visitShares { state, share in
      states.append(state)
      probabilities.append(share)
    }
    guard !states.isEmpty else { return nil }
    var drawn: [State] = []
    for _ in 0..<count { drawn.append(states[try choices.choose(probabilities)]) }
    return drawn
  }
}
