import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

extension Page {
  /// The matrix-tree theorem and the ways to get it wrong.
  static let matrixTree: Exercise<any TreePartition, SpanningTreeModel> = Exercise(
    .matrixTree,
    answer: LibraryTrees(),
    mistakes: [
      Mistake(
        "leaves-out-the-root", "no root weight on the diagonal: columns sum to zero, det L = 0",
        ChangedTrees(countsTheRoot: false)),
      Mistake(
        "sums-over-rows", "puts what a word governs on the diagonal, not what can govern it",
        ChangedTrees(diagonalOfRows: true)),
      Mistake(
        "plus-off-the-diagonal", "+exp(score) in place of −exp(score)", ChangedTrees(sign: 1)),
      Mistake(
        "scores-for-weights", "uses scores where their exponentials belong",
        ChangedTrees(weight: { $0 })),
      Mistake(
        "any-number-of-roots", "the multi-root matrix where a single root is asked for",
        ChangedTrees(ignoresSingleRoot: true)),
      Mistake(
        "every-choice-of-heads", "Π_j Σ_i exp(score(i → j)): counts cycles as trees", CountsCycles()
      ),
      Mistake(
        "exponentiates-first", "log det of exponentials, which overflow", ExponentiatesFirst()),
    ])
}

private struct LibraryTrees: TreePartition {
  func laplacian(_ model: SpanningTreeModel) -> Matrix {
    Exact.laplacian(exp(edgeScores(model)), singleRoot: model.singleRoot)
  }

  func logPartition(_ model: SpanningTreeModel) -> Double {
    SpanningTreePosterior(of: model).logPartition.value
  }
}

/// The scores with −∞ where there is no edge.
private func edgeScores(_ model: SpanningTreeModel) -> Matrix {
  Matrix(
    model.scores.enumerated().map { head, row in
      row.enumerated().map { $0.offset == 0 || $0.offset == head ? -.infinity : $0.element }
    })
}

/// The Laplacian, entry by entry, with one of its parts exchanged.
private struct ChangedTrees: TreePartition {
  var countsTheRoot = true
  var diagonalOfRows = false
  var sign = -1.0
  var weight: @Sendable (Double) -> Double = { exp($0) }
  var ignoresSingleRoot = false

  func laplacian(_ model: SpanningTreeModel) -> Matrix {
    let words = 1...model.wordCount
    let single = model.singleRoot && !ignoresSingleRoot
    func edge(_ head: Int, _ modifier: Int) -> Double { weight(model.scores[head][modifier]) }
    func diagonal(_ word: Int) -> Double {
      let others = words.filter { $0 != word }
      let among = others.reduce(0) { $0 + (diagonalOfRows ? edge(word, $1) : edge($1, word)) }
      return among + (countsTheRoot && !single ? edge(0, word) : 0)
    }
    return Matrix(
      words.map { head in
        words.map { modifier in
          if single, head == 1 { return edge(0, modifier) }
          return head == modifier ? diagonal(head) : sign * edge(head, modifier)
        }
      })
  }

  func logPartition(_ model: SpanningTreeModel) -> Double {
    LibraryTrees().logPartition(model)
  }
}

private struct CountsCycles: TreePartition {
  func laplacian(_ model: SpanningTreeModel) -> Matrix { LibraryTrees().laplacian(model) }

  func logPartition(_ model: SpanningTreeModel) -> Double {
    let scores = edgeScores(model)
    return (1...model.wordCount).reduce(0) { $0 + logSumExp(scores.column($1)) }
  }
}

private struct ExponentiatesFirst: TreePartition {
  func laplacian(_ model: SpanningTreeModel) -> Matrix { LibraryTrees().laplacian(model) }

  func logPartition(_ model: SpanningTreeModel) -> Double {
    let determinant = exp(logDeterminant(laplacian(model)))
    return log(determinant)
  }
}
