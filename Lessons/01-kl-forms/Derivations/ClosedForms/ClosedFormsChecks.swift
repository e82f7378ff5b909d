import GSL
import LessonKit
import Probability
import Verification

/// Derivation `closed-forms`: four families against series, quadrature and the Bregman form.
enum ClosedFormsDerivation {
  /// What is read: one closed form a family, as functions of the two laws.
  struct Parts: Sendable {
    /// KL(q‖p) of two Poisson laws.
    var poisson: @Sendable (_ q: PoissonLaw, _ p: PoissonLaw) -> Double
    /// E_q[y] of a Poisson law.
    var meanCount: @Sendable (_ q: PoissonLaw) -> Double
    /// A(η_p) − A(η_q) − (η_p − η_q) A′(η_q) of two Poisson laws: the gap between A and its tangent.
    var tangentGap: @Sendable (_ q: PoissonLaw, _ p: PoissonLaw) throws -> Double
    /// KL(q‖p) of two exponential laws.
    var exponential: @Sendable (_ q: ExponentialLaw, _ p: ExponentialLaw) -> Double
    /// KL(q‖p) of two normal laws on the line.
    var normal: @Sendable (_ q: NormalLaw, _ p: NormalLaw) -> Double
    /// KL(q‖p) of two gamma laws.
    var gamma: @Sendable (_ q: GammaLaw, _ p: GammaLaw) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    factorialsCancel, meanIsTheRate, isTheTangentGap, tangentRunsBelow, exponentialIntegral,
    normalBregman, gammaBregman, gammaIntegral, poissonSeries, gammaReduces,
  ]
}

// MARK: Poisson, step by step

extension ClosedFormsDerivation {
  static let factorialsCancel = Check(
    "factorials-cancel", "KL(q‖p) = E_q[y] log(λ_q/λ_p) − λ_q + λ_p",
    because: "log q(y) = y log λ_q − λ_q − log y!, and log y! stands in both", as: .step
  ) { parts, problem in
    let (q, p) = problem.poisson
    return .equal(
      try problem.seriesOfPoisson(),
      parts.meanCount(q) * log(q.rate / p.rate) - q.rate + p.rate)
  }

  static let meanIsTheRate = Check(
    "mean-is-the-rate",
    "E_q[y] log(λ_q/λ_p) − λ_q + λ_p = λ_q log(λ_q/λ_p) − λ_q + λ_p",
    because: "the mean of a Poisson distribution is its rate", as: .step
  ) { parts, problem in
    let (q, p) = problem.poisson
    let mean = try (0...150).sum { count in
      ExactValue(Double(count)) * (try q.exactLogProbability(count).exponential)
    }
    let (rateOfQ, rateOfP) = (ExactValue(q.rate), ExactValue(p.rate))
    return .equal(
      mean * (rateOfQ / rateOfP).logarithm - rateOfQ + rateOfP, parts.poisson(q, p))
  }

  static let isTheTangentGap = Check(
    "tangent-gap",
    "λ_q log(λ_q/λ_p) − λ_q + λ_p = A(η_p) − A(η_q) − (η_p − η_q) A′(η_q)",
    because: "with η = log λ the log-partition is A(η) = e^η, and A′(η) = λ", as: .step
  ) { parts, problem in
    let (q, p) = problem.poisson
    let (rateOfQ, rateOfP) = (ExactValue(q.rate), ExactValue(p.rate))
    return .equal(
      rateOfQ * (rateOfQ / rateOfP).logarithm - rateOfQ + rateOfP, try parts.tangentGap(q, p))
  }

  static let tangentRunsBelow = Check(
    "tangent-runs-below", "A(η_p) − A(η_q) − (η_p − η_q) A′(η_q) ≥ 0",
    because: "A = e^η is convex: at η_p its tangent at η_q runs below it", as: .step
  ) { parts, problem in
    let (q, p) = problem.poisson
    return .atLeast(
      try parts.tangentGap(q, p), 0.0, gap: try problem.seriesOfPoisson(),
      rounding: .of(
        size: p.rate * (1 + abs(log(p.rate))), because: "the terms of a gap have two signs"))
  }
}

// MARK: A line a family

extension ClosedFormsDerivation {
  static let poissonSeries = Check(
    "poisson", "Poisson:  KL = λ_q log(λ_q/λ_p) − λ_q + λ_p",
    because: "summed over the counts 0…150, whose tail is below 1e-80", claims: ["A-263"]
  ) { parts, problem in
    let (q, p) = problem.poisson
    return .equal(parts.poisson(q, p), try problem.seriesOfPoisson())
  }

  static let exponentialIntegral = Check(
    "exponential", "Exponential:  KL = log(λ_q/λ_p) + λ_p/λ_q − 1",
    because: "the integral of q log(q/p) by an adaptive rule, within its own error estimate"
  ) { parts, problem in
    let (q, p) = problem.exponential
    // Beyond 60 mean lifetimes less than 1e-24 is left.
    let integral = try Quadrature.adaptive(from: 0, to: 60 / q.rate, absolute: 1e-13) { x in
      exp(q.logDensity(x)) * (q.logDensity(x) - p.logDensity(x))
    }
    // The closed form adds three terms; as λ_p > λ_q none is larger than their ratio.
    let rounding = 4 * Double.ulpOfOne * (p.rate / q.rate)
    return .within(
      parts.exponential(q, p), integral.value, bound: integral.error + rounding)
  }

  static let normalBregman = Check(
    "normal", "Normal:  KL = A(η_p) − A(η_q) − (η_p − η_q)·∇A(η_q)",
    because: "t(z) = (z, z²), η = (m/v, −1/2v), A = m²/2v + ½ log 2πv", claims: ["A-263"],
    as: .consequence
  ) { parts, problem in
    let (q, p) = problem.normal
    return .equal(parts.normal(q, p), q.exact.bregmanDivergence(from: p.exact))
  }

  static let gammaBregman = Check(
    "gamma", "Gamma:  KL = A(η_p) − A(η_q) − (η_p − η_q)·∇A(η_q)",
    because: "t(z) = (log z, z): the mean of log z is ψ(α) − log λ, not log(α/λ)",
    claims: ["A-263"], as: .consequence
  ) { parts, problem in
    let (q, p) = problem.gamma
    return .equal(
      try parts.gamma(q, p), try q.exact().bregmanDivergence(from: try p.exact()))
  }

  static let gammaIntegral = Check(
    "gamma-integral", "Gamma:  KL = ∫ q(z) log(q(z)/p(z)) dz",
    because: "an adaptive rule, within its own error estimate: no closed form on this side",
    claims: ["A-263"]
  ) { parts, problem in
    let (q, p) = problem.gamma
    // In u = log x the integrand has no end where a power is not smooth. Shapes lie between 1.5
    // and 8: below e^−45 and beyond (8 + 80)/β less than 1e-24 is left.
    let integral = try Quadrature.adaptive(
      from: -45, to: log((q.shape + 80) / q.rate), absolute: 1e-13
    ) { u in
      let logQ = try q.logDensity(exp(u))
      return exp(logQ + u) * (logQ - (try p.logDensity(exp(u))))
    }
    // The closed form adds five terms of at most 20: shapes are below 8 and p's rate is below 2.7
    // of q's, so that the last, a_q (β_p − β_q)/β_q, is the largest.
    return .within(
      try parts.gamma(q, p), integral.value, bound: integral.error + 64 * Double.ulpOfOne * 20)
  }

  static let gammaReduces = Check(
    "gamma-of-shape-one", "α_q = α_p = 1:  KL(q‖p) = log(λ_q/λ_p) + λ_p/λ_q − 1",
    because: "a gamma distribution of shape one is the exponential one of the same rate",
    changing: { _ in [Given("α_q", 1), Given("α_p", 1)] }
  ) { parts, problem in
    let (q, p) = problem.exponential
    let ratio = ExactValue(q.rate) / ExactValue(p.rate)
    return .equal(
      try parts.gamma(GammaLaw(shape: 1, rate: q.rate), GammaLaw(shape: 1, rate: p.rate)),
      ratio.logarithm + 1 / ratio - 1)
  }
}
