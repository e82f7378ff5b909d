import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension ReparameterisedDerivation {
  /// The derivation, the library's code in it, and the ways to get it wrong.
  static let derivation = Derivation<Parts, CurveProblem>(
    id: "reparameterised",
    title: "What a curved decoder asks for",
    example: try .warped(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(draw: draw),
    mistakes: mistakes,
    afterChain: """
      Two slopes fix the potential, as a quadratic function has two coefficients. In the code \
      `root` is √v and `noise` is ε.
      """)

  @Sendable static func draw(_ problem: CurveProblem, _ noise: Double) throws -> Draw {
    let q = try GaussianFactor(mean: problem.factor.mean, variance: problem.factor.variance)
    let fit = try ReparameterisedFit(
      of: problem.output, by: problem.decoder, under: q, noise: Vector([noise]))
    let asked = fit.asked(under: q)
    return Draw(
      mean: fit.meanSlope[0], variance: fit.covarianceSlope[0, 0], linear: asked.linear[0],
      precision: asked.precision[0, 0])
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "slope-in-the-deviation", "takes the slope in √v for the slope in v",
      source: "a network that outputs a deviation, read as a variance", \.draw,
      from: { right in
        { problem, noise in
          var draw = try right(problem, noise)
          draw.variance *= 2 * sqrt(problem.factor.variance)
          return draw
        }
      }),
    Mistake(
      "curvature-without-its-sign", "takes J* = E_q[ℓ′′]: the potential opens upwards", \.draw,
      from: { right in
        { problem, noise in
          var draw = try right(problem, noise)
          draw.precision = -draw.precision
          return draw
        }
      }),
    Mistake(
      "slope-for-the-linear-part", "takes h* = E_q[ℓ′] and forgets m J*", \.draw,
      from: { right in
        { problem, noise in
          var draw = try right(problem, noise)
          draw.linear = draw.mean
          return draw
        }
      }),
    Mistake(
      "slope-at-the-mean", "takes ℓ′(m) for every draw: no noise enters", \.draw,
      from: { right in
        { problem, noise in
          var draw = try right(problem, noise)
          draw.mean =
            problem.decoder.slope(of: problem.output, at: Vector([problem.factor.mean]))[0]
          return draw
        }
      }),
  ]
}
