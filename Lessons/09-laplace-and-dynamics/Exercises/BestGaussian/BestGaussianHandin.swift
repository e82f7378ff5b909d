import JSONText
import LessonKit
import Models
import Networks
import Probability

extension BestGaussianExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      The fixed point of the best Gaussian and Newton's method for the mode are nearly the same program. A mean under q in the \
      place of a value at ẑ is the whole difference, and it moves the Gaussian to where the mass is.
      """,
    HandinPart(
      "elbo", "The ELBO of q, with −Σ log y_i! in it.", given: CountsArguments.all + q,
      returns: .number("the ELBO"), \.elbo
    ) { program, right in
      { model, q in
        let wanted = try right(model, q)
        return program.number(.object(given(model, q))) { wanted }
      }
    },
    HandinPart(
      "slope", "The slope of the ELBO in m.", given: CountsArguments.all + q,
      returns: .numbers("as many numbers as m has"), \.slope
    ) { program, right in
      { model, q in
        let wanted = try right(model, q)
        return program.numbers(.object(given(model, q))) { wanted }
      }
    },
    HandinPart(
      "precision", "What V⁻¹ is where the ELBO stands still in V, with the mean rates of q.",
      given: CountsArguments.all + q, returns: .matrix("as many rows and columns as V"),
      \.precision
    ) { program, right in
      { model, q in
        let wanted = try right(model, q)
        return program.matrix(.object(given(model, q))) { wanted }
      }
    },
    HandinPart(
      "best", "The q of the largest ELBO, to all digits.", given: CountsArguments.all,
      returns: .matrix("m as one row, then the rows of V"), \.best
    ) { program, right in
      { model in
        let wanted = try right(model)
        let rows = program.matrix(.object(CountsArguments.given(model))) {
          [wanted.mean.array] + wanted.covariance.rowArrays
        }
        return try GaussianFactor(
          mean: Vector(rows.first ?? []), covariance: Matrix(Array(rows.dropFirst())).symmetrised)
      }
    })

  private static let q: [HandinArgument] = [
    .numbers("q_mean", "m, the mean of q"), .matrix("q_covariance", "V, its covariance"),
  ]

  private static func given(
    _ model: LatentGaussian, _ q: GaussianFactor
  ) -> [(key: String, value: JSON)] {
    CountsArguments.given(model) + [
      ("q_mean", .given(q.mean.array)), ("q_covariance", .given(q.covariance.rowArrays)),
    ]
  }
}
