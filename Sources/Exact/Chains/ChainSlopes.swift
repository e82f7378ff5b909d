import GSL
public import Models
import Probability

/// The slopes of log p(x) by every probability that an observed chain is made of, each taken as free.
///
/// ```
/// ∂ log p(x) / ∂ transition[i][k] = Σ_t α_{t−1}(i) w_t(k) β_t(k) / Σ_k α_t(k) β_t(k)
/// ```
/// with w_t(k) = p(x_t | k), and so on: the paths through an entry without the entry itself. Where it is
/// positive that is the expected count over the entry; where it is zero it is what a little of it would bring.
public struct ChainSlopes: Sendable, Equatable {
  /// By initial[k].
  public internal(set) var initial: [Double]
  /// By transition[i][k].
  public internal(set) var transition: [[Double]]
  /// The logarithms of the slopes by p(x_t | k), T rows of K numbers; −∞ for a slope of zero.
  ///
  /// In units of e^(the largest log p(x_t | ·) kept apart). A slope itself may be beyond the doubles.
  public internal(set) var logWeights: [[Double]]
  /// p(z_t = k | x), step after step: each slope by p(x_t | k) times p(x_t | k).
  public internal(set) var marginals: [[Double]]

  private init(zeroFor chain: ObservedChain) {
    let row = [Double](repeating: 0, count: chain.stateCount)
    initial = row
    transition = Array(repeating: row, count: chain.stateCount)
    marginals = Array(repeating: row, count: chain.length)
    logWeights = marginals.map { $0.map { _ in -.infinity } }
  }

  /// From forward and backward messages; nil when the sequence is impossible.
  public init?(of chain: ObservedChain) {
    guard let law = ChainLaw(chain.potentials) else { return nil }
    self.init(zeroFor: chain)
    let (states, moves) = (initial.indices, chain.logTransition)
    for t in 0..<chain.length {
      let before = t == 0 ? nil : law.forward[t - 1].map(\.log)
      let predicted = chain.logPrediction(before, moves)
      let after = states.map { law.backward[t][$0].log }
      let whole = logSumExp(states.map { predicted[$0] + chain.logEmission(t, $0) + after[$0] })
      marginals[t] = law.stateMarginals(at: t)
      let pairs = t == 0 ? [marginals[0]] : law.pairMarginals(after: t - 1)
      for k in states {
        logWeights[t][k] = predicted[k] + after[k] - whole
        let end = chain.logEmission(t, k) + after[k] - whole
        guard let before else {
          initial[k] = Self.slope(chain.initial[k], count: pairs[0][k], log: end)
          continue
        }
        for i in states {
          transition[i][k] += Self.slope(
            chain.transition[i][k], count: pairs[i][k], log: before[i] + end)
        }
      }
    }
  }

  /// The expected count over the entry, in which logarithms of any size have been taken away from each other; the
  /// exponential of what is left without the entry where that is zero, or nearly.
  private static func slope(_ entry: Double, count: Double, log slope: Double) -> Double {
    count > 1e-290 ? count / entry : exp(slope)
  }

  /// The same from all paths, each without one of its factors after the other.
  ///
  /// ```
  /// ∂ p(x) / ∂ f = Σ_z Σ_(places of f in z) Π of the other factors
  /// ```
  public static func enumerated(of chain: ObservedChain) throws -> ChainSlopes? {
    let paths = chain.visited
    let whole = try paths.doubledLogEvidence
    guard !whole.isLogOfZero else { return nil }
    let logEvidence = whole - DoubleDouble(chain.logScale)
    var slopes = ChainSlopes(zeroFor: chain)
    forEachPath(states: chain.stateCount, length: chain.length) { path in
      var factors = [log(chain.initial[path[0]])]
      for t in path.indices {
        factors.append(chain.logEmission(t, path[t]))
        if t > 0 { factors.append(log(chain.transition[path[t - 1]][path[t]])) }
      }
      func others(_ place: Int) -> Double {
        var rest = CompensatedSum()
        for index in factors.indices where index != place { rest += factors[index] }
        return rest.doubled.isLogOfZero ? -.infinity : rest.doubled.minus(logEvidence)
      }
      slopes.initial[path[0]] += exp(others(0))
      for t in path.indices {
        let place = t == 0 ? 1 : 2 * t
        let known = slopes.logWeights[t][path[t]]
        slopes.logWeights[t][path[t]] = logAddExp(known, others(place))
        if t > 0 { slopes.transition[path[t - 1]][path[t]] += exp(others(2 * t + 1)) }
      }
    }
    try paths.visitShares { path, share in
      for (t, state) in path.enumerated() { slopes.marginals[t][state] += share }
    }
    return slopes
  }
}
