import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// The signature of exercise `matrix-tree`: a sum over exponentially many trees as a determinant.
protocol TreePartition: Sendable {
  /// The n × n matrix whose determinant is Σ_trees exp(score), for the model's rule about the root.
  func laplacian(_ model: SpanningTreeModel) -> Matrix
  /// log Σ_trees exp(score), for scores of any size.
  func logPartition(_ model: SpanningTreeModel) -> Double
}

extension Sheet where Subject == any TreePartition, Model == SpanningTreeModel {
  /// Write the Laplacian of the directed matrix-tree theorem.
  static let matrixTree = Sheet(
    id: "matrix-tree",
    title: "A determinant that counts trees",
    task: """
      Write `laplacian`: the matrix over the n words (not the root) whose determinant is the sum of \
      exp(score) over all directed spanning trees from the root, node 0; `scores[head][modifier]`. \
      With `singleRoot` only trees with one edge out of the root count. And write `logPartition`, \
      which must be right even where exp(score) overflows.
      """,
    hints: [
      "Off the diagonal stands minus the weight: L[i][j] = −exp(score(i → j)).",
      "On the diagonal stands everything that can be the head of j, the root included: "
        + "L[j][j] = Σ_{i ≠ j} exp(score(i → j)).",
      "For a single root, leave the root out of the diagonal and replace the first row by exp(score(0 → j)).",
      "Adding c to every score multiplies every tree by exp(n c): subtract the largest first.",
    ],
    example: .threeWords,
    draw: { cases in
      try .random(words: cases.integer(2...3), singleRoot: false, &cases)
    },
    lines: [
      determinantIsTheSum, singleRootedDeterminant, cayley, partitionIsTheSum, shiftedScores,
    ])

  static var determinantIsTheSum: Line<any TreePartition, SpanningTreeModel> {
    Line(
      "determinant-is-the-sum", "det L = Σ_trees Π_edges exp(score)",
      because: "in the expansion every choice of heads with a cycle meets its opposite",
      claims: ["A-234"]
    ) { partition, model in
      determinant(partition.laplacian(model), against: model)
    }
  }

  static var singleRootedDeterminant: Line<any TreePartition, SpanningTreeModel> {
    Line(
      "single-root", "det L' = Σ_{trees with one root edge} Π_edges exp(score)",
      because: "a determinant is linear in a row: the root's row picks one word (Koo et al 2007)",
      claims: ["A-234"]
    ) { partition, model in
      let single = model.withSingleRoot(true)
      return determinant(partition.laplacian(single), against: single)
    }
  }

  static var cayley: Line<any TreePartition, SpanningTreeModel> {
    Line(
      "cayley", "all scores 0:  Z = (n + 1)^(n − 1) trees",
      because: "directed away from the root, every undirected tree counts once (Cayley)",
      claims: ["A-234"]
    ) { partition, model in
      let n = model.wordCount
      let count = (1..<n).reduce(1) { product, _ in product * Double(n + 1) }
      return .equal(
        exp(partition.logPartition(.uniform(words: n, singleRoot: false))), count)
    }
  }

  static var partitionIsTheSum: Line<any TreePartition, SpanningTreeModel> {
    Line(
      "partition-is-the-sum", "logPartition = log Σ_trees exp(score)",
      because: "each assignment of heads that has no cycle is a tree"
    ) { partition, model in
      .equal(
        partition.logPartition(model),
        SpanningTreePosterior.enumerated(of: model).logPartition.value,
        magnitude: 10)
    }
  }

  static var shiftedScores: Line<any TreePartition, SpanningTreeModel> {
    Line(
      "shifted-scores", "scores + 600:  log Z + 600 n",
      because: "a tree of n words has n edges"
    ) { partition, model in
      let shifted = try SpanningTreeModel(
        scores: model.scores.map { $0.map { $0 + 600 } }, singleRoot: model.singleRoot)
      let expected =
        SpanningTreePosterior.enumerated(of: model).logPartition.value + 600
        * Double(model.wordCount)
      return .equal(partition.logPartition(shifted), expected)
    }
  }
}

/// det L against the sum over trees, as logarithms.
///
/// A pivot is what is left of at most (n + 1) e² when at least e^(−2) has to be: of n ≤ 3 pivots with
/// half a dozen roundings each, 3 · 6 · 4 e⁴ ≈ 4000 units of the last place can be lost.
private func determinant(_ laplacian: Matrix, against model: SpanningTreeModel) -> Finding {
  let trees = SpanningTreePosterior.enumerated(of: model).logPartition.value
  guard laplacian.rows == laplacian.columns else { return .equal(Double.nan, trees) }
  return .equal(logDeterminant(laplacian), trees, terms: 4000, magnitude: 10)
}
