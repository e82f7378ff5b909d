import GSL
import Models
public import Probability

/// The factor q(x_0 … x_{T−1}) of a switching system: one normal law of all states, a Gaussian chain.
public struct TrajectoryFactor: Sendable {
  /// The chain.
  public let law: GaussianChainLaw
  /// E_q(x)[log N(x_t; A_k·x_{t−1}, Q_k)], a row for each t from 1 on, a number for each k.
  ///
  /// It is all that q(s) wants to know of x.
  public let expectedLogDynamics: [[Double]]
  /// E_q(x)[log p(y | x) + log p(x_0)] + H(q(x)): what of the bound knows no s.
  public let freeTerm: Double

  init(
    of sequence: SwitchingSequence, _ modes: [SwitchedDynamics], under switches: SwitchFactor
  ) throws(GSLError) {
    let start = sequence.system.systems[0]
    let weights = switches.marginals.dropFirst()
    // listing: 09 trajectories
    var averaged: [AveragedDynamics] = []
    for weights in weights { averaged.append(try AveragedDynamics(modes, weights: weights)) }
    let seen = start.potentials(sequence.observations, seen: sequence.seen)
    let law = GaussianChainLaw(
      GaussianChain(
        initial: StateBelief(initialOf: start), steps: averaged.map(\.step),
        potentials: seen.enumerated().map { t, view in
          t < averaged.count ? view.joined(with: averaged[t].doubt) : view
        }))
    let expected = averaged.indices.map { t in
      let pair = law.pair(after: t)
      return modes.map { $0.ofPairs.mean(under: pair) }
    }
    // end of listing
    // log Z = freeTerm + Σ_t Σ_k q(s_t = k) E[log N(x_t; A_k·x_{t−1}, Q_k)]
    var sum = CompensatedSum(law.logPredictions + averaged.map(\.constant))
    for (row, known) in zip(expected, weights) {
      for (mean, weight) in zip(row, known) where weight > 0 { sum.add(-weight * mean) }
    }
    (self.law, expectedLogDynamics, freeTerm) = (law, expected, sum.value)
  }

  /// E[x_t], step by step.
  public var means: [[Double]] { law.forward.indices.map { law.state(at: $0).mean } }
}
