import GSL
import LessonKit
import Models

extension HierarchyDerivation {
  /// The derivation, the bound and its best codes, and the ways to get them wrong.
  static let derivation = Derivation<Parts, Problem>(
    id: "hierarchy", title: "A top that the data do not need", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      Four statements say what the bound wants of the top layer:
      """)

  static let answer = Parts(
    bound: { problem, code in bound(problem, code, rest: 1 - problem.rho * problem.rho) },
    best: { problem in
      let total = problem.a * problem.a + problem.v
      return Code(
        lower: GaussianCode(
          mean: problem.a * problem.x / total, logSd: 0.5 * log(problem.v / total)),
        top: GaussianCode(mean: 0, logSd: 0.5 * log(1 - problem.rho * problem.rho)),
        follows: problem.rho)
    },
    independent: { problem in
      // Means of the posterior, and variances 1/J_ii.
      let (total, rest) = (
        problem.a * problem.a + problem.v, 1 - problem.rho * problem.rho
      )
      let mean = problem.a * problem.x / total
      return Code(
        lower: GaussianCode(
          mean: mean, logSd: -0.5 * log(1 / rest + problem.a * problem.a / problem.v)),
        top: GaussianCode(mean: problem.rho * mean, logSd: 0.5 * log(rest)), follows: 0)
    })

  /// The bound of a code, term by term.
  ///
  /// ```
  /// E_q[log p(z_2|z_1)] = −½ (log 2π(1 − ρ²) + E[(z_2 − ρ z_1)²]/(1 − ρ²))
  /// z_2 − ρ z_1 = (1 − ρ κ) z_2 − ρ b − ρ σ′ ε
  /// ```
  private static func bound(_ problem: Problem, _ code: Code, rest: Double) -> Double {
    let (lower, top, rho) = (code.lower, code.top, problem.rho)
    let variances = (lower.deviation * lower.deviation, top.deviation * top.deviation)
    let seen = problem.x - problem.a * lower.mean
    let square = seen * seen + problem.a * problem.a * variances.0
    let kept = 1 - rho * code.follows
    let step = kept * lower.mean - rho * top.mean
    let stepSquare = step * step + kept * kept * variances.0 + rho * rho * variances.1
    let above = top.mean + code.follows * lower.mean
    let topSquare = above * above + code.follows * code.follows * variances.0 + variances.1
    let tau = 2 * Double.pi
    let logJoint =
      log(tau * problem.v) + square / problem.v + log(tau * rest) + stepSquare / rest + log(tau)
      + topSquare
    return -0.5 * logJoint + 1 + log(tau) + lower.logSd + top.logSd
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "widens-with-the-top", "z_2|z_1 ~ N(ρ z_1, 1): the top adds to what the lower layer varies",
      \.bound
    ) { problem, code in bound(problem, code, rest: 1) },
    Mistake("shows-the-top", "x is decoded from z_2 + z_1/2, so that the top is seen", \.bound) {
      problem, code in
      let top = code.top.mean + code.follows * code.lower.mean
      let shift = 0.5 * problem.a * top
      let seen = problem.x - problem.a * code.lower.mean
      let share = 1 + 0.5 * code.follows
      let more =
        (share * share - 1) * code.lower.deviation * code.lower.deviation
        + 0.25 * code.top.deviation * code.top.deviation
      return answer.bound(problem, code)
        - 0.5 * (shift * shift - 2 * shift * seen + problem.a * problem.a * more) / problem.v
    },
    Mistake("top-from-the-prior", "draws the top from its prior, whatever z_2 is", \.best) {
      problem in
      Code(
        lower: answer.best(problem).lower, top: GaussianCode(mean: 0, logSd: 0), follows: 0)
    },
    Mistake(
      "marginals-of-the-posterior", "the variances of p(z|x), not the inverse of its precisions",
      \.independent
    ) { problem in
      var code = answer.independent(problem)
      code.lower = answer.best(problem).lower
      return code
    },
  ]
}
