import GSL
import LessonKit
import Models
import Probability

extension TwoModesDerivation {
  /// The derivation, its right forms, and the ways to get it wrong.
  static let derivation = Derivation<Parts, TwoModesProblem>(
    id: "two-modes",
    title: "Seen through a square",
    example: .narrow,
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    afterChain: """
      So H is right and the evidence is not. What is missing can be counted, in Laplace's number and in \
      the bound:
      """)

  static let answer = Parts(
    hessian: { problem, z in (2 * problem.observed - 6 * z * z) / problem.noise - 1 },
    modes: { problem in
      let right = sqrt(problem.observed - 0.5 * problem.noise)
      return [-right, right]
    },
    evidence: { problem, modes in
      logSumExp(
        modes.map { z in
          let curvature = -((2 * problem.observed - 6 * z * z) / problem.noise - 1)
          return problem.logJoint(z) + 0.5 * log(2 * Double.pi / curvature)
        })
    },
    elbo: { problem, m, v in
      let (x, s) = (problem.observed, problem.noise)
      let fourth = m * m * m * m + 6 * m * m * v + 3 * v * v
      return -0.5 * log(2 * Double.pi * s) - (x * x - 2 * x * (m * m + v) + fourth) / (2 * s)
        - 0.5 * (m * m + v - 1 - log(v))
    })

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "curvature-of-the-tangent",
      "takes the decoder for its tangent: −4 z²/s − 1, negative everywhere, with no hint of two modes",
      source: "the Gauss–Newton curvature that Laplace libraries take by default", \.hessian,
      { problem, z in -4 * z * z / problem.noise - 1 }),
    Mistake(
      "modes-of-the-likelihood", "ẑ² = x: forgets that the prior pulls both modes inwards", \.modes,
      { problem in [-sqrt(problem.observed), sqrt(problem.observed)] }),
    Mistake(
      "one-mode-for-all",
      "scales the one hump up to the whole: adds log 2 where only one was asked for",
      \.evidence,
      from: { right in
        { problem, modes in right(problem, Array(modes.suffix(1))) + log(2) }
      }),
    Mistake(
      "adds-the-logarithms", "adds log-evidences of modes where evidences should be added",
      \.evidence,
      from: { right in
        { problem, modes in modes.reduce(0) { $0 + right(problem, [$1]) } }
      }),
    Mistake(
      "squares-the-square", "takes (m² + v)² for E_q[z⁴]", \.elbo,
      from: { right in
        { problem, m, v in
          right(problem, m, v) + (4 * m * m * v + 2 * v * v) / (2 * problem.noise)
        }
      }),
    Mistake(
      "decodes-the-mean", "puts log N(x; m², s) for its mean under q",
      source: "a code at its mean is not the ELBO", \.elbo,
      from: { right in
        { problem, m, v in
          let (x, s) = (problem.observed, problem.noise)
          let fourth = m * m * m * m + 6 * m * m * v + 3 * v * v
          return right(problem, m, v)
            + (x * x - 2 * x * (m * m + v) + fourth - (x - m * m) * (x - m * m)) / (2 * s)
        }
      }),
  ]
}
