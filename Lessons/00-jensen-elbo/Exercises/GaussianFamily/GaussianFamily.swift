import Approximate
import GSL
import LessonKit
import Models
import Probability

extension GaussianFamilyExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, GaussianFamilyProblem>(
    id: "gaussian-family",
    title: "When the family is too small",
    task: """
      With z ~ N(0, 1), write the ELBO of q = N(mean, variance) in closed form for a count \
      y | z ~ Poisson(e^(z + shift)) and for x | z ~ N(slope · z, noise). Then find the Gaussian \
      with the highest ELBO for the count. One posterior is a Gaussian and the other is none: only \
      one of the two bounds can be made tight.
      """,
    hints: [
      "E_q[log p(x|z)] − KL(q‖p(z)); the divergence is ½ (m² + v − 1 − log v).",
      "E_q[z²] = m² + v, and E_q[e^z] = e^(m + v/2): not e^m.",
      "Set both slopes to zero. With λ = e^(m + c + v/2): m = y − λ and 1/v = 1 + λ.",
      "That leaves one equation in λ, with one side rising and one falling: bisect.",
    ],
    example: .threeEvents,
    draw: { try .random(&$0) },
    checks: checks,
    answer: Parts(
      ofCount: { model, mean, variance in model.elbo(mean: mean, variance: variance).value },
      ofLine: { model, mean, variance in model.elbo(mean: mean, variance: variance).value },
      best: { $0.bestGaussian() }),
    mistakes: mistakes, handin: handin,
    afterChain: """
      The other observation, through a line, has a posterior that is a Gaussian. There q can be \
      the posterior:
      """)

  static let mistakes: [Mistake<Parts>] = [
    // e^(m + c) is smaller than its mean under q: the bound comes out too high.
    Mistake(
      "rate-at-the-mean", "e^m in place of E_q[e^z] = e^(m + v/2)",
      source: "pytorch/examples #419 (deterministic code at test time is not the ELBO)", \.ofCount
    ) { model, mean, variance in
      model.elbo(mean: mean, variance: variance).value + exp(mean + model.shift + 0.5 * variance)
        - exp(mean + model.shift)
    },
    // Three steps.
    Mistake(
      "constant-of-the-divergence", "KL(q‖p) with the constant T/2, T steps, in place of d/2",
      source: "ericjang/draw #2, #6", \.ofCount
    ) { model, mean, variance in
      model.elbo(mean: mean, variance: variance).value + 0.5 * (3 - 1)
    }.and(\.ofLine) { model, mean, variance in
      model.elbo(mean: mean, variance: variance).value + 0.5 * (3 - 1)
    },
    Mistake(
      "deviation-for-variance-in-q", "reads the second number of q as a standard deviation",
      \.ofCount
    ) { model, mean, deviation in
      model.elbo(mean: mean, variance: deviation * deviation).value
    }.and(\.ofLine) { model, mean, deviation in
      model.elbo(mean: mean, variance: deviation * deviation).value
    },
    Mistake(
      "quadratic-without-half", "m² in place of ½ m² in the divergence", source: "E-014", \.ofCount
    ) { model, mean, variance in
      model.elbo(mean: mean, variance: variance).value - 0.5 * mean * mean
    }.and(\.ofLine) { model, mean, variance in
      model.elbo(mean: mean, variance: variance).value - 0.5 * mean * mean
    },
    Mistake(
      "gives-the-evidence",
      "log E_q[p/q], in which q cancels: every m and v gives log p(x) itself", \.ofLine
    ) { model, _, _ in
      NormalLaw(mean: 0, variance: model.slope * model.slope + model.noise)
        .logDensity(model.observed)
    },
    Mistake(
      "mode-for-best", "mode and curvature of log p(z, y) (Laplace) as the best Gaussian", \.best
    ) { laplace($0) },
  ]

  /// Laplace's Gaussian: the mode solves y − e^(z + c) − z = 0, by Newton's method, and the
  /// variance is one over the curvature 1 + e^(z + c).
  static func laplace(_ model: PoissonCount) -> (mean: Double, variance: Double) {
    var mode = 0.0
    for _ in 0..<100 {
      let rate = exp(mode + model.shift)
      mode += (Double(model.count) - rate - mode) / (1 + rate)
    }
    return (mode, 1 / (1 + exp(mode + model.shift)))
  }
}
