import JSONText
import LessonKit
import Probability

extension ThreeFormsExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      The three forms are one number, but not one program: in the prior form the divergence is known in closed form \
      and only the fit has to be estimated. A mean over the bits where their sum belongs \
      weighs the two terms differently, and what is climbed is no bound of this model any more.
      """,
    HandinPart(
      "entropy", "H(q) = −Σ_d [b_d log b_d + (1 − b_d) log(1 − b_d)].",
      given: [q], returns: .number("H(q)"), \.entropy
    ) { program, right in
      { problem in program.number(["q": .given(problem.q.probabilities)]) { right(problem) } }
    },
    HandinPart(
      "divergence", "KL(q‖p(z)) = Σ_d KL(b_d‖p_d).",
      given: [q, prior], returns: .number("KL(q‖p(z))"), \.divergenceFromThePrior
    ) { program, right in
      { problem in
        program.number([
          "q": .given(problem.q.probabilities), "prior": .given(problem.prior.probabilities),
        ]) { right(problem) }
      }
    },
    HandinPart(
      "joint_form", "E_q[log p(x, z) − log q(z)].", given: all, returns: .number("ELBO(q)"),
      \.jointForm, outside: bound),
    HandinPart(
      "entropy_form", "E_q[log p(x, z)] + H(q).", given: all, returns: .number("ELBO(q)"),
      \.entropyForm, outside: bound),
    HandinPart(
      "prior_form", "E_q[log p(x|z)] − KL(q‖p(z)).", given: all, returns: .number("ELBO(q)"),
      \.priorForm, outside: bound))

  private static let q = HandinArgument.numbers(
    "q", "b_d = q(z_d = 1), independent bits; some may be 0 or 1")
  private static let prior = HandinArgument.numbers("prior", "p_d = p(z_d = 1), independent bits")
  private static let all = [
    q, prior, .numbers("log_likelihood", "log p(x|z), at place Σ_d z_d 2^d"),
  ]

  @Sendable private static func bound(
    _ program: OutsidePart, _ right: @escaping @Sendable (FactorProblem) -> Double
  ) -> @Sendable (FactorProblem) -> Double {
    { problem in program.number(.object(problem.given)) { right(problem) } }
  }
}
