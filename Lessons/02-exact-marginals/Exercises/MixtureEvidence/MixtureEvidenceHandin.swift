import JSONText
import LessonKit

extension MixtureEvidenceExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 1,
    debrief: """
      The largest term is taken out of the sum and put back outside the logarithm; what is left cannot overflow. The same three lines \
      are in every model of this course, whatever it sums over.
      """,
    HandinPart(
      "log_evidence", "log p(y) = log Σ_z p(z) p(y|z), of one datum.",
      given: [
        weights,
        .numbers("log_likelihoods", "log p(y|z), one number a component; some may be −inf"),
      ],
      returns: .number("log p(y), −inf where no component can make y"), \.logEvidence
    ) { program, right in
      { logWeights, logLikelihoods in
        program.number([
          "log_weights": .given(logWeights), "log_likelihoods": .given(logLikelihoods),
        ]) { right(logWeights, logLikelihoods) }
      }
    },
    HandinPart(
      "log_likelihood", "log p(y_1 … y_N) of independent data.",
      given: [weights, .matrix("rows", "log p(y_s|z), a row a datum, a column a component")],
      returns: .number("the log-likelihood of all data"), \.logLikelihood
    ) { program, right in
      { logEvidence, logWeights, rows in
        program.number(["log_weights": .given(logWeights), "rows": .given(rows)]) {
          right(logEvidence, logWeights, rows)
        }
      }
    })

  private static let weights = HandinArgument.numbers(
    "log_weights", "log p(z), one number a component; some may be −inf")
}
