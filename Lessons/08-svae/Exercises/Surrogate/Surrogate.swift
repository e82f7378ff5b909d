import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension SurrogateExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, ClusterProblem>(
    id: "surrogate",
    title: "Two objectives",
    task: """
      Write `surrogate` and `elbo` at the local optimum: the same sum of expectations and entropies, once with \
      the potentials and once with the decoder for the observations.
      """,
    hints: [
      "Both have −KL(q(θ)‖p(θ)), the entropies of all q(x_n) and q(z_n), and E_q[log p(z, x|θ)].",
      "A Gaussian density has its ½ log 2π, whoever integrates over it later.",
      "The surrogate adds Σ E_q[ψ_n(x_n)], the ELBO Σ E_q[log p(y_n|x_n)].",
    ],
    example: try .threePoints(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      surrogate: { try bound($0).surrogate().value },
      elbo: { problem in
        let bound = try bound(problem)
        return try bound.elbo(expectedLogLikelihoods: fits(problem, bound)).value
      },
      decoderSlopes: { problem in
        let slopes = problem.decoder.expectedGradient(
          of: problem.observations, under: try bound(problem).local.states)
        return slopes.weights.array + slopes.bias.array + slopes.logVariances.array
      }),
    mistakes: mistakes,
    handin: handin)

  static func bound(_ problem: ClusterProblem) throws -> StructuredBound<LatentMixture> {
    try StructuredBound(
      problem.mixture, globals: problem.globals, potentials: problem.potentials,
      local: try problem.mixture.local(
        problem.potentials, under: problem.globals, fromResponsibilities: problem.start))
  }

  private static func fits(
    _ problem: ClusterProblem, _ bound: StructuredBound<LatentMixture>
  ) -> [Double] {
    zip(problem.observations, bound.local.states).map {
      problem.decoder.expectedLogLikelihood(of: $0, under: $1)
    }
  }
}

// MARK: The ways to get it wrong

extension SurrogateExercise {
  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "reports-the-surrogate", "reports the surrogate, which was at hand, as the ELBO", \.elbo,
      { try bound($0).surrogate().value }),
    Mistake(
      "entropy-of-the-precision",
      "takes log |J| for log |J⁻¹|: the entropies of q(x) turn their sign",
      source: "StateSpaceDynamics.jl #36", \.elbo,
      from: { right in
        { @Sendable problem in
          let states = try bound(problem).local.states
          return try right(problem) - states.reduce(0) { $0 + $1.logDeterminant }
        }
      }
    ).and(
      \.surrogate,
      { problem in
        let bound = try bound(problem)
        return try bound.surrogate().value
          - bound.local.states.reduce(0) { $0 + $1.logDeterminant }
      }),
    Mistake(
      "adds-the-divergence", "adds KL(q(θ)‖p(θ)) where it is subtracted",
      source:
        "the sign to check first where the KL seems to make things worse, as in mattjj/svae #4",
      \.elbo,
      from: { right in
        { problem in try right(problem) + 2 * (try bound(problem).divergenceOfGlobals()) }
      }),
    Mistake(
      "no-normalisers",
      "leaves out the ½ log 2π of each q and p, which cancel in the ELBO but in pairs only",
      \.surrogate,
      from: { right in
        { problem in
          try right(problem) + 0.5 * log(2 * Double.pi) * Double(problem.observations.count)
        }
      }),
    Mistake(
      "slopes-at-the-mean", "the slopes of log p(y_n|E[x_n]), without the spread of q(x_n)",
      \.decoderSlopes,
      from: { right in
        { problem in
          var slopes = try right(problem)
          let spread = try bound(problem).local.states.reduce(0) { $0 + $1.covariance[0, 0] }
          for d in 0..<problem.decoder.outputCount {
            slopes[d] += spread * problem.decoder.weights[d, 0] / problem.decoder.variances[d]
          }
          return slopes
        }
      }),
    Mistake(
      "by-the-variance", "∂/∂c where ∂/∂log c is asked for: divided by c", \.decoderSlopes,
      from: { right in
        { problem in
          var slopes = try right(problem)
          let count = problem.decoder.outputCount
          for d in 0..<count { slopes[2 * count + d] /= problem.decoder.variances[d] }
          return slopes
        }
      }),
    Mistake(
      "point-decoder", "decodes E[x_n] instead of averaging over q(x_n)", \.elbo,
      from: { right in
        { problem in
          let bound = try bound(problem)
          return try bound.elbo(
            expectedLogLikelihoods: zip(problem.observations, bound.local.states).map {
              problem.decoder.logDensity(of: $0, at: $1.mean)
            }
          ).value
        }
      }),
  ]
}
