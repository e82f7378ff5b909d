import GSL
public import Models
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
/// T·K² additions, where enumeration needs K^T paths. Reference: Rabiner 1989.
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
    backward = backwardMessages(chain)
  }

  /// log Z.
  public var logPartition: ExactValue {
    chainPartition(chain, lastMessage: forward[chain.length - 1])
  }

  /// The marginals exp(α_t(k) + β_t(k) − log Z) and those of neighbouring pairs.
  public var posterior: ChainPosterior {
    let total = logPartition
    guard total.value > -.infinity else {
      return ChainPosterior(logPartition: total, stateMarginals: nil, pairMarginals: nil)
    }
    let states = 0..<chain.stateCount
    let marginals = (0..<chain.length).map { t in
      states.map { exp(forward[t][$0] + backward[t][$0] - total.value) }
    }
    let pairs = chain.edges.indices.map { t in
      states.map { i in
        states.map { j in
          exp(
            forward[t][i] + chain.edges[t][i][j] + chain.nodes[t + 1][j] + backward[t + 1][j]
              - total.value)
        }
      }
    }
    return ChainPosterior(logPartition: total, stateMarginals: marginals, pairMarginals: pairs)
  }
}

/// α, place by place.
public func forwardMessages(_ chain: ChainPotentials) -> [[Double]] {
  var terms = 0
  return forwardMessages(chain, countingTerms: &terms)
}

/// α, place by place, adding to `terms` one for every number that is put into a sum.
public func forwardMessages(_ chain: ChainPotentials, countingTerms terms: inout Int) -> [[Double]]
{
  var messages = [chain.nodes[0]]
  terms += chain.stateCount
  for t in chain.edges.indices {
    let before = messages[t]
    var message = chain.nodes[t + 1]
    for k in message.indices {
      let ways = before.indices.map { before[$0] + chain.edges[t][$0][k] }
      terms += ways.count
      message[k] += logSumExp(ways)
    }
    messages.append(message)
  }
  return messages
}

/// β, place by place.
func backwardMessages(_ chain: ChainPotentials) -> [[Double]] {
  var message = [Double](repeating: 0, count: chain.stateCount)
  var messages = [message]
  for t in chain.edges.indices.reversed() {
    let after = zip(chain.nodes[t + 1], message).map { $0 + $1 }
    message = chain.edges[t].map { row in logSumExp(zip(row, after).map { $0 + $1 }) }
    messages.append(message)
  }
  return messages.reversed()
}

/// log Z with its rounding: every place adds K exponentials and a logarithm, each rounded once.
func chainPartition(_ chain: ChainPotentials, lastMessage: [Double]) -> ExactValue {
  let total = logSumExp(lastMessage)
  guard total.isFinite else { return ExactValue(total, roundingBound: 0) }
  let roundings = Double(chain.length * (chain.stateCount + 6))
  return ExactValue(total, roundingBound: roundings * Double.ulpOfOne * max(1, abs(total)))
}
