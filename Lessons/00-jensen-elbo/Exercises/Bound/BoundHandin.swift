import JSONText
import LessonKit
import Models

extension BoundExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 1,
    debrief: """
      Nothing in it has to be normalised but q: p(x, z) is a product that can be computed, and log p(x) \
      does not occur. States that q leaves out cost nothing; a state that q visits and p forbids \
      costs everything.
      """,
    HandinPart(
      "elbo",
      "ELBO(q) = Σ_z q(z) [log p(z) + log p(x|z) − log q(z)], over the states with q(z) > 0.",
      given: [
        .numbers("prior", "p(z), one number a state; some may be 0"),
        .numbers("likelihood", "p(x|z) at the observed x; some may be 0"),
        .numbers("q", "q(z); some may be 0"),
      ],
      returns: .number("ELBO(q), −inf where q visits a state with p(x, z) = 0"), \.elbo
    ) { program, right in
      { problem in program.number(problem.given) { right(problem) } }
    })
}

extension BoundProblem {
  /// What a program outside is given.
  fileprivate var given: JSON {
    ["prior": .given(joint.prior), "likelihood": .given(joint.likelihood), "q": .given(q)]
  }
}
