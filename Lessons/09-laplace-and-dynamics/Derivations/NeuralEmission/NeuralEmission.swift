import Approximate
import GSL
import LessonKit
import Models
import Probability

extension NeuralEmissionDerivation {
  /// The derivation, the library's code in it, and the ways to get it wrong.
  static let derivation = Derivation<Parts, NeuralProblem>(
    id: "neural-emission",
    title: "Seen through a network",
    example: .twoSteps(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes)

  static let answer = Parts(
    logJoint: { problem, x in logPrior(problem, x) + fit(problem, x) },
    draw: { problem, noise in
      let slopes = ReparameterisedChain(mean: problem.mean, factor: problem.factor)
        .slopes(of: problem.chain, noise: noise)
      return slopes.mean + slopes.factor.flatMap { $0 }
    })

  private static func logPrior(_ problem: NeuralProblem, _ x: [Double]) -> Double {
    let chain = problem.chain
    return NormalLaw(mean: 0, variance: 1).logDensity(x[0])
      + NormalLaw(mean: chain.dynamics * x[0], variance: chain.dynamicsNoise).logDensity(x[1])
  }

  private static func fit(_ problem: NeuralProblem, _ x: [Double]) -> Double {
    x.indices.reduce(0) { $0 + problem.chain.logLikelihood($1, x[$1]) }
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "tangent-at-zero", "puts φ(0) + φ′(0) z for φ(z): a linear system again",
      source: "the extended Kalman filter, linearised once", \.logJoint,
      { problem, x in
        let chain = problem.chain
        return x.indices.reduce(logPrior(problem, x)) { sum, t in
          let mean = chain.mean(0) + chain.slope(0) * x[t]
          return sum
            + NormalLaw(mean: mean, variance: chain.noise).logDensity(chain.observations[t])
        }
      }),
    Mistake(
      "forgets-the-dynamics", "takes z₀ and z₁ for independent", \.logJoint,
      { problem, x in
        x.reduce(fit(problem, x)) { $0 + NormalLaw(mean: 0, variance: 1).logDensity($1) }
      }),
    Mistake(
      "slope-without-the-network", "takes (y_t − φ(z_t))/R for the slope by z_t, without φ′(z_t)",
      source: "an error that is not passed back through the decoder", \.draw,
      from: { right in
        { problem, noise in
          var slopes = try right(problem, noise)
          let q = ReparameterisedChain(mean: problem.mean, factor: problem.factor)
          let x = q.state(noise)
          let short = x.indices.map { t in
            (problem.chain.observations[t] - problem.chain.mean(x[t])) / problem.chain.noise
              * (1 - problem.chain.slope(x[t]))
          }
          slopes[0] += short[0]
          slopes[1] += short[1]
          slopes[2] += short[0] * noise[0]
          slopes[3] += short[1] * noise[0]
          slopes[4] += short[1] * noise[1]
          return slopes
        }
      }),
    Mistake(
      "forgets-the-entropy", "leaves out 1/L_tt", \.draw,
      from: { right in
        { problem, noise in
          var slopes = try right(problem, noise)
          slopes[2] -= 1 / problem.factor[0][0]
          slopes[4] -= 1 / problem.factor[1][1]
          return slopes
        }
      }),
    Mistake(
      "independent-noises", "draws z₁ = m₁ + L₁₁ ε₁ without ε₀", \.draw,
      { problem, noise in
        let apart = ReparameterisedChain(
          mean: problem.mean, factor: [problem.factor[0], [0, problem.factor[1][1]]])
        let slopes = apart.slopes(of: problem.chain, noise: noise)
        return slopes.mean + slopes.factor.flatMap { $0 }
      }),
  ]
}
