import JSONText
import LessonKit
import Models

extension SpeckledExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      A hole is an entry that nothing may look at until it is scored. Scattered holes leave every row and every column something \
      to be known by; of a row that is held out whole nothing is known but that it exists.
      """,
    HandinPart(
      "row_factors", "The best u_i of each row for a given v, from what is seen.",
      given: [
        .matrix("x", "X; what stands in a hole means nothing"),
        .matrix("seen", "g_ij, 1 where x_ij is seen, 0 in a hole"), .numbers("v", "v_j"),
      ], returns: .numbers("u_i, a number a row"), \.rowFactors
    ) { program, right in
      { matrix, v in
        program.numbers([
          "x": .given(matrix.entries), "seen": .given(seen(matrix)), "v": .given(v),
        ]) { right(matrix, v) }
      }
    },
    HandinPart(
      "holes", "Which entries a fold holds out, of three folds.",
      given: [
        .integer("rows", "how many rows"), .integer("columns", "how many columns"),
        .integer("fold", "0, 1 or 2"),
      ], returns: .matrix("1 for a hole, else 0, a list a row"), \.holes
    ) { program, right in
      { rows, columns, fold in
        let answer = try right(rows, columns, fold)
        return program.matrix([
          "rows": .given(rows), "columns": .given(columns), "fold": .given(fold),
        ]) { answer }
      }
    },
    HandinPart(
      "score", "The mean squared error over the holes.",
      given: [
        .matrix("x", "X, all of it"), .matrix("seen", "g_ij"), .numbers("u", "u_i"),
        .numbers("v", "v_j"),
      ], returns: .number("e"), \.score
    ) { program, right in
      { matrix, u, v in
        program.number([
          "x": .given(matrix.entries), "seen": .given(seen(matrix)), "u": .given(u),
          "v": .given(v),
        ]) { right(matrix, u, v) }
      }
    })

  private static func seen(_ matrix: SpeckledMatrix) -> [[Double]] {
    matrix.isSeen.map { $0.map { $0 ? 1 : 0 } }
  }
}
