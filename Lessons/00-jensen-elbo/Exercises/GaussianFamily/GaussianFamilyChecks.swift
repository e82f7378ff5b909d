import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Two models with one latent on the line, and a Gaussian q for both.
struct GaussianFamilyProblem: Sendable {
  /// A count whose posterior is no Gaussian.
  let count: PoissonCount
  /// An observation whose posterior is one.
  let line: LinearGaussian
  /// The mean of q.
  let mean: Double
  /// The variance of q.
  let variance: Double

  /// Two models and the moments of q.
  init(count: PoissonCount, line: LinearGaussian, mean: Double, variance: Double) {
    self.count = count
    self.line = line
    self.mean = mean
    self.variance = variance
  }

  /// Three events, and x = 1 through a line; q is the prior moved a little.
  static let threeEvents = GaussianFamilyProblem(
    count: .threeEvents, line: .unit, mean: 0.3, variance: 0.8)

  static func random(_ cases: inout Cases) throws -> GaussianFamilyProblem {
    let count = try PoissonCount(
      shift: cases.real(from: -1, to: 1), count: cases.integer(1...5))
    let line = try LinearGaussian(
      slope: cases.real(from: 0.5, to: 2), noise: cases.real(from: 0.3, to: 2),
      observed: cases.real(from: 0.2, to: 3))
    return GaussianFamilyProblem(
      count: count, line: line, mean: try cases.real(from: -1, to: 1.5),
      variance: try cases.real(from: 0.1, to: 0.9))
  }
}

/// The signature of exercise `gaussian-family`.
protocol GaussianBounds: Sendable {
  /// The ELBO of q = N(mean, variance) for a count.
  func elbo(_ model: PoissonCount, mean: Double, variance: Double) -> Double
  /// The ELBO of q = N(mean, variance) for an observation through a line.
  func elbo(_ model: LinearGaussian, mean: Double, variance: Double) -> Double
  /// The moments of the Gaussian with the highest ELBO for a count.
  func best(_ model: PoissonCount) -> (mean: Double, variance: Double)
}

extension Sheet where Subject == any GaussianBounds, Model == GaussianFamilyProblem {
  /// Write the bound of a Gaussian q, and find the best one.
  static let gaussianFamily: Sheet<any GaussianBounds, GaussianFamilyProblem> =
    Sheet(
      id: "gaussian-family",
      title: "When the family is too small",
      task: """
        With z ~ N(0, 1), write the ELBO of q = N(mean, variance) in closed form for a count \
        y | z ~ Poisson(e^(z + shift)) and for x | z ~ N(slope · z, noise). Then find the Gaussian \
        with the highest ELBO for the count.
        """,
      hints: [
        "E_q[log p(x|z)] − KL(q‖p(z)); the divergence is ½ (m² + v − 1 − log v).",
        "E_q[z²] = m² + v, and E_q[e^z] = e^(m + v/2): not e^m.",
        "Set both slopes to zero. With λ = e^(m + c + v/2): m = y − λ and 1/v = 1 + λ.",
        "That leaves one equation in λ, with one side rising and one falling: bisect.",
      ],
      example: .threeEvents,
      draw: { cases in try .random(&cases) },
      lines: [
        countMinusGap, lineMinusGap, lineIsTight, fitAtThePriorMean, bestIsStationary,
        bestIsNotTight, sameDifference,
      ])
}

extension Sheet where Subject == any GaussianBounds, Model == GaussianFamilyProblem {
  static var countMinusGap: Line<any GaussianBounds, GaussianFamilyProblem> {
    Line(
      "count-minus-gap", "y|z ~ Poisson:  ELBO(m, v) ≈ log p(y) − KL(N(m, v)‖p(z|y))",
      because: "both terms on the right by quadrature, with a bound on its error"
    ) { bounds, problem in
      let evidence = problem.count.exactLogEvidence
      let gap = problem.count.exactGap(mean: problem.mean, variance: problem.variance)
      return .within(
        bounds.elbo(problem.count, mean: problem.mean, variance: problem.variance),
        evidence.value - gap.value,
        bound: evidence.errorBound + gap.errorBound + 64 * Double.ulpOfOne * 20)
    }
  }

  static var lineMinusGap: Line<any GaussianBounds, GaussianFamilyProblem> {
    Line(
      "only-the-bound-moves",
      "x|z ~ N(a z, s):  ELBO(m, v) ≠ log p(x), by −KL(N(m, v)‖p(z|x))",
      because: "μ(x) and Σ(x) cannot maximise log p(x): it does not contain them",
      claims: ["A-079"]
    ) { bounds, problem in
      let gap = problem.line.exactGap(mean: problem.mean, variance: problem.variance).value
      let posterior = problem.line.exactPosterior
      let shift = problem.mean - posterior.mean
      // The divergence is at least the share of the means, ½ (m − μ)² / s.
      return .different(
        bounds.elbo(problem.line, mean: problem.mean, variance: problem.variance),
        problem.line.exactLogEvidence.value, by: -gap,
        atLeast: 0.49 * shift * shift / posterior.variance, magnitude: 200)
    }
  }

  static var lineIsTight: Line<any GaussianBounds, GaussianFamilyProblem> {
    Line(
      "tight-where-the-family-reaches", "x|z ~ N(a z, s):  ELBO(posterior moments) = log p(x)",
      because: "this posterior is a Gaussian: the E-step can be done", claims: ["A-005", "A-079"]
    ) { bounds, problem in
      let (mean, variance) = problem.line.exactPosterior
      return .equal(
        bounds.elbo(problem.line, mean: mean, variance: variance),
        problem.line.exactLogEvidence.value, magnitude: 50)
    }
  }

  static var fitAtThePriorMean: Line<any GaussianBounds, GaussianFamilyProblem> {
    Line(
      "fit-at-the-prior", "q = N(0, 1):  ELBO = E_p(z)[log p(y|z)] = y c − e^(c + ½) − log y!",
      because: "no divergence from the prior is left, and the mean of e^z is e^½, not 1"
    ) { bounds, problem in
      let model = problem.count
      let fit = Double(model.count) * model.shift - exp(model.shift + 0.5) - model.logFactorial
      return .equal(bounds.elbo(model, mean: 0, variance: 1), fit, magnitude: 20)
    }
  }

  static var bestIsStationary: Line<any GaussianBounds, GaussianFamilyProblem> {
    Line(
      "best-is-stationary", "m* + λ = y,  1/v* − λ = 1,  λ = e^(m* + c + v*/2)",
      because: "the slopes of the ELBO in m and v vanish at the best Gaussian"
    ) { bounds, problem in
      let best = bounds.best(problem.count)
      let rate = exp(best.mean + problem.count.shift + 0.5 * best.variance)
      return .equal(
        [best.mean + rate, 1 / best.variance - rate], [Double(problem.count.count), 1],
        terms: 256, magnitude: 10)
    }
  }

  static var bestIsNotTight: Line<any GaussianBounds, GaussianFamilyProblem> {
    Line(
      "best-is-not-tight", "y|z ~ Poisson:  max ELBO ≠ log p(y)",
      because: "no Gaussian is this posterior: what the E-step asks for cannot be had",
      claims: ["A-005"]
    ) { bounds, problem in
      let best = bounds.best(problem.count)
      let gap = problem.count.exactGap(mean: best.mean, variance: best.variance)
      return .different(
        bounds.elbo(problem.count, mean: best.mean, variance: best.variance),
        problem.count.exactLogEvidence.value, by: -gap.value,
        atLeast: 0.5 * (gap.value - gap.errorBound), terms: 256, magnitude: 20)
    }
  }

  static var sameDifference: Line<any GaussianBounds, GaussianFamilyProblem> {
    Line(
      "differences-are-blind-to-constants",
      "ELBO(m, v) − ELBO(0, v) = y m − (e^m − 1) e^(c + v/2) − m²/2",
      because: "a wrong constant moves no optimum; only the exact value finds it"
    ) { bounds, problem in
      let (model, m, v) = (problem.count, problem.mean, problem.variance)
      let change =
        Double(model.count) * m - expm1(m) * exp(model.shift + 0.5 * v) - 0.5 * m * m
      return .equal(
        bounds.elbo(model, mean: m, variance: v) - bounds.elbo(model, mean: 0, variance: v),
        change, magnitude: 30)
    }
  }
}
