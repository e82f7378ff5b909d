import JSONText
import LessonKit
import Models
import Networks
import Probability

extension LocalInferenceExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      Three short functions are all that inference needs when the recognition network speaks in potentials: what \
      it says is added to what q(θ) says, and neither has to know where the other came from.
      """,
    HandinPart(
      "messages",
      "What q(θ) tells a point of each cluster, E[log π_k] + E[log N(x; μ_k, σ_k²)] = h x − ½ J x² + constant.",
      given: MixtureParameters.arguments,
      returns: .matrix("a row (h, J, constant) a cluster"), \.messages
    ) { program, right in
      { globals in
        let wanted = try right(globals).map(numbers)
        return program.matrix(.object(globals.given())) { wanted }.map {
          Message(linear: $0[0], precision: $0[1], constant: $0[2])
        }
      }
    },
    HandinPart(
      "state", "The best q(x_n) for given r_nk: potentials are added.",
      given: [
        .numbers("potential", "(h_n, J_n) of ψ_n"), table,
        .numbers("responsibilities", "r_nk of the point"),
      ],
      returns: .numbers("mean and variance of q(x_n)"), \.state
    ) { program, right in
      { potential, messages, responsibilities in
        let law = try right(potential, messages, responsibilities)
        let both = program.numbers([
          "potential": .given([potential.linear[0], potential.precision[0, 0]]),
          "messages": .given(messages.map(numbers)),
          "responsibilities": .given(responsibilities),
        ]) { [law.mean, law.variance] }
        return NormalLaw(mean: both[0], variance: both[1])
      }
    },
    HandinPart(
      "responsibilities", "The best r_nk for a given q(x_n): ∝ exp E_q(x_n)[message_k(x_n)].",
      given: [
        .number("mean", "E[x_n]"), .number("variance", "Var[x_n]"), table,
      ],
      returns: .numbers("r_nk, one number a cluster; they sum to one"), \.responsibilities
    ) { program, right in
      { law, messages in
        let wanted = try right(law, messages)
        return program.numbers([
          "mean": .given(law.mean), "variance": .given(law.variance),
          "messages": .given(messages.map(numbers)),
        ]) { wanted }
      }
    })

  private static let table = HandinArgument.matrix(
    "messages", "a row (h, J, constant) a cluster: h x − ½ J x² + constant")

  private static func numbers(_ message: Message) -> [Double] {
    [message.linear, message.precision, message.constant]
  }
}
