import Approximate
import GSL
import LessonKit
import Models
import Probability

extension MixtureSweepExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, MixtureProblem>(
    id: "mixture-sweep", title: "One sweep of a mixture",
    task: """
      Write `locals`: the best responsibilities r_nk when q(π) and q(θ_k) are given. They are judged by what \
      the bound gains.
      """,
    hints: [
      "The best factor is q̂(z_n) ∝ exp E[log p(x, z, π, θ)], the mean over the other factors.",
      "Two factors of the model contain z_n: π_{z_n} and N(x_n; θ_{z_n}).",
      "r_nk ∝ exp(E[log π_k] + E[log N(x_n; μ_k, Σ_k)]), with ψ(α_k) − ψ(Σα) for the first.",
    ],
    example: try .example(), draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      So no sweep lowers the bound. But it may find nothing to move, and what it finds ties no \
      z_n to another:
      """)

  static let answer = Parts(
    globals: { problem, r in
      let found = try VariationalMixture.bestGlobals(
        problem.mixture, problem.observations, weights: r)
      return Factors(weights: found.weights, components: found.components)
    },
    locals: { problem, q in try fit(problem, q).responsibilities },
    terms: { problem, q, r in
      var fit = try fit(problem, q)
      fit.responsibilities = r
      return try fit.terms().named.map(\.value)
    },
    sweep: { problem in
      var fit = try VariationalMixture(
        problem.mixture, problem.observations, responsibilities: problem.responsibilities)
      let q = try problem.otherFactors()
      fit.globals = MixtureGlobals(weights: q.weights, components: q.components)
      let sweep = try fit.sweep()
      return [sweep.afterGlobals.elbo.value, sweep.afterLocals.elbo.value]
    },
    target: { table in
      // The target does not change when the table is multiplied by a constant.
      let weights = table.rows.map { $0.map { exp($0) } }
      let total = weights.joined().reduce(0, +)
      return MeanField(factors: [table.first, table.second])
        .target(0, try JointTable(rows: weights.map { $0.map { $0 / total } }))
    })

  static func fit(_ problem: MixtureProblem, _ q: Factors) throws -> VariationalMixture {
    try VariationalMixture(
      problem.mixture, problem.observations,
      globals: MixtureGlobals(weights: q.weights, components: q.components))
  }

  /// Responsibilities from a log weight for each component.
  private static func rows(
    _ problem: MixtureProblem, _ q: Factors,
    _ logWeight: (_ k: Int, _ x: [Double], _ expected: ExpectedGaussian) throws -> Double
  ) throws -> [[Double]] {
    let expected = try q.components.map { try ExpectedGaussian($0) }
    return try problem.observations.map { x in
      let logs = try expected.enumerated().map { try logWeight($0, x, $1) }
      let total = logSumExp(logs)
      return logs.map { exp($0 - total) }
    }
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "plugs-in-the-means",
      "log N(x; m, E[Σ]) at the expected parameters: d/κ and the digammas are lost",
      source: "pymdp #98 (a term of the free energy at point estimates)", \.locals
    ) { problem, q in
      let logWeights = try q.weights.meanParameters()
      return try rows(problem, q) { k, x, expected in
        let precision = expected.precision[0][0]
        let distance = (x[0] - expected.law.mean[0]) * (x[0] - expected.law.mean[0])
        return logWeights[k] - 0.5 * (precision * distance - log(precision))
      }
    },
    Mistake(
      "log-of-expected-weights", "log E[π_k] in place of E[log π_k]", \.locals
    ) { problem, q in
      let alpha = q.weights.concentration
      return try rows(problem, q) { log(alpha[$0] / alpha.reduce(0, +)) + $2.logDensity($1) }
    },
    Mistake(
      "forgets-the-weights", "the likelihood alone, as if all components had one weight", \.locals
    ) { problem, q in try rows(problem, q) { $2.logDensity($1) } },
    Mistake(
      "one-row-for-all-data", "the mean of the r_n for every observation: z_n is no longer its own",
      \.locals,
      from: { right in
        { problem, q in
          let rows = try right(problem, q)
          let mean = (rows.first ?? []).indices.map { k in
            rows.reduce(0) { $0 + $1[k] } / Double(rows.count)
          }
          return rows.map { _ in mean }
        }
      }),
    Mistake(
      "counts-hard", "gives each observation whole to its likeliest component, as k-means does",
      \.globals,
      from: { right in
        { problem, r in
          try right(
            problem,
            r.map { row in
              let best = row.firstIndex(of: row.max() ?? 0) ?? 0
              return row.indices.map { $0 == best ? 1 : 0 }
            })
        }
      }),
    Mistake(
      "forgets-the-prior-mean", "leaves the pull of the prior mean out of Λ: no (κn/κ′)(x̄ − m)²",
      \.globals,
      from: { right in
        { problem, r in
          var q = try right(problem, r)
          q.components = try q.components.enumerated().map { k, component in
            let n = r.reduce(0) { $0 + $1[k] }
            let pull = problem.prior.kappa * component.kappa / n
            let step = component.mean[0] - problem.prior.mean[0]
            return try NormalInverseWishart(
              mean: component.mean, kappa: component.kappa, dof: component.dof,
              scale: [[component.scale[0][0] - pull * step * step]])
          }
          return q
        }
      }),
    Mistake(
      "entropy-with-its-sign-lost", "+ Σ r log r in place of − Σ r log r",
      source: "StateSpaceDynamics #36 (an entropy with a wrong sign)",
      \.terms,
      from: { right in
        { problem, q, r in
          var terms = try right(problem, q, r)
          terms[4] = -terms[4]
          return terms
        }
      }),
    Mistake(
      "accuracy-without-spread", "E[log p(x|z, θ)] without the d/κ of an uncertain mean",
      source: "pymdp #102 (the accuracy term of the free energy)", \.terms,
      from: { right in
        { problem, q, r in
          var terms = try right(problem, q, r)
          for row in r {
            for (k, share) in row.enumerated() { terms[0] += 0.5 * share / q.components[k].kappa }
          }
          return terms
        }
      }),
    Mistake(
      "joins-by-position", "breaks ties: gives the first component a thousandth more", \.locals,
      from: { right in
        { problem, q in
          try right(problem, q).map { row in
            row.enumerated().map {
              $0 == 0 ? $1 * 1.001 : $1 - 0.001 * row[0] / Double(row.count - 1)
            }
          }
        }
      }),
    Mistake(
      "locals-first", "sets the responsibilities, then the globals, and reports the other order",
      \.sweep
    ) { problem in
      var fit = try fit(problem, try problem.otherFactors())
      let between = try fit.terms().elbo.value
      try fit.updateGlobals()
      return [between, try fit.terms().elbo.value]
    },
    Mistake(
      "weighs-by-the-table", "E over q of the table itself in place of its logarithm", \.target
    ) { table in
      let weights = table.rows.map { row in dot(table.second, row.map { exp($0) }) }
      return weights.map { $0 / weights.reduce(0, +) }
    },
  ]
}
