import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `gaussian-family`: a Gaussian q where the posterior is one, and where it is none.
enum GaussianFamilyExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The ELBO of q = N(mean, variance) for a count.
    var ofCount: @Sendable (PoissonCount, _ mean: Double, _ variance: Double) -> Double
    /// The ELBO of q = N(mean, variance) for an observation through a line.
    var ofLine: @Sendable (LinearGaussian, _ mean: Double, _ variance: Double) -> Double
    /// The moments of the Gaussian with the highest ELBO for a count.
    var best: @Sendable (PoissonCount) -> (mean: Double, variance: Double)
  }

  typealias Check = LessonKit.Check<Parts, GaussianFamilyProblem>

  static let checks: [Check] = [
    countMinusGap, bestIsStationary, bestIsNotTight, lineIsTight, fitAtThePrior, sameDifference,
    onlyTheBoundMoves,
  ]
}

// MARK: The posterior is no Gaussian

extension GaussianFamilyExercise {
  static let countMinusGap = Check(
    "count-minus-gap", "y|z ~ Poisson:  ELBO(m, v) ≈ log p(y) − KL(N(m, v)‖p(z|y))",
    because: "both terms on the right by quadrature, with a bound on its error", as: .step
  ) { parts, problem in
    let evidence = problem.count.exactLogEvidence
    let gap = problem.count.exactGap(mean: problem.mean, variance: problem.variance)
    // A closed form of seven terms, each with a handful of roundings.
    let rounding = 64 * Double.ulpOfOne * problem.sizeOfBound(mean: problem.mean)
    return .within(
      parts.ofCount(problem.count, problem.mean, problem.variance), evidence.value - gap.value,
      bound: evidence.errorBound + gap.errorBound + rounding)
  }

  static let fitAtThePrior = Check(
    "fit-at-the-prior", "q = N(0, 1):  ELBO = E_p(z)[log p(y|z)] = y c − e^(c + ½) − log y!",
    because: "no divergence from the prior is left, and the mean of e^z is e^½, not 1",
    changing: { _ in [Given("m", 0), Given("v", 1)] }
  ) { parts, problem in
    let model = problem.count
    let (events, shift) = (ExactValue(Double(model.count)), ExactValue(model.shift))
    let fit = events * shift - (shift + 0.5).exponential - ExactValue(model.logFactorial)
    return .equal(parts.ofCount(model, 0, 1), fit)
  }

  static let bestIsStationary = Check(
    "best-is-stationary", "y|z ~ Poisson:  (m* + λ*, 1/v* − λ*) = (y, 1)",
    because: "both slopes are zero at the best Gaussian", as: .step
  ) { parts, problem in
    let best = parts.best(problem.count)
    let rate = exp(best.mean + problem.count.shift + 0.5 * best.variance)
    return .equal(
      [best.mean + rate, 1 / best.variance - rate], [Double(problem.count.count), 1])
  }

  static let bestIsNotTight = Check(
    "best-is-not-tight", "y|z ~ Poisson:  max ELBO ≠ log p(y)",
    because: "no Gaussian is this posterior: what the E-step asks for cannot be had",
    claims: [.against("A-005")], as: .step
  ) { parts, problem in
    let best = parts.best(problem.count)
    let gap = problem.count.exactGap(mean: best.mean, variance: best.variance)
    return .different(
      parts.ofCount(problem.count, best.mean, best.variance), problem.count.exactLogEvidence,
      by: QuadratureValue(-gap.value, errorBound: gap.errorBound),
      atLeast: 0.5 * (gap.value - gap.errorBound))
  }

  static let sameDifference = Check(
    "differences-are-blind-to-constants",
    "ELBO(m, v) − ELBO(0, v) = y m − (e^m − 1) e^(c + v/2) − m²/2",
    because: "a wrong constant moves no optimum; only the exact value finds it", as: .aside
  ) { parts, problem in
    let (model, m) = (problem.count, ExactValue(problem.mean))
    let rate = (ExactValue(model.shift) + ExactValue(problem.variance) / 2).exponential
    let change = ExactValue(Double(model.count)) * m - (m.exponential - 1) * rate - m * m / 2
    let moved =
      parts.ofCount(model, problem.mean, problem.variance)
      - parts.ofCount(model, 0, problem.variance)
    return .equal(
      moved, change,
      rounding: .of(
        size: max(problem.sizeOfBound(mean: problem.mean), problem.sizeOfBound(mean: 0)),
        because: "two bounds are subtracted, each a sum of terms of either sign"))
  }
}

// MARK: The posterior is a Gaussian

extension GaussianFamilyExercise {
  static let onlyTheBoundMoves = Check(
    "only-the-bound-moves",
    "x|z ~ N(a z, s):  log p(x) ≠ ELBO(m, v), by KL(N(m, v)‖p(z|x))",
    because: "the mean and variance of q cannot maximise log p(x): it does not contain them",
    claims: [.against("A-079")], as: .erratum
  ) { parts, problem in
    let gap = problem.line.exactGap(mean: problem.mean, variance: problem.variance)
    let posterior = problem.line.exactPosterior
    let shift = problem.mean - posterior.mean
    // The divergence is at least the share of the means, ½ (m − μ)² / s.
    return .different(
      problem.line.exactLogEvidence, parts.ofLine(problem.line, problem.mean, problem.variance),
      by: gap, atLeast: 0.49 * shift * shift / posterior.variance)
  }

  static let lineIsTight = Check(
    "tight-where-the-family-reaches", "x|z ~ N(a z, s):  ELBO(posterior moments) = log p(x)",
    because: "this posterior is a Gaussian: the E-step can be done",
    claims: ["A-005", .inPlaceOf("A-079")],
    as: .consequence
  ) { parts, problem in
    let posterior = problem.line.exactPosterior
    let (mean, variance) = (posterior.mean, posterior.variance)
    return .equal(parts.ofLine(problem.line, mean, variance), problem.line.exactLogEvidence)
  }
}
