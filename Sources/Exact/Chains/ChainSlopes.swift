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
  /// By p(x_t | k) in units of e^(the largest log p(x_t | ·) kept apart): T rows of K numbers.
  public internal(set) var weights: [[Double]]

  private init(zeroFor chain: ObservedChain) {
    let row = [Double](repeating: 0, count: chain.stateCount)
    initial = row
    transition = Array(repeating: row, count: chain.stateCount)
    weights = Array(repeating: row, count: chain.length)
  }

  /// From forward and backward messages; nil when the sequence is impossible.
  public init?(of chain: ObservedChain) {
    guard let law = ChainLaw(chain.potentials) else { return nil }
    self.init(zeroFor: chain)
    let states = initial.indices
    for t in 0..<chain.length {
      let before = t == 0 ? nil : law.forward[t - 1].map(\.log)
      let predicted = chain.logPrediction(before)
      let after = states.map { law.backward[t][$0].log }
      let whole = logSumExp(states.map { predicted[$0] + chain.logEmission(t, $0) + after[$0] })
      for k in states {
        weights[t][k] = exp(predicted[k] + after[k] - whole)
        let end = chain.logEmission(t, k) + after[k] - whole
        guard let before else {
          initial[k] = exp(end)
          continue
        }
        for i in states { transition[i][k] += exp(before[i] + end) }
      }
    }
  }

  /// The same from all paths, each without one of its factors after the other.
  ///
  /// ```
  /// ∂ p(x) / ∂ f = Σ_z Σ_(places of f in z) Π of the other factors
  /// ```
  public static func enumerated(of chain: ObservedChain) throws -> ChainSlopes? {
    let logEvidence = try chain.visited.logEvidence - chain.logScale
    guard logEvidence > -.infinity else { return nil }
    var slopes = ChainSlopes(zeroFor: chain)
    forEachPath(states: chain.stateCount, length: chain.length) { path in
      var factors = [log(chain.initial[path[0]])]
      for t in path.indices {
        factors.append(chain.logEmission(t, path[t]))
        if t > 0 { factors.append(log(chain.transition[path[t - 1]][path[t]])) }
      }
      func others(_ place: Int) -> Double {
        let rest = factors.indices.reduce(0.0) { $1 == place ? $0 : $0 + factors[$1] }
        return exp(rest - logEvidence)
      }
      slopes.initial[path[0]] += others(0)
      for t in path.indices {
        slopes.weights[t][path[t]] += others(t == 0 ? 1 : 2 * t)
        if t > 0 { slopes.transition[path[t - 1]][path[t]] += others(2 * t + 1) }
      }
    }
    return slopes
  }
}
