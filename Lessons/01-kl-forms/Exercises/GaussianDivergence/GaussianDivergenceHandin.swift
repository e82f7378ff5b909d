import JSONText
import LessonKit
import Probability

extension GaussianDivergenceExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      Four terms under one half. A wrong constant moves no optimum, so training does not show it; a lost half \
      before the quadratic term does move it, and every encoder trained so keeps its means \
      too near to the prior's.
      """,
    HandinPart(
      "mean_distance",
      "E_q[(z − μ_p)ᵀ C_p⁻¹ (z − μ_p)], the mean under q of the squared distance that p measures.",
      given: pair, returns: .number("the mean"), \.meanDistance
    ) { program, right in
      { q, p in
        let answer = try right(q, p)
        return program.number(given(q, p)) { answer }
      }
    },
    HandinPart(
      "divergence", "KL(q‖p) in closed form.",
      given: pair, returns: .number("KL(q‖p)"), \.kullbackLeibler
    ) { program, right in
      { q, p in
        let answer = try right(q, p)
        return program.number(given(q, p)) { answer }
      }
    })

  private static let pair: [HandinArgument] = [
    .numbers("mean_q", "μ_q, one number a dimension"),
    .matrix("covariance_q", "C_q, symmetric and positive definite"),
    .numbers("mean_p", "μ_p"), .matrix("covariance_p", "C_p"),
  ]

  private static func given(_ q: Gaussian, _ p: Gaussian) -> JSON {
    [
      "mean_q": .given(q.mean), "covariance_q": .given(GaussianPair.rows(q)),
      "mean_p": .given(p.mean), "covariance_p": .given(GaussianPair.rows(p)),
    ]
  }
}
