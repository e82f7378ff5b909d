import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension WarpedDerivation {
  /// The derivation, the library's code in it, and the ways to get it wrong.
  static let derivation = Derivation<Parts, CurveProblem>(
    id: "warped",
    title: "One point through a curve",
    example: try .warped(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    afterChain: """
      What a curve does to a Gaussian is seen in its third moment:
      """)

  static let answer = Parts(
    linearEvidence: { problem, slope in
      logSumExp(
        zip(problem.weights, problem.clusters).map { weight, law in
          log(weight)
            + NormalLaw(
              mean: slope * law.mean,
              variance: slope * slope * law.variance + problem.decoder.variance
            ).logDensity(problem.observed)
        })
    },
    responsibilities: { try point($0).responsibilities },
    elbo: { problem, fit in
      let point = try point(problem)
      let q = NormalLaw(mean: point.state.mean[0], variance: point.state.covariance[0, 0])
      let messages = ComponentMessages(weights: problem.weights, problem.clusters)
      let structure = zip(
        point.responsibilities, zip(messages.constants, messages.potentials)
      ).reduce(point.state.entropy) { total, term in
        let (r, (constant, potential)) = term
        return total + r * (constant + point.state.mean(of: potential) - log(r))
      }
      return structure + (try fit(q))
    },
    skewness: { law in
      let (square, variance) = (law.mean * law.mean, law.variance)
      let spread = 2 * square + variance
      return sqrt(2) * sqrt(variance) * (6 * square + 2 * variance) / (spread * sqrt(spread))
    })

  /// The local optimum of one point for known clusters.
  private static func point(_ problem: CurveProblem) throws -> PointFactors {
    let messages = ComponentMessages(weights: problem.weights, problem.clusters)
    var point = try PointFactors(problem.potential, messages, problem.weights)
    try point.ascend(problem.potential, messages)
    return point
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "noise-in-the-latent", "adds the noise before the line: w² (σ_k² + c)", \.linearEvidence,
      { problem, slope in
        logSumExp(
          zip(problem.weights, problem.clusters).map { weight, law in
            log(weight)
              + NormalLaw(
                mean: slope * law.mean,
                variance: slope * slope * (law.variance + problem.decoder.variance)
              ).logDensity(problem.observed)
          })
      }),
    Mistake(
      "one-sweep", "takes the responsibilities after one sweep for the fixed point",
      source: "a fixed number of steps, as in the first demonstrations", \.responsibilities,
      { problem in
        let messages = ComponentMessages(weights: problem.weights, problem.clusters)
        let state = try PointFactors.state(problem.potential, messages, problem.weights)
        return PointFactors.responsibilities(state, messages)
      }),
    Mistake(
      "decodes-the-mean", "puts log p(y|E[x]) into the bound", \.elbo,
      from: { right in
        { problem, fit in
          try right(problem) { q in
            problem.decoder.logDensity(of: problem.output, at: Vector([q.mean]))
          }
        }
      }),
    Mistake(
      "forgets-the-assignments", "leaves out E_q[log p(z) − log q(z)]", \.elbo,
      from: { right in
        { problem, fit in
          let point = try point(problem)
          return try right(problem, fit)
            - zip(point.responsibilities, problem.weights).reduce(0) {
              $0 + $1.0 * (log($1.1) - log($1.0))
            }
        }
      }),
    Mistake(
      "squares-of-centred", "takes the skewness of x²/2 about zero: √8 whatever μ is", \.skewness,
      { _ in sqrt(8) }),
    Mistake(
      "tangent-at-the-mean", "puts the tangent at μ for the curve: a Gaussian again, not skewed",
      source: "the extended Kalman filter", \.skewness, { _ in 0 }),
  ]
}
