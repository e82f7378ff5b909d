/// What a path through a chain is made of.
public enum ChainPart: Sendable, Hashable {
  /// A state at a place.
  case state(Int, at: Int)
  /// The step after a place, from one state to another.
  case step(from: Int, to: Int, after: Int)
}

// The recursion over a chain, once for all semirings. Reference: Rabiner 1989, and the head of
// Semiring.swift.
extension ChainPotentials {
  /// α, place by place: all beginnings that end in a state, with the state.
  ///
  /// ```
  /// α_1(k) = node_1(k)        α_t(k) = node_t(k) ⊗ ⊕_j α_{t−1}(j) ⊗ edge_{t−1}(j, k)
  /// ```
  /// - Parameters:
  ///   - weigh: the weight of a part, from its log potential.
  ///   - finish: what is done to the message of a place before the next is made of it.
  /// - Returns: T messages of K weights, after T·K² products where there are K^T paths.
  @inlinable
  public func forward<S: Semiring>(
    _ weigh: (ChainPart, Double) -> S, finish: (Int, inout [S]) -> Void = { _, _ in }
  ) -> [[S]] {
    let states = 0..<stateCount
    var messages: [[S]] = []
    messages.reserveCapacity(length)
    // listing: 02 forward
    for t in 0..<length {
      let here = nodes[t]
      var message = states.map { k in weigh(.state(k, at: t), here[k]) }
      if t > 0 {
        let (before, step) = (messages[t - 1], edges[t - 1])
        for k in states {
          message[k] =
            message[k]
            * .sum(over: states) { j in
              before[j] * weigh(.step(from: j, to: k, after: t - 1), step[j][k])
            }
        }
      }
      finish(t, &message)
      messages.append(message)
    }
    // end of listing
    return messages
  }

  /// β, place by place: all ends that follow a state, without the state.
  ///
  /// ```
  /// β_T(j) = 1        β_t(j) = ⊕_k edge_t(j, k) ⊗ node_{t+1}(k) ⊗ β_{t+1}(k)
  /// ```
  @inlinable
  public func backward<S: Semiring>(
    _ weigh: (ChainPart, Double) -> S, finish: (Int, inout [S]) -> Void = { _, _ in }
  ) -> [[S]] {
    let states = 0..<stateCount
    var message = states.map { _ in S.one }
    finish(length - 1, &message)
    var messages = [message]
    messages.reserveCapacity(length)
    for t in edges.indices.reversed() {
      let (step, next) = (edges[t], nodes[t + 1])
      let after = states.map { k in weigh(.state(k, at: t + 1), next[k]) * message[k] }
      message = states.map { j in
        .sum(over: states) { k in weigh(.step(from: j, to: k, after: t), step[j][k]) * after[k] }
      }
      finish(t, &message)
      messages.append(message)
    }
    return messages.reversed()
  }

  /// ⊕ over all paths of the product of their parts.
  ///
  /// ```
  /// Z = ⊕_k α_T(k)
  /// ```
  @inlinable
  public func total<S: Semiring>(_ weigh: (ChainPart, Double) -> S) -> S {
    let last = forward(weigh)[length - 1]
    return .sum(over: 0..<stateCount) { last[$0] }
  }

  /// The total of the paths that pass through each state of each place.
  ///
  /// ```
  /// α_t(k) ⊗ β_t(k)
  /// ```
  /// In ``LogSum`` these are log Z + log p(z_t = k), in ``LogMax`` the score of the best such path, in
  /// ``Count`` the number of them.
  @inlinable
  public func totalsThrough<S: Semiring>(_ weigh: (ChainPart, Double) -> S) -> [[S]] {
    zip(forward(weigh), backward(weigh)).map { alpha, beta in zip(alpha, beta).map { $0 * $1 } }
  }
}

extension ChainPotentials {
  /// log Σ_z exp(score(z)); −∞ when every path is forbidden.
  public var logPartition: Double { total { LogSum(logWeight: $1) }.log }

  /// The number of paths that are not forbidden; nil when it does not fit into 64 bits.
  public var pathCount: Int? { total { Count(logWeight: $1) }.exact }

  /// E[Σ value(part)] over the parts of a random path; nil when every path is forbidden.
  public func mean(_ value: (ChainPart, Double) -> Double) -> Double? {
    let total = total { WeightedMean(logWeight: $1, mean: value($0, $1)) }
    return total == .zero ? nil : total.mean
  }
}
