import JSONText
import LessonKit
import Models

extension GaussianFamilyExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      The best Gaussian is not Laplace's: it looks at the mean of the rate over q, not at the rate in one place. \
      And the best is not tight: no member of this family is the posterior, so some \
      divergence is left whatever is maximised.
      """,
    HandinPart(
      "elbo_of_count",
      "The ELBO of q = N(mean, variance) for z ~ N(0, 1) and a count y|z ~ Poisson(e^(z + shift)), "
        + "with −log y! in it.",
      given: count + moments, returns: .number("the ELBO"), \.ofCount
    ) { program, right in
      { model, mean, variance in
        program.number([
          "count": .given(model.count), "shift": .given(model.shift), "mean": .given(mean),
          "variance": .given(variance),
        ]) { right(model, mean, variance) }
      }
    },
    HandinPart(
      "elbo_of_line",
      "The ELBO of q = N(mean, variance) for z ~ N(0, 1) and x|z ~ N(slope · z, noise).",
      given: [
        .number("slope", "what x moves by for each unit of z"),
        .number("noise", "the variance of x given z"), .number("observed", "x"),
      ] + moments, returns: .number("the ELBO"), \.ofLine
    ) { program, right in
      { model, mean, variance in
        program.number([
          "slope": .given(model.slope), "noise": .given(model.noise),
          "observed": .given(model.observed), "mean": .given(mean), "variance": .given(variance),
        ]) { right(model, mean, variance) }
      }
    },
    HandinPart(
      "best_for_count", "The Gaussian with the highest ELBO for the count, to all digits.",
      given: count, returns: .numbers("two numbers: its mean and its variance"), \.best
    ) { program, right in
      { model in
        let best = program.numbers(["count": .given(model.count), "shift": .given(model.shift)]) {
          let right = right(model)
          return [right.mean, right.variance]
        }
        return (best[0], best[1])
      }
    })

  private static let count: [HandinArgument] = [
    .integer("count", "y"), .number("shift", "c, the log-rate at z = 0"),
  ]
  private static let moments: [HandinArgument] = [
    .number("mean", "m, the mean of q"), .number("variance", "v, the variance of q, not its root"),
  ]
}
