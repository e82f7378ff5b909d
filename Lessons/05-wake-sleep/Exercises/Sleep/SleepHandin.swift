import JSONText
import LessonKit
import Models

extension SleepExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      A dream comes with its answer, so recognition is plain supervised learning. What it minimises is \
      KL(p‖q), on dreams: the other divergence, at other data than the ELBO's.
      """,
    HandinPart(
      "step",
      "Δφ of one dream: all layers are drawn from the generative network, then every recognition layer is "
        + "corrected towards what was dreamt.",
      given: HelmholtzMachine.arguments,
      returns: .numbers("Δφ, in the order of phi").random, \.step
    ) { program, right in
      { machine, choices in
        try program.draw(machine.given, &choices) { try right(machine, &$0) }
      }
    },
    HandinPart(
      "printed",
      "The same by the rule of a squared error, as it is printed: each error z_j − f_j times f_j (1 − f_j), "
        + "where f_j = σ(r_j + Σ_i x_i R_ij).",
      given: HelmholtzMachine.arguments,
      returns: .numbers("Δφ by that rule, in the order of phi").random, \.printed
    ) { program, right in
      { machine, choices in
        try program.draw(machine.given, &choices) { try right(machine, &$0) }
      }
    })
}
