import JSONText
import LessonKit
import Probability

extension NaturalStepExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 4,
    debrief: """
      In natural coordinates a coordinate update is a sum over data, so that a scaled part of the sum has the \
      right mean: noise, and no bias. In other coordinates (m, Λ) the same step has a bias, which no mean over \
      mini-batches takes away.
      """,
    HandinPart(
      "step", "q(π) and q(μ_k, v_k) after a natural step of size ρ on a mini-batch.",
      given: MixtureHandin.model + [
        MixtureHandin.factors,
        .numbers("batch", "the numbers n of the observations in the mini-batch, from 0"),
        .number("rho", "ρ"),
      ], returns: MixtureHandin.result, \.step
    ) { program, right in
      { problem, q, batch, rho in
        let wanted = try right(problem, q, batch, rho)
        let given =
          MixtureHandin.given(problem)
          + [
            ("q", .given(q.rows)), ("batch", .given(batch.map(Double.init))), ("rho", .given(rho)),
          ]
        return try Factors(rows: program.matrix(.object(given)) { wanted.rows })
      }
    },
    HandinPart(
      "direction", "The natural gradient of the ELBO for given responsibilities, λ̂ − λ.",
      given: MixtureHandin.model + [MixtureHandin.factors, MixtureHandin.shares],
      returns: .numbers(
        "α̂_k − α_k for all k; then for each k what is gained by the four natural parameters κm, κ, Λ + κm² and ν of q(μ_k, v_k)"
      ), \.direction
    ) { program, right in
      { problem, q, r in
        let wanted = try right(problem, q, r)
        let given =
          MixtureHandin.given(problem) + [("q", .given(q.rows)), ("responsibilities", .given(r))]
        return program.numbers(.object(given)) { wanted }
      }
    },
    HandinPart(
      "draw", "A random mini-batch: S of N observations, every subset of S as likely.",
      given: [.integer("count", "N"), .integer("size", "S")],
      returns: .numbers("the numbers of S observations, from 0, in any order").random, \.draw
    ) { program, right in
      { count, size, choices in
        try program.pick(["count": .given(count), "size": .given(size)], among: count, &choices) {
          try right(count, size, &$0)
        }
      }
    })
}
