import Exact
import LessonKit
import Models

extension Page {
  /// What is read about spanning trees, in order.
  static let treeBlocks: [Block] = [
    .heading("Spanning trees: a sum that no recursion over spans can do"),
    .prose(
      """
      A dependency tree hangs every word from another word or from the root. Its edges may cross, \
      so there are no spans to share, and yet the sum over all (n + 1)^(n − 1) trees costs no more \
      than a determinant. Choose a head for every word and multiply the weights; that product of \
      sums counts cycles as well as trees. The determinant of the Laplacian

          L[i][j] = −w(i → j)      L[j][j] = Σ_i w(i → j), the root included

      subtracts exactly the cycles. Its weak side is the subtraction: if the scores of a word's \
      heads differ by hundreds, what is left after subtracting is rounding. Eliminate instead with \
      each diagonal entry recomputed as the sum of its column, and nothing is ever subtracted. \
      That is how the library's own answer is computed; the determinant is only its second route.
      """),
    .exercise(matrixTree),
    .picture { _ in treePosterior },
  ]

  private static var treePosterior: Picture {
    let model = SpanningTreeModel.threeWords
    let marginals = SpanningTreePosterior(of: model).edgeMarginals ?? []
    let single = SpanningTreePosterior(of: model.withSingleRoot(true)).edgeMarginals ?? []
    let rows = ["root", "word 1", "word 2", "word 3"]
    let columns = ["word 1", "word 2", "word 3"]
    return Drawing.grid(
      "who governs whom: p(head → word), exact",
      [
        Drawing.Panel(
          "any number of roots", rows: rows, columns: columns,
          values: marginals.map { Array($0.dropFirst()) }),
        Drawing.Panel(
          "a single root", rows: rows, columns: columns,
          values: single.map { Array($0.dropFirst()) }),
      ],
      caption: "Every column sums to one. On the right the first row does too.")
  }
}
