import JSONText
import LessonKit
import Models
import Networks

extension GabrielExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      B D_k⁺ C is exact where D has all dimensions of X and nothing is noisy. With noise, a part of D that is mostly noise is \
      divided by a small s, and harms more than it says: that is what the error rises from.
      """,
    HandinPart(
      "predict", "B D_k⁺ C, the prediction of A of rank k.",
      given: [
        .matrix("b", "B, the rest of A's rows"), .matrix("c", "C, the rest of A's columns"),
        .matrix("d", "D, one row and column or two of each"), .integer("rank", "k, from 0"),
      ], returns: .matrix("a row for each row of A"), \.predict
    ) { program, right in
      { blocks, rank in
        let answer = try right(blocks, rank)
        return Matrix(
          program.matrix([
            "b": .given(lists(blocks.b)), "c": .given(lists(blocks.c)),
            "d": .given(lists(blocks.d)), "rank": .given(rank),
          ]) { lists(answer) })
      }
    },
    HandinPart(
      "errors", "e_0, e_1, e_2: the summed squared errors with each entry of X held out once.",
      given: [.matrix("x", "X, three rows of three")], returns: .numbers("three numbers"), \.errors
    ) { program, right in
      { x in
        let answer = try right(x)
        return program.numbers(["x": .given(x)]) { answer }
      }
    },
    HandinPart(
      "choose", "The rank of the least error.",
      given: [.numbers("errors", "e_0, e_1, …")], returns: .number("k"), \.choose
    ) { program, right in
      { errors in program.number(["errors": .given(errors)]) { right(errors) } }
    })

  private static func lists(_ matrix: Matrix) -> [[Double]] {
    (0..<matrix.rows).map { matrix.row($0).array }
  }
}
