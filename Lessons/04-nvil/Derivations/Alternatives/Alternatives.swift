import Approximate
import LessonKit
import Probability

extension AlternativesDerivation {
  /// Other roads to the gradient as the library has them, and the ways to get them wrong.
  static let derivation = Derivation<Parts, AlternativesProblem>(
    id: "alternatives", title: "What else can estimate the gradient", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      A draw from another r has the right mean too, and so has every estimator with a name. The \
      last line is where no score helps: the end of the interval moves with the parameter.
      """)

  private static let answer = Parts(
    importance: { problem, proposal, choices in
      try problem.reward.gradient(
        by: ImportanceSampled(from: SoftmaxLaw(probabilities: proposal)), &choices)
    },
    local: { problem, choices in try problem.mean.gradient(by: LocalExpectation(), &choices) },
    score: { problem, choices in
      try problem.mean.gradient(by: ScoreFunction(None()), &choices)
    },
    byName: { problem in
      let programs = EstimatorList(constants: problem.b.map { _ in -1 })
      return try EstimatorName.allCases.map { name in
        let program = programs.program(name)
        return try exactMoments { choices in
          try program(problem.meanByLogits, name.fewestSamples, &choices)
        }.means
      }
    },
    uniformScore: { try $0.uniformScore() },
    uniformDerivative: { problem in
      // Leibniz: what the moving end brings in, f(λ)/λ, beside what the density loses.
      try problem.edge + problem.uniformScore()
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "forgets-the-weight", "f ∇log q under draws of r, without q/r", source: "E-060",
      \.importance
    ) { problem, proposal, choices in
      let state = try choices.choose(proposal)
      return problem.law.score(state).map { problem.values[state] * $0 }
    },
    Mistake(
      "differentiates-the-draw", "lets the gradient through the drawn z, where there is none",
      source: "NumPyro #896", \.importance
    ) { problem, _, _ in problem.values.map { _ in 0 } },
    Mistake(
      "proposal-misses-a-state", "draws from r with its first state left out", \.importance
    ) { problem, proposal, choices in
      let left = 1 - proposal[0]
      let others = proposal.indices.map { $0 == 0 ? 0 : proposal[$0] / left }
      let state = try choices.choose(others)
      let weight = problem.law.probabilities[state] / others[state]
      return problem.law.score(state).map { weight * problem.values[state] * $0 }
    },
    Mistake(
      "compares-with-the-draw", "f(z_d = 1) − f(z): half of the comparison is missing", \.local
    ) { problem, choices in
      let z = try problem.mean.law.sample(&choices)
      return z.indices.map { d in
        var on = z
        on[d] = 1
        return problem.mean.signal(on) - problem.mean.signal(z)
      }
    },
    Mistake(
      "score-in-place-of-local", "right mean, and the variance that was to be avoided", \.local
    ) { problem, choices in
      try problem.mean.gradient(by: ScoreFunction(None()), &choices)
    },
    Mistake(
      "reward-by-size", "|f| for f: ‘the likelihood only scales the gradient’", source: "E-059",
      \.score
    ) { problem, choices in
      let mean = problem.mean
      return try ExpectedValue(under: mean.law, of: { abs(mean.signal($0)) })
        .gradient(by: ScoreFunction(None()), &choices)
    },
    Mistake(
      "local-in-place-of-score", "switches each bit: no longer a multiple of one score", \.score
    ) { problem, choices in try problem.mean.gradient(by: LocalExpectation(), &choices) },
    Mistake(
      "list-for-minimisers", "every estimate of −∇E_q[f], for a program that goes down", \.byName,
      from: { right in { try right($0).map { $0.map { -$0 } } } }),
    Mistake(
      "applies-to-all", "uses the score although the support moves with λ", source: "E-058",
      \.uniformDerivative
    ) { try $0.uniformScore() },
    Mistake(
      "edge-in-the-score", "counts the moving end as part of the score", \.uniformScore
    ) { problem in try problem.edge + problem.uniformScore() },
  ]
}

extension AlternativesProblem {
  /// E[f(z) ∂_λ log(1/λ)], z ~ U(0, λ), by running the program over its noise.
  func uniformScore() throws -> Double {
    // The program is linear in its noise: cells replaced by their means are exact.
    try quadratureMean(curvature: 0, cells: 4) { choices in
      let z = end * (try choices.uniform())
      return (slope * z + shift) * (-1 / end)
    }.value
  }

  /// f(λ)/λ, what the moving end brings in.
  var edge: Double { (slope * end + shift) / end }
}
