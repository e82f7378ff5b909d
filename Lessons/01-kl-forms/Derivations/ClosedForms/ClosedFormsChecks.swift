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
    /// KL(q‖p) of two exponential laws.
    var exponential: @Sendable (_ q: ExponentialLaw, _ p: ExponentialLaw) -> Double
    /// KL(q‖p) of two normal laws on the line.
    var normal: @Sendable (_ q: NormalLaw, _ p: NormalLaw) -> Double
    /// KL(q‖p) of two gamma laws.
    var gamma: @Sendable (_ q: GammaLaw, _ p: GammaLaw) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    poissonSeries, exponentialIntegral, normalBregman, gammaBregman, gammaIntegral, gammaReduces,
  ]
}

extension ClosedFormsDerivation {
  static let poissonSeries = Check(
    "poisson", "Poisson:  KL = λ_q log(λ_q/λ_p) − λ_q + λ_p",
    because: "summed over the counts 0…150, whose tail is below 1e-80", claims: ["A-263"]
  ) { parts, problem in
    let (q, p) = problem.poisson
    let series = try (0...150).sum { count in
      let logQ = try q.exactLogProbability(count)
      return logQ.exponential * (logQ - (try p.exactLogProbability(count)))
    }
    return .equal(parts.poisson(q, p), series)
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
    because: "t(x) = (x, x²), η = (m/v, −1/2v), A = m²/2v + ½ log 2πv", claims: ["A-263"]
  ) { parts, problem in
    let (q, p) = problem.normal
    return .equal(parts.normal(q, p), q.exact.bregmanDivergence(from: p.exact))
  }

  static let gammaBregman = Check(
    "gamma", "Gamma:  KL = A(η_p) − A(η_q) − (η_p − η_q)·∇A(η_q)",
    because: "t(x) = (log x, x): the mean of log x is ψ(a) − log β, not log(a/β)",
    claims: ["A-263"]
  ) { parts, problem in
    let (q, p) = problem.gamma
    return .equal(
      try parts.gamma(q, p), try q.exact().bregmanDivergence(from: try p.exact()))
  }

  static let gammaIntegral = Check(
    "gamma-integral", "Gamma:  KL = ∫ q(x) log(q(x)/p(x)) dx",
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
    "gamma-of-shape-one", "a = 1:  Gamma = Exponential",
    because: "a gamma law of shape one is the exponential law of the same rate"
  ) { parts, problem in
    let (q, p) = problem.exponential
    let ratio = ExactValue(q.rate) / ExactValue(p.rate)
    return .equal(
      try parts.gamma(GammaLaw(shape: 1, rate: q.rate), GammaLaw(shape: 1, rate: p.rate)),
      ratio.logarithm + 1 / ratio - 1)
  }
}
