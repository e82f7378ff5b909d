import GSL
public import Models

/// The slopes of Σ log p(x) of a factorial model, by every parameter.
///
/// ```
/// ∂/∂transition_m[i][j] = Σ_t Σ exp(moved_{m−1}(… i …)) exp(ahead_m(… j …))
/// ```
/// The expected number of moves, each without the probability of the move itself: nothing is divided by what may be
/// zero. An impossible sequence adds nothing.
public struct FactorialSlopes: Sendable, Equatable {
  /// By the first state of each chain.
  public internal(set) var initial: [[Double]]
  /// By the moves of each chain.
  public internal(set) var transition: [[[Double]]]
  /// By the table of symbols, a row a joint state; by the means of each chain.
  public internal(set) var emission: [[Double]]
  /// By the variance of an additive emission.
  public var variance: Double { ofVariance.value }
  private var (ofMeans, ofVariance): ([[SlopeSum]], SlopeSum) = ([], SlopeSum())

  /// No slopes yet.
  public init(_ model: FactorialHiddenMarkovModel) {
    initial = model.chains.map { $0.initial.map { _ in 0 } }
    transition = model.chains.map { $0.transition.map { $0.map { _ in 0 } } }
    emission =
      switch model.emission {
      case .categorical(let rows), .additive(let rows, _): rows.map { $0.map { _ in 0 } }
      }
    ofMeans = emission.map { $0.map { _ in SlopeSum() } }
  }

  /// Adds what one sequence says.
  public mutating func add(_ messages: FactorialMessages) {
    let model = messages.sequence.model
    for m in model.chains.indices { addFirst(m, messages, model) }
    for t in 0..<messages.sequence.length {
      if t > 0 { for m in model.chains.indices { addMoves(m, t, messages, model.joint) } }
      addEmission(t, messages, model)
    }
  }

  private mutating func addFirst(
    _ m: Int, _ messages: FactorialMessages, _ model: FactorialHiddenMarkovModel
  ) {
    let ahead = messages.ahead[0][0]
    for state in ahead.indices {
      let own = model.joint.state(of: m, in: state)
      let others = model.chains.indices.reduce(ahead[state]) {
        $1 == m ? $0 : $0 + log(model.chains[$1].initial[model.joint.state(of: $1, in: state)])
      }
      initial[m][own] += exp(others)
    }
  }

  private mutating func addMoves(
    _ m: Int, _ t: Int, _ messages: FactorialMessages, _ joint: JointStates
  ) {
    let (before, after) = (messages.moved[t][m], messages.ahead[t][m + 1])
    for state in before.indices where before[state] > -.infinity {
      let i = joint.state(of: m, in: state)
      for j in transition[m][i].indices {
        let moved = joint.moved(state, chain: m, to: j)
        transition[m][i][j] += exp(before[state] + after[moved])
      }
    }
  }

  private mutating func addEmission(
    _ t: Int, _ messages: FactorialMessages, _ model: FactorialHiddenMarkovModel
  ) {
    switch (model.emission, messages.sequence.values[t]) {
    case (.categorical, .whole(let symbol)):
      let open = messages.withoutEmission(t)
      for state in open.indices { emission[state][symbol] += exp(open[state]) }
    case (.additive, .number(let number)):
      for (state, logShare) in messages.posterior(t).enumerated() {
        addNumber(number, state, share: exp(logShare), model)
      }
    default: break
    }
  }

  /// Adds what a number says of the means that it is a sum of, and of its variance.
  mutating func addNumber(
    _ number: Double, _ state: Int, share: Double, _ model: FactorialHiddenMarkovModel
  ) {
    guard share > 0, case .additive(_, let variance) = model.emission,
      let deviation = model.deviation(of: number, state)
    else { return }
    let pull = deviation / DoubleDouble(variance)
    let excess = (pull * deviation - DoubleDouble(1)) / DoubleDouble(variance)
    let isCertain = model.joint.count == 1
    let share = isCertain ? 1 : share
    ofVariance.add(excess, share: share * 0.5, isCertain: isCertain)
    for m in model.chains.indices {
      let own = model.joint.state(of: m, in: state)
      ofMeans[m][own].add(pull, share: share, isCertain: isCertain)
      emission[m][own] = ofMeans[m][own].value
    }
  }

  /// Whether rounding decides none of them.
  public var isSettled: Bool {
    ofVariance.isSettled() && ofMeans.allSatisfy { $0.allSatisfy { $0.isSettled() } }
  }

  /// Whether all slopes are finite.
  public var isFinite: Bool {
    variance.isFinite
      && (initial + transition.joined() + emission).allSatisfy { $0.allSatisfy(\.isFinite) }
  }
}

extension FactorialMessages {
  /// log p(z_t, all other observations) / p(x): the posterior without what the step itself says.
  fileprivate func withoutEmission(_ t: Int) -> [Double] {
    let later = t + 1 < sequence.length ? ahead[t + 1][0] : nil
    return predicted(t).indices.map { state in
      predicted(t)[state] - logNormalisers[t] + (later?[state] ?? 0)
    }
  }
}
