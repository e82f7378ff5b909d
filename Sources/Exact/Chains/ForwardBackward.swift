import GSL
public import Probability

/// The exact posterior of a chain: its log partition function and its marginals.
///
/// For a hidden Markov model with its observations filled in, the partition function is the evidence.
public struct ChainPosterior: Sendable, Equatable {
  /// log Σ_z exp(score(z)); −∞ when every path is forbidden.
  public let logPartition: ExactValue
  /// p(z_t = k), place by place; nil when every path is forbidden.
  public let stateMarginals: [[Double]]?
  /// p(z_t = i, z_{t+1} = j), step by step; nil when every path is forbidden.
  public let pairMarginals: [[[Double]]]?
}

/// Forward and backward messages of a chain, in log space.
///
/// ```
/// α_1(k) = node_1(k)     α_t(k) = node_t(k) + log Σ_j exp(α_{t−1}(j) + edge_{t−1}(j, k))
/// β_T(j) = 0             β_t(j) = log Σ_k exp(edge_t(j, k) + node_{t+1}(k) + β_{t+1}(k))
/// log Z = log Σ_k exp(α_T(k))
/// ```
/// T·K² additions, where enumeration needs K^T paths: the recursion of `ChainPotentials` over
/// `LogSum`. Reference: Rabiner 1989.
public struct ForwardBackward: Sendable {
  /// α, place by place: everything up to and with the place.
  public let forward: [[Double]]
  /// β, place by place: everything after the place.
  public let backward: [[Double]]
  private let chain: ChainPotentials

  /// Passes messages along a chain in both directions.
  public init(_ chain: ChainPotentials) {
    self.chain = chain
    forward = forwardMessages(chain)
    backward = chain.backward { LogSum(logWeight: $1) }.map { $0.map(\.log) }
  }

  /// log Z.
  public var logPartition: ExactValue {
    chainPartition(chain, lastMessage: forward[chain.length - 1])
  }

  /// The state marginals and those of neighbouring pairs.
  public var posterior: ChainPosterior {
    let law = ChainLaw(chain)
    return ChainPosterior(
      logPartition: logPartition,
      stateMarginals: law.map { law in (0..<chain.length).map(law.stateMarginals) },
      pairMarginals: law.map { law in chain.edges.indices.map(law.pairMarginals) })
  }
}

/// α, place by place.
public func forwardMessages(_ chain: ChainPotentials) -> [[Double]] {
  chain.forward { LogSum(logWeight: $1) }.map { $0.map(\.log) }
}

/// α, place by place, adding to `terms` one for every number that is put into a sum.
public func forwardMessages(_ chain: ChainPotentials, countingTerms terms: inout Int) -> [[Double]]
{
  // A first state starts a sum, and so does every step.
  terms += chain.stateCount
  return chain.forward { part, logWeight in
    if case .step = part { terms += 1 }
    return LogSum(logWeight: logWeight)
  }.map { $0.map(\.log) }
}

/// log Z with its rounding: every place adds K exponentials and a logarithm, each rounded once.
func chainPartition(_ chain: ChainPotentials, lastMessage: [Double]) -> ExactValue {
  let total = logSumExp(lastMessage)
  guard total.isFinite else { return ExactValue(total, roundingBound: 0) }
  let roundings = Double(chain.length * (chain.stateCount + 6))
  return ExactValue(total, roundingBound: roundings * Double.ulpOfOne * max(1, abs(total)))
}
