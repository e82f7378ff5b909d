import JSONText
import LessonKit
import Models
import Probability

extension MixtureSweepExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 4,
    debrief: """
      A sweep alternates two sums: observations are shared out among components, and components \
      count what they were given. Each half is the exact optimum of its factors, so that the bound never falls; if it \
      does, one of seven terms is wrong, and the gap check tells you so.
      """,
    HandinPart(
      "globals", "The best q(π) and q(μ_k, v_k) for given responsibilities.",
      given: MixtureHandin.model + [MixtureHandin.shares], returns: MixtureHandin.result, \.globals
    ) { program, right in
      { problem, r in
        let wanted = try right(problem, r)
        let given = MixtureHandin.given(problem) + [("responsibilities", .given(r))]
        return try Factors(
          rows: program.matrix(.object(given)) { wanted.rows })
      }
    },
    HandinPart(
      "locals", "The best responsibilities for given q(π) and q(μ_k, v_k).",
      given: [MixtureHandin.points, MixtureHandin.factors],
      returns: .matrix("r_nk, a row an observation"), \.locals
    ) { program, right in
      { problem, q in
        let wanted = try right(problem, q)
        return program.matrix([
          "observations": .given(problem.observations.map { $0[0] }), "q": .given(q.rows),
        ]) { wanted }
      }
    },
    HandinPart(
      "terms", "The seven terms of the ELBO.",
      given: MixtureHandin.model + [MixtureHandin.factors, MixtureHandin.shares],
      returns: .numbers(
        "E[log p(x|z, μ, v)], E[log p(z|π)], E[log p(π)], E[log p(μ, v)], −E[log q(z)], −E[log q(π)], −E[log q(μ, v)], the last and the fourth summed over k"
      ), \.terms
    ) { program, right in
      { problem, q, r in
        let wanted = try right(problem, q, r)
        let given =
          MixtureHandin.given(problem) + [("q", .given(q.rows)), ("responsibilities", .given(r))]
        return program.numbers(.object(given)) { wanted }
      }
    },
    HandinPart(
      "target",
      "The best q(x) for q(y), where p(x, y) is a table without structure and q(x, y) = q(x) q(y).",
      given: [
        .matrix("log_joint", "log p(x, y) up to a constant, a row an x"),
        .numbers("second", "q(y)"),
      ], returns: .numbers("q(x)"), \.target
    ) { program, right in
      { table in
        let wanted = try right(table)
        return program.numbers([
          "log_joint": .given(table.rows), "second": .given(table.second),
        ]) { wanted }
      }
    })
}

/// What a mixture is to somebody who has to write its updates.
enum MixtureHandin {
  static let points = HandinArgument.numbers("observations", "x_n")
  static let shares = HandinArgument.matrix(
    "responsibilities", "r_nk = q(z_n = k), a row an observation")
  static let factors = HandinArgument.matrix(
    "q", "a row a component, (α_k, m_k, κ_k, ν_k, Λ_k), as in the prior")
  static let result = HandinResult.matrix("a row a component: (α_k, m_k, κ_k, ν_k, Λ_k)")

  static let model: [HandinArgument] = [
    .numbers("concentration", "α; π ~ Dirichlet(α), and p(z_n = k) = π_k"),
    .numbers(
      "prior",
      "(m, κ, ν, Λ): v_k has the density ∝ v^(−ν/2 − 1) exp(−Λ/2v), μ_k ~ N(m, v_k/κ), and x_n ~ N(μ_k, v_k) where z_n = k"
    ),
    points,
  ]

  static func given(_ problem: MixtureProblem) -> [(key: String, value: JSON)] {
    let prior = problem.prior
    return [
      ("concentration", .given(problem.mixture.concentration)),
      ("prior", .given([prior.mean[0], prior.kappa, prior.dof, prior.scale[0][0]])),
      ("observations", .given(problem.observations.map { $0[0] })),
    ]
  }
}

extension Factors {
  /// A row a component: α_k, m_k, κ_k, ν_k, Λ_k.
  var rows: [[Double]] {
    zip(weights.concentration, components).map { alpha, law in
      [alpha, law.mean[0], law.kappa, law.dof, law.scale[0][0]]
    }
  }

  /// The factors with these rows; refuses what are no factors, NaN among them.
  init(rows: [[Double]]) throws {
    self.init(
      weights: try DirichletLaw(concentration: rows.map { $0[0] }),
      components: try rows.map { row in
        try NormalInverseWishart(mean: [row[1]], kappa: row[2], dof: row[3], scale: [[row[4]]])
      })
  }
}
