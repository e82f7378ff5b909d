import JSONText
import LessonKit
import Models
import Probability

extension ParticleFilterExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      Nothing in the three steps asks how good the proposal is; it only changes how far Ẑ strays. Whoever takes \
      the logarithm of Ẑ, or divides by a run's own weights, gives the unbiasedness away, and gets it back as N grows.
      """,
    HandinPart(
      "log_weight", "log w(z|z′) of one step.",
      given: [
        .numbers("prior", "p(z|z′) for the state z′ before, or p(z_0)"),
        .numbers("likelihood", "p(x_t|z) of each z"), .numbers("proposal", "q(z|z′)"),
        .integer("state", "z, from 0"),
      ], returns: .number("log w(z|z′)"), \.logWeight
    ) { program, right in
      { problem, step, from, state in
        program.number([
          "prior": .given(problem.prior[step][from ?? 0]),
          "likelihood": .given(
            problem.sequence.model.emission.map { $0[problem.sequence.observations[step]] }),
          "proposal": .given(problem.proposal[step][from ?? 0]), "state": .given(state),
        ]) { right(problem, step, from, state) }
      }
    },
    HandinPart(
      "ancestors", "The ancestors of as many particles as there are weights.",
      given: [.numbers("weights", "w̄, which add up to one")],
      returns: .numbers("for each new particle the index of its ancestor, from 0").random,
      \.ancestors
    ) { program, right in
      { weights, choices in
        try program.pick(["weights": .given(weights)], among: weights.count, &choices) {
          try right(weights, &$0)
        }
      }
    },
    HandinPart(
      "increment", "What a step adds to log Ẑ.",
      given: [.numbers("log_weights", "log w of each particle")],
      returns: .number("log Ẑ_t/Ẑ_(t−1)"),
      \.increment
    ) { program, right in
      { logWeights in program.number(["log_weights": .given(logWeights)]) { right(logWeights) } }
    })
}
