import GSL
public import Probability

/// Prefix results of an associative operation in logarithmic depth.
///
/// ```
/// prefixes[t] = e_0 · e_1 · … · e_t
/// ```
/// In each round place t takes in what place t − 2^r holds; the combinations of a round do not
/// depend on each other, so that with enough processors a round takes the time of one. Reference:
/// Hillis and Steele 1986.
package func prefixScan<Element>(
  _ elements: [Element], combine: (Element, Element) -> Element
) -> (prefixes: [Element], rounds: Int) {
  var prefixes = elements
  var stride = 1
  var rounds = 0
  while stride < elements.count {
    let before = prefixes
    for place in stride..<elements.count {
      prefixes[place] = combine(before[place - stride], before[place])
    }
    stride *= 2
    rounds += 1
  }
  return (prefixes, rounds)
}

/// The forward messages of a chain by a scan over products of matrices, in ⌈log₂ T⌉ rounds.
///
/// ```
/// M_1(i, k) = node_1(k)      M_t(j, k) = edge_{t−1}(j, k) + node_t(k)
/// α_t(k) = (M_1 ⊗ … ⊗ M_t)(any row, k),   (A ⊗ B)(i, k) = log Σ_j exp(A(i, j) + B(j, k))
/// ```
/// The product costs K³ where a step of the recursion costs K²: more work, less waiting. Reference:
/// Särkkä and García-Fernández 2021.
public func scannedForwardMessages(_ chain: ChainPotentials) -> (messages: [[Double]], rounds: Int)
{
  func weights(_ row: [Double]) -> [LogSum] { row.map { LogSum(logWeight: $0) } }
  var steps = [Array(repeating: weights(chain.nodes[0]), count: chain.stateCount)]
  for (t, table) in chain.edges.enumerated() {
    let node = weights(chain.nodes[t + 1])
    steps.append(table.map { row in zip(weights(row), node).map { $0 * $1 } })
  }
  let scan = prefixScan(steps, combine: matrixProduct)
  return (scan.prefixes.map { $0[0].map(\.log) }, scan.rounds)
}

/// log Z by the scan.
public func scannedLogPartition(_ chain: ChainPotentials) -> ExactValue {
  chainPartition(chain, lastMessage: scannedForwardMessages(chain).messages[chain.length - 1])
}
