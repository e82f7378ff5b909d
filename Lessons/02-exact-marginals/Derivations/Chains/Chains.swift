import Exact
import GSL
import LessonKit
import Models
import Probability

extension ChainsDerivation {
  /// The library's recursion and scan, and the ways to get them wrong.
  static let derivation = Derivation<Parts, ChainsProblem>(
    id: "chains",
    title: "What is a chain, and what it costs",
    example: .example,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      historyEvidence: { ForwardBackward($0.potentials).logPartition.value },
      logPartition: { ForwardBackward($0).logPartition.value },
      terms: { chain in
        var terms = 0
        _ = forwardMessages(chain, countingTerms: &terms)
        return terms
      },
      scan: { scannedForwardMessages($0) }),
    mistakes: mistakes)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-the-history", "reads the tables without what the earlier symbols add",
      \.historyEvidence,
      from: { right in { right($0.withoutHistory) } }),
    Mistake(
      "normalises-each-place", "Σ_t log Σ_k exp(node_t(k)): as if the places were independent",
      \.logPartition
    ) { $0.nodes.reduce(0) { $0 + logSumExp($1) } },
    Mistake(
      "one-predecessor-each", "counts T K terms: every state asked about itself only", \.terms
    ) { $0.length * $0.stateCount },
    Mistake(
      "starts-afresh-each-step", "makes α_1 … α_{t−1} anew for every α_t: the work grows as T²",
      \.terms
    ) { chain in
      let k = chain.stateCount
      return (1...chain.length).reduce(0) { $0 + k + ($1 - 1) * k * k }
    },
    Mistake("multiplies-in-the-wrong-order", "the scan with its operands exchanged", \.scan) {
      chain in
      let scan = prefixScan(steps(chain)) { matrixProduct($1, $0) }
      return (scan.prefixes.map { $0[0].map(\.log) }, scan.rounds)
    },
    Mistake(
      "scans-one-by-one", "takes in one neighbour a round: right, but no faster than the recursion",
      \.scan
    ) { (forwardMessages($0), $0.length - 1) },
  ]

  /// A matrix for every place, edge and node in one; the first has equal rows.
  private static func steps(_ chain: ChainPotentials) -> [[[LogSum]]] {
    let first = Array(repeating: chain.nodes[0], count: chain.stateCount)
    let others = zip(chain.edges, chain.nodes.dropFirst()).map { edge, node in
      edge.map { row in zip(row, node).map { $0 + $1 } }
    }
    return ([first] + others).map { $0.map { $0.map { LogSum(logWeight: $0) } } }
  }
}
