import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension BestGaussianExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, CountsProblem>(
    id: "best-gaussian",
    title: "The Gaussian of the largest ELBO",
    task: """
      For counts with log-rates c + F z and q = N(m, V) write the `elbo`, its `slope` in m, the `precision` that V⁻¹ has to \
      be where it stands still in V, and find the `best` q.
      """,
    hints: [
      "Under q each η_i is N(c_i + f_i·m, f_iᵀ V f_i), and E[e^η] of N(a, v) is e^(a + v/2).",
      "KL(q‖p(z)) = ½ (tr P V + (m − μ)ᵀ P (m − μ) − d + log|Σ| − log|V|).",
      "Alternate V⁻¹ ← precision and m ← m + V slope; half of the way to either, if it swings.",
    ],
    example: try .threeCounts(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    handin: handin,
    afterChain: """
      The conditions are those of the mode, with one change: rates are averaged over q where Laplace takes them at ẑ. What \
      does that buy? One count is enough to see it:
      """)

  static let answer = Parts(
    elbo: { model, q in try model.elbo(of: q) },
    slope: { model, q in try model.boundDerivatives(at: q).slope.array },
    precision: { model, q in try model.boundDerivatives(at: q).precision.rowArrays },
    best: { try BestGaussian(for: $0).q })

  /// The answer to another question: expected rates that are not e^(a + v/2).
  private static func derivatives(
    _ model: LatentGaussian, _ q: GaussianFactor,
    rate: (_ mean: Double, _ variance: Double) -> Double
  ) -> (slope: [Double], precision: [[Double]]) {
    let rates = model.observations.indices.map { i in
      let row = model.features.row(i)
      return rate(model.offset[i] + row.dot(q.mean), row.dot(q.covariance.times(row)))
    }
    let fit = model.features.transposedTimes(model.counts - Vector(rates))
    return (
      (fit - model.precision.times(q.mean - model.mean)).array,
      model.curvature(rates).rowArrays
    )
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "rates-at-the-mean", "takes e^(c + f·m) for the mean rate: the bound comes out too high",
      source: "pytorch/examples #419 (a code at its mean is not the ELBO)", \.elbo,
      from: { right in
        { @Sendable model, q in
          try right(model, q)
            + model.observations.indices.reduce(0) { sum, i in
              let row = model.features.row(i)
              let (a, v) = (model.offset[i] + row.dot(q.mean), row.dot(q.covariance.times(row)))
              return sum + exp(a + 0.5 * v) - exp(a)
            }
        }
      }
    ).and(\.slope, { model, q in derivatives(model, q) { mean, _ in exp(mean) }.slope }),
    Mistake(
      "forgets-the-half", "takes e^(a + v) for the mean of e^η", \.precision,
      { model, q in derivatives(model, q) { exp($0 + $1) }.precision }),
    Mistake(
      "entropy-with-the-wrong-sign", "subtracts the entropy of q: the narrower, the better",
      source: "StateSpaceDynamics.jl #36", \.elbo,
      from: { right in { model, q in try right(model, q) - 2 * q.entropy } }),
    Mistake(
      "mode-for-best", "returns Laplace's Gaussian", \.best, { try LaplaceApproximation(of: $0).q }),
    Mistake(
      "numbers-apart", "keeps the numbers of z independent under q: a smaller family",
      source: "a mean-field default where a full covariance was asked for", \.best,
      { try BestGaussian(for: $0, isDiagonal: true).q }),
    Mistake(
      "means-and-no-widths", "moves m to its optimum and leaves V as the prior has it", \.best,
      { model in
        var q = try GaussianFactor(mean: model.mean, covariance: model.covariance)
        for _ in 0..<200 {
          let derivatives = try model.boundDerivatives(at: q)
          let step = try LinearAlgebra.choleskySolve(
            order: q.dimension, derivatives.precision.array, right: derivatives.slope.array)
          q = try GaussianFactor(
            mean: q.mean + 0.5 * Vector(step), covariance: q.covariance)
        }
        return q
      }),
    Mistake(
      "forgets-the-prior-precision", "V⁻¹ from the rates alone", \.precision,
      from: { right in
        { model, q in
          (Matrix(try right(model, q)) - model.precision).rowArrays
        }
      }),
  ]
}
