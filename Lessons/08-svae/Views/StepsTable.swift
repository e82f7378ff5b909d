import LessonKit
import Probability

/// Eight steps of the published rule.
@Sendable func stepsTable(_: RunContext) throws -> Table {
  let steps = try Steps(8, truncated: true, rates: true)
  return Table(
    title: "Steps η ← η₀ + t̄ on three points",
    columns: ["step", "surrogate", "ELBO", "cosine", "rate of the ELBO"],
    rows: steps.points.enumerated().map { step, point in
      [
        .given(step), .exact(point.surrogate), .exact(point.elbo), .exact(point.cosine, digits: 4),
        .exact(point.rate, digits: 3),
      ]
    },
    note:
      "The rate is the change of the ELBO per unit of step, where the step begins. The cosine is that "
      + "of the step with the natural gradient of the ELBO; angles are measured by the Fisher "
      + "information of q(θ), so that cosine and rate have one sign.")
}
