import JSONText
import LessonKit
import Models
import Probability

extension OneSampleExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      One draw is enough to be right on average, so a bound can be climbed whose sum no one can \
      write out. Several draws inside one logarithm are right on average about another number, which lies \
      between the ELBO and log p(x).
      """,
    HandinPart(
      "estimate", "log p(x, z) − log q(z) at one draw z of q.",
      given: model, returns: .number("the estimate").random, \.estimate
    ) { program, right in
      { problem, choices in
        try program.draw(.object(problem.given), &choices) { [try right(problem, &$0)] }[0]
      }
    },
    HandinPart(
      "weighted", "log (1/K) Σ_k p(x, z_k)/q(z_k) at K draws z_k of q.",
      given: [.integer("samples", "K")] + model, returns: .number("the estimate").random, \.weighted
    ) { program, right in
      { problem, samples, choices in
        let given = JSON.object([(key: "samples", value: .given(samples))] + problem.given)
        return try program.draw(given, &choices) { [try right(problem, samples, &$0)] }[0]
      }
    })

  private static let model: [HandinArgument] = [
    .numbers("q", "b_d = q(z_d = 1), independent bits; some may be 0 or 1"),
    .numbers("prior", "p(z_d = 1), independent bits"),
    .numbers("log_likelihood", "log p(x|z), at place Σ_d z_d 2^d"),
  ]
}

extension FactorProblem {
  /// What a program outside is given: the bits of q and of the prior, and log p(x|z) in a table.
  var given: [(key: String, value: JSON)] {
    [
      ("q", .given(q.probabilities)), ("prior", .given(prior.probabilities)),
      ("log_likelihood", .given(document.states.map(document.logLikelihood))),
    ]
  }
}
