import JSONText
import LessonKit

extension ResponsibilitiesExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 1,
    debrief: """
      A responsibility is a term of a sum over the sum, and so it is the derivative of the sum's logarithm: the E-step of \
      EM and the gradient of log p(y) are one computation.
      """,
    HandinPart(
      "responsibilities", "p(z = k | y_s) for each datum, by Bayes' rule.",
      given: [
        .numbers("log_weights", "log p(z), one number a component; some may be −inf"),
        .matrix("rows", "log p(y_s|z), a row a datum, a column a component; some may be −inf"),
      ],
      returns: .matrix(
        "a row a datum, a column a component; zeros for a datum without a posterior"),
      \.responsibilities
    ) { program, right in
      { logWeights, rows in
        let answer = right(logWeights, rows)
        let found = program.matrix(["log_weights": .given(logWeights), "rows": .given(rows)]) {
          answer.map { $0 ?? logWeights.map { _ in 0 } }
        }
        // Where there is no posterior, a row of zeros says so.
        return zip(found, answer).map { row, right in
          right == nil && row.allSatisfy { $0 == 0 } ? nil : row
        }
      }
    })
}
