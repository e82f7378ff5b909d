import LessonKit
import Models
import Verification

/// Exercise `landing`: the path alone.
enum LandingExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The two components of the estimate for one noise.
    var terms:
      @Sendable (_ model: LinearGaussian, _ code: GaussianCode, _ noise: Double) -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, LineProblem>

  static let checks: [Check] = [
    unbiased, spreadOfMean, spreadOfScale, home, meanAtHome, quiet,
  ]

  static let unbiased = Check(
    "unbiased", "∇ELBO = E[(g(z) + ε/σ) (1, σ ε)]",
    because: "what is left out, −∂log q/∂(m, s), has the mean zero", claims: ["A-178"], as: .step
  ) { parts, problem in
    .equal(
      try problem.mean { parts.terms(problem.model, problem.code, $0) }, problem.gradient,
      rounding: wide)
  }

  static let spreadOfMean = Check(
    "variance-by-m", "Var[g(z) + ε/σ] = (Λ − 1/σ²)² σ²",
    because: "the slopes of log p and of log q are lines, and their difference is one",
    as: .consequence
  ) { parts, problem in
    let sigma = problem.deviation
    let slope = (problem.precision - 1 / (sigma * sigma)) * sigma
    return .equal(
      try problem.variances { [parts.terms(problem.model, problem.code, $0)[0]] },
      [slope * slope], rounding: wide)
  }

  static let spreadOfScale = Check(
    "variance-by-s", "Var[(g(z) + ε/σ) σ ε] = g(m)² σ² + 2 (Λ σ² − 1)²",
    because: "Var[ε] = 1, Var[ε²] = 2, and the two do not vary together", as: .consequence
  ) { parts, problem in
    let sigma = problem.deviation
    let (line, square) = (
      problem.slopeAtMean * sigma, problem.precision * sigma * sigma - 1
    )
    return .equal(
      try problem.variances { [parts.terms(problem.model, problem.code, $0)[1]] },
      [line * line + 2 * square * square], rounding: wide)
  }

  static let home = Check(
    "at-home", "1 + (g(z) + ε/σ) (1, σ ε) = 1 if q(z) = p(z|x)",
    because: "there f is the constant log p(x), and every draw says so",
    claims: [.against("A-181")],
    as: .specialCase,
    changing: { problem in
      [
        Given("m", problem.atThePosterior.code.mean),
        Given("s", problem.atThePosterior.code.logSd),
      ]
    }
  ) { parts, problem in
    let there = problem.atThePosterior
    let found = there.noises.flatMap { parts.terms(there.model, there.code, $0) }
    return .equal(found.map { 1 + $0 }, found.map { _ in 1.0 }, rounding: wide)
  }

  static let meanAtHome = Check(
    "mean-at-home", "1 + E[(g(z) + ε/σ) (1, σ ε)] = 1 if q(z) = p(z|x)",
    because: "the ELBO has its highest point there; its mean slope says less than every draw",
    as: .specialCase,
    changing: { problem in
      [
        Given("m", problem.atThePosterior.code.mean),
        Given("s", problem.atThePosterior.code.logSd),
      ]
    }
  ) { parts, problem in
    let there = problem.atThePosterior
    let found = try there.mean { parts.terms(there.model, there.code, $0) }
    return .equal(found.map { 1 + $0 }, [1.0, 1.0], rounding: wide)
  }

  static let quiet = Check(
    "without-noise", "(g(z) + ε/σ) (1, σ ε) = (g(m), 0) if ε = 0",
    because: "the draw is m, and log q(z) is flat there", as: .specialCase,
    changing: { _ in [Given("ε", 0.0)] }
  ) { parts, problem in
    .equal(
      parts.terms(problem.model, problem.code, 0), [problem.slopeAtMean, 0], rounding: wide)
  }

  private static let wide = Rounding.of(
    size: 60, because: "slopes of up to 8 and their squares cancel")
}
