import GSL
public import Probability

/// A mean E_q[f] under a law of a few states, whose gradient by the parameters of q is wanted.
public struct DiscreteProblem: Sendable {
  /// Where f comes from.
  public enum Objective: Sendable, Equatable {
    /// A function that does not depend on q.
    case fixed(SmoothFunction)
    /// log p(x, z), state by state; f = log p − log q, frozen at the q of the problem.
    case logJoint([Double])
  }

  /// q.
  public let law: StateLaw
  /// Where f comes from.
  public let objective: Objective
  /// f(z), state by state.
  public let signals: [Double]
  /// f off the states; for a log joint the multilinear, or linear, function through its values.
  public let surface: SmoothFunction

  /// A mean of an objective.
  public init(_ law: StateLaw, _ objective: Objective) {
    self.law = law
    self.objective = objective
    switch objective {
    case .fixed(let function):
      signals = law.points.map(function.value)
      surface = function
    case .logJoint(let values):
      let f = zip(values, law.logProbabilities).map { $0 - $1 }
      signals = f
      surface = .table(f, over: law)
    }
  }

  /// The costs that make f, for those who ask which bits each reads; nil where f is one cost.
  public var costs: [BitTerm]? {
    guard case .fixed(.terms(let terms)) = objective else { return nil }
    return terms
  }

  /// log p(x, z), state by state; nil for an objective of another kind.
  public var logJoint: [Double]? {
    guard case .logJoint(let values) = objective else { return nil }
    return values
  }

  /// The mean as estimators see it: draws of states, and a signal for each.
  public var mean: ExpectedValue<StateLaw> {
    let (signals, locals) = (signals, localSignals)
    return ExpectedValue(under: law, of: { signals[$0] }, locally: { locals[$0][$1] })
  }

  /// f_d(z), the sum of the costs that bit d can move.
  ///
  /// Independent bits move what they stand in; a bit of a chain moves what stands on any bit after it too.
  public var localSignals: [[Double]] {
    guard let costs, case .bits(let logits, let couplings) = law.kind else {
      return signals.map { f in law.logits.map { _ in f } }
    }
    return law.points.map { x in
      logits.indices.map { d in
        costs.reduce(0) { sum, cost in
          let moved = cost.bits.contains { $0 == d || (!couplings.isEmpty && $0 > d) }
          return moved ? sum + cost.value(at: x) : sum
        }
      }
    }
  }
}

extension SmoothFunction {
  /// The function through the values at all states that is linear in each bit, or in the one-hot vector.
  public static func table(_ values: [Double], over law: StateLaw) -> SmoothFunction {
    switch law.kind {
    case .bits(let logits, _): .terms([BitTerm(bits: Array(logits.indices), values: values)])
    case .classes: .linear(values)
    }
  }
}
