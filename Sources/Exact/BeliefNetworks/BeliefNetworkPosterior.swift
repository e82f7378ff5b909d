public import Models
public import Probability
import GSL

/// The exact answer for one observation under a sigmoid belief network.
public struct BeliefNetworkPosterior: Posterior {
  /// log p(x).
  ///
  /// Every observation is possible, so −∞ says that the logarithm is below all doubles.
  public let logEvidence: ExactValue
  /// P(top_i = 1 | x), also where the evidence is below all doubles.
  public let topMarginals: [Double]

  init(_ tally: LogTally<some LogScale>, of network: SigmoidBeliefNetwork) {
    logEvidence = tally.logTotal(network.roundingsOfLogJoint)
    topMarginals = tally.shares ?? []
  }

  init(logEvidence: ExactValue, topMarginals: [Double]) {
    self.logEvidence = logEvidence
    self.topMarginals = topMarginals
  }
}

extension SigmoidBeliefNetwork {
  /// The number of settings of all hidden units together: 2 to the power of their number.
  public var hiddenStateCount: Double { exp2(Double(hiddenUnitCounts.reduce(0, +))) }

  /// The number of pairs of settings of neighbouring hidden layers; with one hidden layer, the number
  /// of its settings.
  public var layeredStateCount: Double {
    let counts = hiddenUnitCounts.map { exp2(Double($0)) }
    let pairs = zip(counts, counts.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    return counts.count == 1 ? counts[0] : pairs
  }
}

/// The units of a setting: unit i is bit i, the lowest first.
func units(_ setting: Int, count: Int) -> [Bool] {
  (0..<count).map { setting >> $0 & 1 == 1 }
}
