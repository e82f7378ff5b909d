import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension ModeAndCurvatureExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, ModeProblem>(
    id: "mode-and-curvature",
    title: "A mode and what it is made of",
    task: """
      Write Newton's `step` for counts with log-rates c + F z, the `curvature` −H of log p(y, z), the `covariance` that \
      Laplace's Gaussian gets from it, and its log-evidence.
      """,
    hints: [
      "The slope of y η − e^η in η is y − λ, its second derivative −λ. The prior adds −P (z − μ), and −P.",
      "A step solves (−H)(z′ − z) = slope.",
      "−H is positive definite at a maximum. Which of H⁻¹ and (−H)⁻¹ has variances on its diagonal?",
    ],
    example: try .threeCounts(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    handin: handin,
    afterChain: """
      The curvature stands for two things at once: how log p(z|y) bends, here at z along u, and, at its peak, \
      the precision of the Gaussian that is put there. (The 1 in the second line is the matrix (1, 0; 0, 1).)
      """)

  static let answer = Parts(
    curvature: { model, z in model.derivatives(at: Vector(z)).curvature.rowArrays },
    step: { model, z in try model.newtonStep(from: Vector(z)).array },
    covariance: { try LaplaceApproximation.covariance(Matrix($0)).rowArrays },
    evidence: { try LaplaceApproximation.logEvidence(logJoint: $0, Matrix($1)) })

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "hessian-as-covariance", "puts H⁻¹ for the covariance: a Gaussian with negative variances",
      source: "E-001", \.covariance, from: { right in { try right($0).map { $0.map { -$0 } } } }),
    Mistake(
      "precision-for-covariance", "returns −H where its inverse is meant", \.covariance, { $0 }),
    Mistake(
      "inverts-the-diagonal",
      "inverts the diagonal of −H alone: the numbers of z become independent",
      source: "the diagonal option of Laplace libraries", \.covariance,
      { curvature in
        curvature.indices.map { i in
          curvature.indices.map { i == $0 ? 1 / curvature[i][i] : 0 }
        }
      }),
    Mistake(
      "steps-downhill", "takes H for −H in the step and walks away from the mode", \.step,
      from: { right in
        { model, z in zip(z, try right(model, z)).map { 2 * $0 - $1 } }
      }),
    Mistake(
      "fits-the-counts-alone",
      "forgets the prior's slope: the steps end at a maximum of the likelihood",
      \.step,
      { model, z in
        let weights = model.meansOfEvents(at: z)
        let slope = model.features.transposedTimes(model.counts - weights)
        let whole = model.curvature(weights.array) - model.precision
        return
          (Vector(z)
          + Vector(
            try LinearAlgebra.solve(
              order: z.count, whole.array, right: slope.array))).array
      }),
    Mistake(
      "curves-by-the-counts",
      "takes y for λ in the curvature, which is right only where the fit is perfect",
      \.curvature, { model, _ in model.curvature(model.counts.array).rowArrays }),
    Mistake(
      "one-dimension-short", "adds ½ log 2π once, whatever the dimension",
      source: "ericjang/draw #2 counted the other way round", \.evidence,
      from: { right in
        { try right($0, $1) - 0.5 * Double($1.count - 1) * log(2 * Double.pi) }
      }),
    Mistake(
      "adds-the-determinant", "adds ½ log|−H|: a sharp peak gets more evidence than a broad one",
      \.evidence,
      from: { right in
        { logJoint, curvature in
          let whole = try LinearAlgebra.logDeterminant(
            order: curvature.count, Array(curvature.joined()))
          return try right(logJoint, curvature) + whole.logMagnitude
        }
      }),
  ]
}
