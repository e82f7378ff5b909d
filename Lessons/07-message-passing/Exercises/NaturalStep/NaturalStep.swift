import Approximate
import GSL
import LessonKit
import Models
import Probability

extension NaturalStepExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, MixtureProblem>(
    id: "natural-step", title: "A natural step on a mini-batch",
    task: """
      Write `step`: the global factors after a step of size ρ on a mini-batch of S of the N observations, \
      so that its mean over all mini-batches is the step on all data.
      """,
    hints: [
      "λ̂ = λ_prior + Σ_n r_n t(x_n) is a sum over the data; estimate the sum from S of its terms.",
      "Each of the S terms stands for N/S of them. The prior stands for itself.",
      "λ(ρ) = (1 − ρ) λ + ρ (λ_prior + (N/S) Σ_{n in B} r̂_n t(x_n)).",
    ],
    example: try .example(), draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      On average a mini-batch takes the step of all data. That holds in the natural \
      parameters, and in no others:
      """)

  static let answer = Parts(
    step: { problem, q, batch, rho in
      var inference = StochasticMixture(
        problem.mixture, problem.observations,
        globals: MixtureGlobals(weights: q.weights, components: q.components))
      try inference.step(rho, batch: batch)
      return Factors(weights: inference.globals.weights, components: inference.globals.components)
    },
    direction: { problem, q, r in
      let best = try VariationalMixture.bestGlobals(
        problem.mixture, problem.observations, weights: r)
      let target = try Factors(weights: best.weights, components: best.components).natural()
      return zip(target, try q.natural()).map { $0 - $1 }
    },
    draw: { count, size, choices in try randomSubset(of: count, size: size, &choices) },
    rate: { StepSchedule(delay: 1, forgetting: 0.7).step($0) },
    bound: { problem, q in
      try StochasticMixture(
        problem.mixture, problem.observations,
        globals: MixtureGlobals(weights: q.weights, components: q.components)
      ).elbo().value
    })

  /// λ(ρ) with a rule for λ̂ in place of the right one.
  private static func spoilt(
    _ rule:
      @escaping @Sendable (_ problem: MixtureProblem, _ batch: [Int], _ rows: [[Double]]) throws ->
      [Double]
  ) -> @Sendable (MixtureProblem, Factors, [Int], Double) throws -> Factors {
    { problem, q, batch, rho in
      let target = try rule(problem, batch, problem.rows(q))
      return try q.sibling(
        natural: zip(try q.natural(), target).map { (1 - rho) * $0 + rho * $1 })
    }
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-the-scale", "the mini-batch for itself, without N/S: the posterior of S data",
      source: "Pyro #531 (a scale missing, or twice, under subsampling)", \.step,
      spoilt { problem, batch, rows in
        try problem.addition(
          weights: problem.observations.indices.map { n in
            rows[n].map { batch.contains(n) ? $0 : 0 }
          }
        ).natural()
      }),
    Mistake(
      "scales-the-prior-too", "(N/S)(λ_prior + Σ r t): the prior is counted N/S times",
      source: "Pyro #531 (a scale missing, or twice, under subsampling)", \.step,
      spoilt { problem, batch, rows in
        let scale = Double(problem.observations.count) / Double(batch.count)
        let counted = try problem.addition(
          weights: problem.observations.indices.map { n in
            rows[n].map { batch.contains(n) ? $0 : 0 }
          }
        ).natural()
        return counted.map { scale * $0 }
      }),
    Mistake(
      "remembers-old-rows", "adds with the responsibilities of an earlier visit, not of this λ",
      \.step,
      spoilt { problem, batch, _ in
        let scale = Double(problem.observations.count) / Double(batch.count)
        return try problem.addition(
          weights: problem.observations.indices.map { n in
            problem.responsibilities[n].map { batch.contains(n) ? scale * $0 : 0 }
          }
        ).natural()
      }),
    Mistake(
      "averages-usual-parameters",
      "(1 − ρ) and ρ between m, κ, ν and Λ, which are no natural coordinates",
      \.step,
      from: { right in
        { problem, q, batch, rho in
          let target = try right(problem, q, batch, 1)
          func mean(_ a: Double, _ b: Double) -> Double { (1 - rho) * a + rho * b }
          return Factors(
            weights: try DirichletLaw(
              concentration: zip(q.weights.concentration, target.weights.concentration).map {
                mean($0, $1)
              }),
            components: try zip(q.components, target.components).map { a, b in
              try NormalInverseWishart(
                mean: [mean(a.mean[0], b.mean[0])], kappa: mean(a.kappa, b.kappa),
                dof: mean(a.dof, b.dof), scale: [[mean(a.scale[0][0], b.scale[0][0])]])
            })
        }
      }),
    Mistake(
      "follows-the-plain-gradient", "G (λ̂ − λ), the ordinary gradient, taken for the natural one",
      \.direction,
      from: { right in
        { problem, q, r in try q.fisher(times: try right(problem, q, r)) }
      }),
    Mistake(
      "always-the-first", "the first S observations every time", \.draw
    ) { count, size, _ in Array(0..<size) },
    Mistake(
      "constant-steps", "the same step at every t: the noise of mini-batches never dies", \.rate
    ) { _ in 0.5 },
    Mistake(
      "bound-of-old-rows", "the ELBO with responsibilities of an earlier visit", \.bound
    ) { problem, q in try problem.elbo(q, problem.responsibilities) },
    Mistake(
      "with-replacement", "draws observations one by one, some of them twice, and drops the copies",
      \.draw
    ) { count, size, choices in
      var batch: [Int] = []
      for _ in 0...size { batch.append(try choices.choose(below: count)) }
      return Array(Set(batch)).sorted()
    },
  ]
}
