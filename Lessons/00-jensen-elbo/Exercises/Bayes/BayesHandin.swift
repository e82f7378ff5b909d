import JSONText
import LessonKit
import Models

extension BayesExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 1,
    debrief: """
      Two lines, and all of inference is in them. What makes the rest of the course necessary is the \
      sum over z′: here it has a few terms, with D binary latents it has 2^D.
      """,
    HandinPart(
      "evidence", "p(x) = Σ_z p(z) p(x|z).",
      given: table, returns: .number("p(x)"), \.evidence
    ) { program, right in
      { joint in program.number(joint.given) { right(joint) } }
    },
    HandinPart(
      "posterior", "p(z|x), one probability a state.",
      given: table, returns: .numbers("one number a state"), \.posterior
    ) { program, right in
      { joint in program.numbers(joint.given) { right(joint) } }
    })

  private static let table: [HandinArgument] = [
    .numbers("prior", "p(z), one number a state"),
    .numbers("likelihood", "p(x|z) at the observed x, in the order of the states"),
  ]
}

extension FiniteJoint {
  /// What a program outside is given.
  fileprivate var given: JSON { ["prior": .given(prior), "likelihood": .given(likelihood)] }
}
