import GSL
import Kernels
public import Models
import Probability

/// The most probable path of an observed chain.
///
/// ```
/// δ_1(k) = log p(z_1 = k, x_1)       δ_t(k) = max_i (δ_{t−1}(i) + log transition[i][k]) + log p(x_t | k)
/// ```
/// Reference: Viterbi 1967; Rabiner 1989, section III.B.
public struct ChainExplanation: Sendable, Equatable {
  /// ẑ, the first of equals.
  public let path: [Int]
  /// log p(ẑ, x).
  public let logJoint: Double

  /// By messages that keep the largest; nil when every path is impossible.
  public init?(of chain: ObservedChain) {
    guard let path = chain.potentials.bestPath else { return nil }
    self.init(path, of: chain)
  }

  /// The same by the kernel, whose logarithms are those of a double.
  public init?(fastestOf chain: ObservedChain) {
    guard
      let best = BestPath(
        logInitial: chain.initial.map { log($0) },
        logTransition: chain.transition.map { $0.map { log($0) } },
        logWeights: chain.logEmissions)
    else { return nil }
    self.init(best.states, of: chain)
  }

  private init(_ path: [Int], of chain: ObservedChain) {
    self.path = path
    var logJoint = chain.logWeight(of: path)
    logJoint += chain.logScale
    self.logJoint = logJoint.value
  }
}
