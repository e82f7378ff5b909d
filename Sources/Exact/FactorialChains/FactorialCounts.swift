import GSL
public import Models

/// How often a factorial model is expected to have used each of its parameters, given all sequences.
///
/// ```
/// E[number of uses of p | x] = p ∂ log p(x) / ∂ p
/// ```
/// of first states, moves and symbols; where the means of the chains are added, the weight of each state with the sum
/// of the values and of their squares. An impossible sequence adds nothing. Reference: Ghahramani and Jordan 1997,
/// section 3.2.
public struct FactorialCounts: Sendable, Equatable {
  /// How often each chain begins with each state.
  public private(set) var initial: [[Double]]
  /// How often each chain goes from i to j.
  public private(set) var transition: [[[Double]]]
  /// One table of symbols, a row a joint state; or weight, sum and sum of squares, a row a chain.
  public private(set) var emission: [[[Double]]]

  private let model: FactorialHiddenMarkovModel

  /// No sequences yet.
  public init(_ model: FactorialHiddenMarkovModel) {
    initial = model.chains.map { $0.initial.map { _ in 0 } }
    transition = model.chains.map { $0.transition.map { $0.map { _ in 0 } } }
    switch model.emission {
    case .categorical(let table): emission = [table.map { $0.map { _ in 0 } }]
    case .additive(let means, _):
      emission = Array(repeating: means.map { $0.map { _ in 0 } }, count: 3)
    }
    self.model = model
  }

  /// Adds one sequence, from its messages.
  public mutating func add(_ messages: FactorialMessages) {
    let (sequence, joint) = (messages.sequence, model.joint)
    for t in 0..<sequence.length {
      let shares = messages.posterior(t).map { exp($0) }
      for (state, share) in shares.enumerated() where share > 0 {
        add(sequence.values[t], of: state, share: share)
        guard t == 0 else { continue }
        for m in model.chains.indices { initial[m][joint.state(of: m, in: state)] += share }
      }
      guard t > 0 else { continue }
      for (m, chain) in model.chains.enumerated() {
        let (before, after) = (messages.moved[t][m], messages.ahead[t][m + 1])
        for state in before.indices where before[state] > -.infinity {
          let i = joint.state(of: m, in: state)
          for (j, probability) in chain.transition[i].enumerated() {
            let moved = joint.moved(state, chain: m, to: j)
            transition[m][i][j] += exp(before[state] + log(probability) + after[moved])
          }
        }
      }
    }
  }

  /// Adds one sequence, from all its paths of joint states.
  public mutating func addEnumerated(_ sequence: FactorialSequence) throws {
    let joint = model.joint
    try sequence.visitedPaths.visitShares { path, share in
      for (t, state) in path.enumerated() {
        add(sequence.values[t], of: state, share: share)
        for m in model.chains.indices {
          let j = joint.state(of: m, in: state)
          if t == 0 {
            initial[m][j] += share
          } else {
            transition[m][joint.state(of: m, in: path[t - 1])][j] += share
          }
        }
      }
    }
  }

  /// A value that a joint state emitted.
  private mutating func add(_ value: ObservedValue?, of state: Int, share: Double) {
    switch value {
    case .whole(let symbol): emission[0][state][symbol] += share
    case .number(let number):
      for m in model.chains.indices {
        let k = model.joint.state(of: m, in: state)
        for (power, factor) in [1, number, number * number].enumerated() {
          emission[power][m][k] += share * factor
        }
      }
    case .point, nil: break
    }
  }
}
