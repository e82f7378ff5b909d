import Approximate
import LessonKit
import Models

extension SpeckledExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, MatrixProblem>(
    id: "speckled", title: "Holes that are filled",
    task: """
      Write `row_factors`, the best u for a given v from the entries that are seen; `holes`, which entries a fold of three \
      holds out; and `score`, the mean squared error over the holes.
      """,
    hints: [
      "Both sums of u_i run over the same entries.",
      "A row without a seen entry has no u_i. Diagonals meet every row and every column once.",
      "Divide by the number of holes.",
    ],
    example: .example, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      With one hole in two rows the filling is a quotient, and without noise it is right. With noise the \
      score keeps what nobody can predict:
      """, givens: givens)

  static let answer = Parts(
    rowFactors: { RankOneCompletion.rowFactors($0, given: $1) },
    holes: { rows, columns, fold in
      let whole = [[Double]](
        repeating: [Double](repeating: 0, count: columns), count: rows)
      return try SpeckledMatrix(whole, stripe: fold, of: 3).isSeen.map { $0.map { $0 ? 0 : 1 } }
    },
    score: { RankOneCompletion.holeError(of: $0, rows: $1, columns: $2) })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "holes-are-zeros", "puts a zero into each hole and goes on as if it had been seen",
      source: "missing ratings stored as 0, a habit of recommender code", \.rowFactors
    ) { matrix, v in
      let square = v.reduce(0) { $0 + $1 * $1 }
      return matrix.entries.indices.map { i in
        v.indices.reduce(0) { $0 + (matrix.isSeen[i][$1] ? matrix.entries[i][$1] * v[$1] : 0) }
          / square
      }
    },
    Mistake("looks-into-holes", "fits u to all entries, the held-out ones among them", \.rowFactors)
    { matrix, v in
      let square = v.reduce(0) { $0 + $1 * $1 }
      return matrix.entries.map { row in
        zip(row, v).reduce(0) { $0 + $1.0 * $1.1 } / square
      }
    },
    Mistake(
      "holes-are-means", "puts the mean of the row's seen entries into its holes", \.rowFactors
    ) { matrix, v in
      let square = v.reduce(0) { $0 + $1 * $1 }
      return matrix.entries.indices.map { i in
        let seen = v.indices.filter { matrix.isSeen[i][$0] }
        let mean = seen.reduce(0) { $0 + matrix.entries[i][$1] } / Double(seen.count)
        return v.indices.reduce(0) {
          $0 + (matrix.isSeen[i][$1] ? matrix.entries[i][$1] : mean) * v[$1]
        } / square
      }
    },
    Mistake("hides-a-row", "holds out one row a fold: nobody can say anything of it", \.holes) {
      rows, columns, fold in
      (0..<rows).map { i in (0..<columns).map { _ in i == fold ? 1 : 0 } }
    },
    Mistake("hides-the-same", "holds out the same entries in every fold", \.holes) {
      rows, columns, _ in
      (0..<rows).map { i in (0..<columns).map { i == $0 ? 1 : 0 } }
    },
    Mistake("scores-what-it-saw", "the mean squared error of the fit", \.score) { matrix, u, v in
      mean(matrix, u, v) { $0 }
    },
    Mistake("scores-everything", "the mean over all entries, seen or not", \.score) {
      matrix, u, v in
      mean(matrix, u, v) { _ in true }
    },
  ]

  private static func mean(
    _ matrix: SpeckledMatrix, _ u: [Double], _ v: [Double], _ counts: (_ isSeen: Bool) -> Bool
  ) -> Double {
    var (sum, count) = (0.0, 0.0)
    for i in u.indices {
      for j in v.indices where counts(matrix.isSeen[i][j]) {
        let miss = matrix.entries[i][j] - u[i] * v[j]
        (sum, count) = (sum + miss * miss, count + 1)
      }
    }
    return sum / count
  }
}
