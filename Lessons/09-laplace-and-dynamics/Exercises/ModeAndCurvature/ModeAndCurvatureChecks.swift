import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Exercise `mode-and-curvature`: Newton's way to the mode, and what the curvature there says.
enum ModeAndCurvatureExercise {
  /// What is written.
  struct Parts: Sendable {
    /// −H at a z.
    var curvature: @Sendable (LatentGaussian, _ z: [Double]) throws -> [[Double]]
    /// Where one of Newton's steps leads from z.
    var step: @Sendable (LatentGaussian, _ z: [Double]) throws -> [Double]
    /// The covariance of Laplace's Gaussian, from −H.
    var covariance: @Sendable (_ curvature: [[Double]]) throws -> [[Double]]
    /// Laplace's log-evidence, from log p(y, ẑ) and −H.
    var evidence: @Sendable (_ logJoint: Double, _ curvature: [[Double]]) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, ModeProblem>

  static let checks: [Check] = [
    newton, mode, integral, sameCurvature, covariance, lines, printed,
  ]

  /// Forty steps from the prior's mean.
  static func mode(_ parts: Parts, _ model: LatentGaussian) throws -> [Double] {
    var z = model.mean.array
    // A walk that leads away is left where it is far.
    for _ in 0..<40 where z.allSatisfy({ abs($0) < 10 }) { z = try parts.step(model, z) }
    return z
  }

  static let inversion = Rounding.of(
    terms: 1 << 10, because: "a matrix of two rows is inverted and multiplied back")
}

// MARK: The mode

extension ModeAndCurvatureExercise {
  static let newton = Check(
    "newton", "(P + Fᵀ diag(λ) F) (z′ − z) = Fᵀ (y − λ) − P (z − μ)",
    because: "z′ is where the parabola that touches log p(y, z) at z has its top", as: .step
  ) { parts, problem in
    let (model, z) = (problem.model, problem.place)
    let moved = Vector(try parts.step(model, z)) - Vector(z)
    return .equal(
      model.curvature(model.meansOfEvents(at: z).array).times(moved).array, model.slope(at: z),
      rounding: inversion)
  }

  static let mode = Check(
    "mode", "P (ẑ − μ) = Fᵀ (y − λ̂),  ẑ = argmax log p(z|y)",
    because: "the steps end where the slope of log p(y, z) is zero; log p(y) has no slope in z",
    claims: ["A-011"], as: .step
  ) { parts, problem in
    let model = problem.model
    let z = try mode(parts, model)
    return .equal(
      model.precision.times(Vector(z) - model.mean).array,
      model.features.transposedTimes(model.counts - model.meansOfEvents(at: z)).array,
      rounding: .of(
        terms: 1 << 10, size: 10, because: "counts and rates of up to ten are subtracted"))
  }

  static let sameCurvature = Check(
    "same-curvature", "−uᵀ H u ≈ −∂² log p(z + t u|y)/∂t²,  t = 0",
    because: "log p(z|y) and log p(y, z) differ by log p(y), which does not bend",
    claims: ["A-013"], as: .consequence
  ) { parts, problem in
    let model = problem.model
    let (z, along) = (Vector(problem.place), Vector(problem.direction))
    let curvature = Matrix(try parts.curvature(model, z.array))
    // A difference of order eight: e^η is its own derivative, so what is left is λ (t |f·u|)^8/3150.
    let weights = [-205.0 / 72, 8.0 / 5, -1.0 / 5, 8.0 / 315, -1.0 / 560]
    let t = 0.06
    var sum = CompensatedSum()
    for (k, weight) in weights.enumerated() {
      for sign in k == 0 ? [1.0] : [1, -1] {
        sum.add(weight * model.logJoint((z + (sign * Double(k) * t) * along).array))
      }
    }
    return .equal(
      along.dot(curvature.times(along)),
      QuadratureValue(-sum.value / (t * t), errorBound: 3e-11))
  }
}

// MARK: What stands there

extension ModeAndCurvatureExercise {
  static let covariance = Check(
    "covariance", "V (−H) = 1,  q = N(ẑ, V)",
    because: "a parabola −½ (z − ẑ)ᵀ (−H) (z − ẑ) is the logarithm of a Gaussian",
    claims: [.inPlaceOf("A-012")], as: .consequence
  ) { parts, problem in
    let model = problem.model
    let z = try model.writtenOutMode()
    let curvature = model.curvature(model.meansOfEvents(at: z).array)
    let product = Matrix(try parts.covariance(curvature.rowArrays)).times(curvature)
    return .equal(product.array, [1.0, 0, 0, 1], rounding: inversion)
  }

  static let printed = Check(
    "printed", "V₁₁ ≠ (H⁻¹)₁₁,  by 2 V₁₁",
    because: "H is negative at a maximum, and so is the printed variance",
    claims: [.against("A-012")], as: .erratum
  ) { parts, problem in
    let model = problem.model
    let z = try model.writtenOutMode()
    let curvature = model.curvature(model.meansOfEvents(at: z).array)
    let variance =
      curvature[1, 1] / (curvature[0, 0] * curvature[1, 1] - curvature[0, 1] * curvature[0, 1])
    return .different(
      try parts.covariance(curvature.rowArrays)[0][0], -variance, by: 2 * variance,
      atLeast: variance, rounding: inversion)
  }

  static let integral = Check(
    "integral", "log ∫ e^(log p(y, ẑ) − ½ (z − ẑ)ᵀ (−H) (z − ẑ)) dz ≈ Laplace's log-evidence",
    because: "of all that is approximated only the parabola is left: d/2 log 2π − ½ log|−H|",
    claims: ["A-014"], as: .step
  ) { parts, problem in
    let model = problem.model
    let z = try model.writtenOutMode()
    let curvature = model.curvature(model.meansOfEvents(at: z).array)
    let height = model.logJoint(z)
    // By the trapezoid rule, 9 deviations and more to either side.
    let spacing = 0.5 / sqrt(max(curvature[0, 0], curvature[1, 1]))
    let determinant =
      curvature[0, 0] * curvature[1, 1] - curvature[0, 1] * curvature[0, 1]
    var mass = CompensatedSum()
    func reach(_ other: Double) -> Int {
      Int((9 * sqrt(other / determinant) / spacing).rounded(.up))
    }
    let (first, second) = (reach(curvature[1, 1]), reach(curvature[0, 0]))
    for i in -first...first {
      for j in -second...second {
        let (a, b) = (spacing * Double(i), spacing * Double(j))
        let square =
          curvature[0, 0] * a * a + 2 * curvature[0, 1] * a * b + curvature[1, 1] * b * b
        if square < 90 { mass.add(exp(-0.5 * square)) }
      }
    }
    return .equal(
      try parts.evidence(height, curvature.rowArrays),
      QuadratureValue(
        height + log(spacing * spacing * mass.value), errorBound: 1e-14 * (8 + abs(height))))
  }

  static let lines = Check(
    "lines", "log p(x, ẑ) + ½ log 2π − ½ log(1 + w²/s) = log p(x),  z ~ N(0, 1), x ~ N(w z, s)",
    because: "this log joint is a parabola, and nothing is approximated", claims: ["A-014"],
    as: .specialCase,
    changing: { _ in [Given("w", 1.3), Given("s", 0.4), Given("x", 0.9)] }
  ) { parts, problem in
    let model = try LinearGaussian(slope: 1.3, noise: 0.4, observed: 0.9)
    let posterior = model.exactPosterior
    let covariance = try parts.covariance([[1 / posterior.variance]])[0][0]
    return .equal(
      try parts.evidence(model.logJoint(posterior.mean), [[1 / covariance]]),
      model.exactLogEvidence)
  }
}
