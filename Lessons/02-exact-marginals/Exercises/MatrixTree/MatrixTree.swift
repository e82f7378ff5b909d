import Exact
import GSL
import LessonKit
import Probability
import Models
import Networks

extension MatrixTreeExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, SpanningTreeModel>(
    id: "matrix-tree",
    title: "A determinant that counts trees",
    task: """
      Write `laplacian`: the matrix over the n words (not the root) whose determinant is the sum of \
      exp(score) over all directed spanning trees from the root, node 0; score(i → j) stands in row i, the \
      head, column j. With a single root only trees with one edge out of the root count. And write \
      `log_partition`, the log of that sum, which must be right even where exp(score) overflows.
      """,
    hints: [
      "Off the diagonal stands minus the weight: L_ij = −exp(score(i → j)).",
      "On the diagonal stands everything that can be the head of j, the root included: "
        + "L_jj = Σ_{i ≠ j} exp(score(i → j)).",
      "For a single root, leave the root out of the diagonal and replace the first row by exp(score(0 → j)).",
      "Adding c to every score multiplies every tree by exp(n c): subtract the largest first.",
    ],
    example: .threeWords,
    draw: { try .random(words: $0.integer(2...3), singleRoot: false, &$0) },
    checks: checks,
    answer: Parts(
      laplacian: { laplacian(weights($0), singleRoot: $0.singleRoot) },
      logPartition: { SpanningTreePosterior(of: $0).logPartition.value }),
    mistakes: mistakes, handin: handin,
    afterChain: """
      Trees with a single edge out of the root have a determinant as well. And if all scores are \
      zero, every tree has the weight 1, so Z counts trees:
      """)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "leaves-out-the-root", "no root weight on the diagonal: columns sum to zero, det L = 0",
      \.laplacian
    ) { model in
      let all = weights(model)
      let withoutRoot = all.replacing(row: 0, with: 0 * all.row(0))
      return laplacian(model.singleRoot ? all : withoutRoot, singleRoot: model.singleRoot)
    },
    Mistake(
      "sums-over-rows", "puts what a word governs on the diagonal, not what can govern it",
      \.laplacian
    ) { model in
      let all = weights(model)
      let (among, root) = (all.removing(row: 0, column: 0), all.row(0)[1..<all.columns])
      let governed = Matrix(diagonal: among.rowSums()) - among
      return model.singleRoot
        ? governed.replacing(row: 0, with: root) : governed + Matrix(diagonal: root)
    },
    Mistake(
      "plus-off-the-diagonal", "+exp(score) in place of −exp(score)", \.laplacian
    ) { model in
      let right = laplacian(weights(model), singleRoot: model.singleRoot)
      let diagonal = Matrix(diagonal: right.diagonal())
      let turned = 2 * diagonal - right
      return model.singleRoot ? turned.replacing(row: 0, with: right.row(0)) : turned
    },
    Mistake(
      "scores-for-weights", "uses scores where their exponentials belong", \.laplacian
    ) { laplacian(edges($0, absent: 0), singleRoot: $0.singleRoot) },
    Mistake(
      "any-number-of-roots", "the multi-root matrix where a single root is asked for", \.laplacian
    ) { laplacian(weights($0), singleRoot: false) },
    Mistake(
      "every-choice-of-heads", "Π_j Σ_i exp(score(i → j)): counts cycles as trees", \.logPartition
    ) { model in
      let scores = edges(model, absent: -.infinity)
      return (1...model.wordCount).reduce(0) { $0 + logSumExp(scores.column($1)) }
    },
    Mistake(
      "exponentiates-first", "log det of exponentials, which overflow", \.logPartition
    ) { log(exp(logDeterminant(laplacian(weights($0), singleRoot: $0.singleRoot)))) },
  ]

  /// exp(score) of every edge, zero where there is none.
  private static func weights(_ model: SpanningTreeModel) -> Matrix {
    exp(edges(model, absent: -.infinity))
  }

  /// The scores, with something else where there is no edge: into the root, and from a word to itself.
  private static func edges(_ model: SpanningTreeModel, absent: Double) -> Matrix {
    Matrix(
      model.scores.enumerated().map { head, row in
        row.enumerated().map { $0.offset == 0 || $0.offset == head ? absent : $0.element }
      })
  }
}
