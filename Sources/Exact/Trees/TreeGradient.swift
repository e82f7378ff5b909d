public import Models
public import Networks
import _Differentiation

/// log Z of a spanning-tree field as the determinant of its Laplacian, written for differentiation.
///
/// ```
/// L(i, j) = −exp(score(i, j)) off the diagonal,      L(j, j) = Σ_{i≠j} exp(score(i, j))
/// ```
/// over the words, the sum running over the root as well. With a single root the root is left out of
/// the sum and the first row is replaced by exp(score(0, j)) (Koo et al 2007). `weights` is the table
/// of exponentials with column 0 and the diagonal set to zero.
///
/// *Limits.* The determinant subtracts: scores of a word's heads that differ by more than about 30
/// leave no digits. Elimination without subtractions (``SpanningTreePosterior``) is the oracle; this is its
/// second route, on moderate scores.
@differentiable(reverse,wrt: weights)
public func laplacianEvidence(_ weights: Matrix, singleRoot: Bool) -> Double {
  logDeterminant(laplacian(weights, singleRoot: singleRoot))
}

/// The Laplacian over the words; its determinant is the sum over trees.
@differentiable(reverse,wrt: weights)
// listing: 02 matrix-tree
package func laplacian(_ weights: Matrix, singleRoot: Bool) -> Matrix {
  let amongWords = weights.removing(row: 0, column: 0)
  let fromRoot = weights.row(0)[1..<withoutDerivative(at: weights.columns)]
  let incoming = singleRoot ? amongWords.columnSums() : amongWords.columnSums() + fromRoot
  let balanced = Matrix(diagonal: incoming) - amongWords
  return singleRoot ? balanced.replacing(row: 0, with: fromRoot) : balanced
}
// end of listing

extension SpanningTreePosterior {
  /// log Z and the edge marginals as the gradient of the determinant with respect to the scores.
  ///
  /// *Limits.* The determinant knows nothing of edges that cross: it is that of all trees.
  public static func differentiated(
    _ model: SpanningTreeModel
  ) -> (logPartition: Double, edgeMarginals: [[Double]]) {
    let scores = Matrix(
      model.scores.enumerated().map { head, row in
        row.enumerated().map { $0.offset == 0 || $0.offset == head ? -.infinity : $0.element }
      })
    let singleRoot = model.singleRoot
    let (value, direction) = valueWithGradient(at: scores) {
      laplacianEvidence(exp($0), singleRoot: singleRoot)
    }
    return (value, rows(of: direction, like: model.scores))
  }
}
