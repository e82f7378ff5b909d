import Approximate
import GSL
import LessonKit
import Models
import Probability

extension GaussianMStepExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, LineProblem>(
    id: "gaussian-m-step",
    title: "An M-step with Gaussians",
    task: """
      Write the M-step of a mixture of Gaussians on the line, `maximised`: weights, means and \
      variances that maximise E_q[log p(x, z | θ)] for given responsibilities. It is solved in closed form: no \
      gradient, no step size.
      """,
    hints: [
      "Each component sees the data weighted by its responsibilities, and nothing else.",
      "mean_k = Σ_n r_nk x_n / N_k, with N_k = Σ_n r_nk.",
      "The variance is measured around the new mean, and divided by N_k, not by N_k − 1.",
    ],
    example: .fourPoints,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      maximised: { mixture, rows, data in try mixture.maximised(by: rows, over: data) }),
    mistakes: mistakes, handin: handin)

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "variance-around-the-old-mean", "uses mean_k from before the step", \.maximised
    ) { mixture, rows, data in
      let best = try mixture.maximised(by: rows, over: data)
      return try GaussianMixture(
        weights: best.weights, means: best.means,
        variances: squaresAround(mixture.means, of: best))
    },
    Mistake(
      "deviation-for-variance", "stores a standard deviation where a variance belongs", \.maximised
    ) { mixture, rows, data in
      let best = try mixture.maximised(by: rows, over: data)
      return try GaussianMixture(
        weights: best.weights, means: best.means, variances: best.variances.map { sqrt($0) })
    },
    Mistake(
      "gaussian-weights-kept", "updates means and variances and forgets the weights", \.maximised
    ) { mixture, rows, data in
      let best = try mixture.maximised(by: rows, over: data)
      return try GaussianMixture(
        weights: mixture.weights, means: best.means, variances: best.variances)
    },
    Mistake(
      "means-kept", "variances around the means it should have moved", \.maximised
    ) { mixture, rows, data in
      let best = try mixture.maximised(by: rows, over: data)
      return try GaussianMixture(
        weights: best.weights, means: mixture.means,
        variances: squaresAround(mixture.means, of: best))
    },
  ]

  /// var_k + (mean_k − centre_k)², the mean square distance from another centre.
  private static func squaresAround(_ centres: [Double], of mixture: GaussianMixture) -> [Double] {
    mixture.variances.indices.map { k in
      let move = mixture.means[k] - centres[k]
      return mixture.variances[k] + move * move
    }
  }
}
