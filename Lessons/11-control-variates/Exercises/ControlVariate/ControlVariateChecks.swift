import LessonKit
import Probability
import Verification

/// Exercise `control-variate`: something with a known mean is subtracted, and its mean added back.
enum ControlVariateExercise {
  /// What is written.
  struct Parts: Sendable {
    /// c*, from q, f and h.
    var coefficient:
      @Sendable (_ probabilities: [Double], _ signals: [Double], _ control: [Double]) -> Double
    /// The mean over draws of f − c (h − E[h]), from f and h at the draws.
    var corrected:
      @Sendable (_ signals: [Double], _ control: [Double], _ mean: Double, _ coefficient: Double)
        -> Double
    /// ĉ, from f and h at the draws alone; 0 where all h agree.
    var fitted: @Sendable (_ signals: [Double], _ control: [Double]) -> Double
  }

  typealias Check = LessonKit.Check<Parts, ControlProblem>

  static let checks: [Check] = [expanded, squared, mean, fitted, apart, scaled]

  static let expanded = Check(
    "expanded", "Var[f − c (h − E[h])] = Var[f] − 2 c Cov[f, h] + c² Var[h]",
    because: "the variance of a difference; E[h] is a number and has none", as: .step
  ) { parts, problem in
    let (f, h, c) = (problem.signals, problem.control, problem.coefficient)
    let values = f.indices.map { parts.corrected([f[$0]], [h[$0]], problem.mean(h), c) }
    return .equal(
      problem.covariance(values, values),
      problem.covariance(f, f) - 2 * c * problem.covariance(f, h)
        + c * c * problem.covariance(h, h),
      rounding: terms(problem))
  }

  static let squared = Check(
    "squared",
    "Var[f] − 2 c Cov[f, h] + c² Var[h] = (1 − ρ²) Var[f] + (c − c*)² Var[h],"
      + "  c* = Cov[f, h]/Var[h]",
    because: "complete the square in c; ρ² is Cov[f, h]²/(Var[f] Var[h])", as: .step
  ) { parts, problem in
    let (f, h, c) = (problem.signals, problem.control, problem.coefficient)
    let away = c - parts.coefficient(problem.probabilities, f, h)
    let (varianceOfF, varianceOfH) = (problem.covariance(f, f), problem.covariance(h, h))
    let both = problem.covariance(f, h)
    return .equal(
      varianceOfF - 2 * c * both + c * c * varianceOfH,
      varianceOfF - both * both / varianceOfH + away * away * varianceOfH,
      rounding: terms(problem))
  }

  static let mean = Check(
    "mean", "E[f − c (h − E[h])] = E[f]  for every c",
    because: "what is subtracted has the mean zero", as: .consequence
  ) { parts, problem in
    let (f, h) = (problem.signals, problem.control)
    let values = f.indices.map {
      parts.corrected([f[$0]], [h[$0]], problem.mean(h), problem.coefficient)
    }
    return .equal(problem.mean(values), problem.mean(f), rounding: terms(problem))
  }

  static let fitted = Check(
    "fitted", "E[f̄ − ĉ (h̄ − E[h])] = E[f] − Cov[ĉ, h̄],  S = 3",
    because: "ĉ and h̄ are made of the same draws: the mean of their product is no product of means",
    as: .consequence
  ) { parts, problem in
    let (f, h) = (problem.signals, problem.control)
    let left = problem.mean(of: 3) { z in
      let (drawnF, drawnH) = (z.map { f[$0] }, z.map { h[$0] })
      return parts.corrected(drawnF, drawnH, problem.mean(h), parts.fitted(drawnF, drawnH))
    }
    let centre = problem.mean(h)
    let shared = problem.mean(of: 3) { z in
      problem.slope(z) * (z.reduce(0) { $0 + h[$1] } / 3 - centre)
    }
    return .equal(left, problem.mean(f) - shared, rounding: terms(problem))
  }

  static let apart = Check(
    "apart", "E[f(z_3) − ĉ (h(z_3) − E[h])] = E[f],  ĉ = (f(z_1) − f(z_2))/(h(z_1) − h(z_2))",
    because: "ĉ of other draws is a constant for this one", as: .specialCase
  ) { parts, problem in
    let (f, h) = (problem.signals, problem.control)
    return .equal(
      problem.mean(of: 3) { z in
        let others = [z[0], z[1]]
        let slope = parts.fitted(others.map { f[$0] }, others.map { h[$0] })
        return parts.corrected([f[z[2]]], [h[z[2]]], problem.mean(h), slope)
      }, problem.mean(f), rounding: terms(problem))
  }

  static let scaled = Check(
    "scaled", "c* = 3,  f = 3 h + 2",
    because: "what is a straight line in h is explained by its slope, and nothing is left",
    as: .specialCase, changing: { [Given("f(z)", $0.control.map { 3 * $0 + 2 })] }
  ) { parts, problem in
    .equal(
      parts.coefficient(
        problem.probabilities, problem.control.map { 3 * $0 + 2 }, problem.control), 3.0,
      rounding: terms(problem))
  }

  /// Slopes of two draws that differ little multiply signals.
  private static func terms(_ problem: ControlProblem) -> Rounding {
    .of(
      terms: 128, size: 64, because: "slopes of up to 10 multiply controls of up to 2, in squares")
  }
}
