import JSONText
import LessonKit
import Models

extension ImportanceExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      The mean weight is unbiased for p(x) whatever q is; what divides by it is not unbiased for anything. Take \
      logarithms as late as you can, and exponentials after the largest weight was taken out.
      """,
    HandinPart(
      "log_weight", "log w(z), for a draw z of q.",
      given: [
        .numbers("prior", "p(z)"), .numbers("likelihood", "p(x|z) of each z"),
        .numbers("proposal", "q(z)"), .integer("state", "z, from 0"),
      ], returns: .number("log w(z)"), \.logWeight
    ) { program, right in
      { problem, state in
        program.number([
          "prior": .given(problem.joint.prior), "likelihood": .given(problem.joint.likelihood),
          "proposal": .given(problem.proposal), "state": .given(state),
        ]) { right(problem, state) }
      }
    },
    HandinPart(
      "evidence", "ŵ, the estimate of p(x) from K draws.",
      given: [.numbers("log_weights", "log w_k")], returns: .number("ŵ"), \.evidence
    ) { program, right in
      { logWeights in program.number(["log_weights": .given(logWeights)]) { right(logWeights) } }
    },
    HandinPart(
      "average", "ĥ, the estimate of E[h|x] from K draws.",
      given: [.numbers("log_weights", "log w_k"), .numbers("values", "h(z_k)")],
      returns: .number("ĥ"), \.average
    ) { program, right in
      { logWeights, values in
        program.number(["log_weights": .given(logWeights), "values": .given(values)]) {
          right(logWeights, values)
        }
      }
    })
}
