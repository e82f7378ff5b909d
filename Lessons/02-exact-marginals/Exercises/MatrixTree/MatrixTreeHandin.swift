import JSONText
import LessonKit
import Models
import Networks

extension MatrixTreeExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      A determinant adds and subtracts, and what it subtracts are the cycles. It sums over more trees than could ever be \
      listed in n³ steps, and its derivatives, entries of the inverse, are the posterior \
      probabilities of the edges.
      """,
    HandinPart(
      "laplacian",
      "The n × n matrix over the words whose determinant is Σ_trees exp(score): heads in rows, as in the scores. "
        + "With a single root, the root's weights exp(score(0 → j)) stand in the first row.",
      given: trees, returns: .matrix("n rows of n numbers: words 1 … n, the root left out"),
      \.laplacian
    ) { program, right in
      { model in Matrix(program.matrix(model.given) { right(model).asRows }) }
    },
    HandinPart(
      "log_partition", "log Σ_trees exp(score), right even where exp(score) overflows.",
      given: trees, returns: .number("the logarithm"), \.logPartition
    ) { program, right in
      { model in program.number(model.given) { right(model) } }
    })

  private static let trees: [HandinArgument] = [
    .matrix(
      "scores",
      "row head, column modifier, the root at 0; column 0 and the diagonal count for nothing"),
    .integer("single_root", "1 where only trees with one edge out of the root count, else 0"),
  ]
}

extension SpanningTreeModel {
  /// What a program outside is given; what counts for nothing is 0.
  fileprivate var given: JSON {
    let edges = scores.enumerated().map { head, row in
      row.enumerated().map { $0.offset == 0 || $0.offset == head ? 0 : $0.element }
    }
    return ["scores": .given(edges), "single_root": .given(singleRoot ? 1 : 0)]
  }
}

extension Matrix {
  /// A list a row.
  fileprivate var asRows: [[Double]] { (0..<rows).map { row($0).array } }
}
