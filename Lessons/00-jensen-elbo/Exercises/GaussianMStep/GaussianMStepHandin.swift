import JSONText
import LessonKit
import Models

extension GaussianMStepExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      The M-step repeats what was counted: the share, the mean and the mean square of what each \
      component is responsible for. A component that is responsible for a single datum gets \
      variance 0 and an infinite likelihood; a maximum of the likelihood is not always what is wanted.
      """,
    HandinPart(
      "maximised",
      "The M-step: the weights, means and variances that maximise Σ_n Σ_k r_nk log [π_k N(x_n; mean_k, var_k)].",
      given: [
        .numbers("weights", "π_k, what the weights are now"),
        .numbers("means", "mean_k, what the means are now"),
        .numbers("variances", "var_k, what the variances are now"),
        .matrix("responsibilities", "r_nk, a row a datum, whoever made them"),
        .numbers("data", "x_n"),
      ],
      returns: .matrix("three rows: weights, means, variances"), \.maximised
    ) { program, right in
      { mixture, rows, data in
        let best = try right(mixture, rows, data)
        let found = program.matrix([
          "weights": .given(mixture.weights), "means": .given(mixture.means),
          "variances": .given(mixture.variances), "responsibilities": .given(rows),
          "data": .given(data),
        ]) { [best.weights, best.means, best.variances] }
        return try GaussianMixture(weights: found[0], means: found[1], variances: found[2])
      }
    })
}
