import Approximate
import LessonKit
import Probability

extension ExponentialFamilyDerivation {
  /// The rule with its covariance, and the ways to lose it.
  static let derivation = Derivation<Parts, GaussianSleep>(
    id: "exponential-family", title: "Recognition that gives means", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      The same step is written with means and with parameters. For a Gaussian the means have \
      to include that of the square:
      """)

  private static let answer = Parts(
    step: { try $0.rule.step($0.target) },
    printed: { problem in
      let rule = problem.rule
      return rule.pulledBack(zip(problem.target, rule.mean).map { $0 - $1 })
    },
    mean: { m, v in [m, m * m + v] })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "leaves-out-the-covariance", "(∂f/∂φ)ᵀ (s − f), as printed", source: "E-038", \.step
    ) { problem in
      let rule = problem.rule
      return rule.pulledBack(zip(problem.target, rule.mean).map { $0 - $1 })
    },
    Mistake("multiplies-by-the-covariance", "Cov in the place of its inverse", \.step) { problem in
      let rule = problem.rule
      let errors = zip(problem.target, rule.mean).map { $0 - $1 }
      return rule.pulledBack(
        rule.covariance.map { row in zip(row, errors).reduce(0) { $0 + $1.0 * $1.1 } })
    },
    Mistake("keeps-the-diagonal", "each statistic is divided by its own variance", \.step) {
      problem in
      let rule = problem.rule
      let errors = zip(problem.target, rule.mean).map { $0 - $1 }
      return rule.pulledBack(errors.indices.map { errors[$0] / rule.covariance[$0][$0] })
    },
    Mistake(
      "prints-the-right-rule-here", "the right rule where the printed one is asked for", \.printed
    ) { try $0.rule.step($0.target) },
    Mistake(
      "means-of-z-alone", "f = (E_q[z], E_q[z]²): the mean of z in the place of that of s(z)",
      source: "E-039", \.mean
    ) { m, _ in [m, m * m] },
    Mistake("mistakes-variance-for-square", "f = (m, v): a central moment", \.mean) { m, v in
      [m, 2 * v]
    },
  ]
}

extension GaussianSleep {
  /// The library's rule at this q: Cov(z, z²) of a Gaussian, and ∂(m, m² + v)/∂(m, log v).
  var rule: MeanParameterRule {
    MeanParameterRule(
      mean: [m, m * m + v],
      covariance: [[v, 2 * m * v], [2 * m * v, 4 * m * m * v + 2 * v * v]],
      jacobian: [[1, 0], [2 * m, v]])
  }
}
