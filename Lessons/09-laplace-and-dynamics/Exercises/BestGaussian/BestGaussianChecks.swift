import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability
import Verification

/// Exercise `best-gaussian`: the Gaussian of the largest ELBO.
enum BestGaussianExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The ELBO of q.
    var elbo: @Sendable (LatentGaussian, GaussianFactor) throws -> Double
    /// The slope of the ELBO in m.
    var slope: @Sendable (LatentGaussian, GaussianFactor) throws -> [Double]
    /// What V⁻¹ has to be for the ELBO to stand still in V.
    var precision: @Sendable (LatentGaussian, GaussianFactor) throws -> [[Double]]
    /// The q of the largest ELBO.
    var best: @Sendable (LatentGaussian) throws -> GaussianFactor
  }

  typealias Check = LessonKit.Check<Parts, CountsProblem>

  static let checks: [Check] = [slope, precision, best, below, notLaplace, elbo, unseen]
}

// MARK: The bound and where it stands still

extension BestGaussianExercise {
  static let elbo = Check(
    "elbo", "ELBO(m, V) ≈ Σ_i E_q[y_i η_i − e^η_i − log y_i!] − KL(q‖p(z))",
    because:
      "each η_i is one Gaussian number under q; on the right its mean is taken by quadrature",
    as: .specialCase
  ) { parts, problem in
    .equal(
      try parts.elbo(problem.model, problem.q), try problem.model.exactELBO(of: problem.q),
      rounding: .of(
        terms: 1 << 9, size: 30, because: "fits of some ten nats each are added to a divergence"))
  }

  static let slope = Check(
    "slope", "∂ELBO/∂m ≈ Fᵀ (y − E_q[λ]) − P (m − μ)",
    because: "moving m moves every η_i = c_i + f_i·z under q by f_i", as: .step
  ) { parts, problem in
    let (model, q) = (problem.model, problem.q)
    let rates = model.exactMeans(under: q)
    let fit = model.features.transposedTimes(model.counts - Vector(rates.map(\.value)))
    return .equal(
      try parts.slope(model, q), (fit - model.precision.times(q.mean - model.mean)).array,
      rounding: .of(
        terms: 1 << 9, size: 20, because: "counts and mean rates of some ten are subtracted"))
  }

  static let precision = Check(
    "precision", "V⁻¹ − 2 ∂ELBO/∂V ≈ P + Fᵀ diag(E_q[λ]) F",
    because:
      "V pulls at the bound by half the second derivative, and log|V| pushes back with ½ V⁻¹",
    as: .step
  ) { parts, problem in
    let (model, q) = (problem.model, problem.q)
    return .equal(
      Matrix(try parts.precision(model, q)).array,
      model.curvature(model.exactVariances(under: q).map(\.value)).array,
      rounding: .of(terms: 1 << 9, because: "rates and precisions of either size are added"))
  }

  static let best = Check(
    "best", "(P (m* − μ), V*⁻¹) = (Fᵀ (y − E_q*[λ]), P + Fᵀ diag(E_q*[λ]) F)",
    because: "both slopes are zero; the bound is concave, so this is its only top",
    claims: ["A-021"], as: .step
  ) { parts, problem in
    let model = problem.model
    let q = try parts.best(model)
    let rates = Vector(model.exactMeans(under: q).map(\.value))
    let pull = model.precision.times(q.mean - model.mean).array
    let inverse = try LinearAlgebra.inverse(order: 2, q.covariance.array)
    return .equal(
      pull + inverse,
      model.features.transposedTimes(model.counts - rates).array
        + model.curvature(rates.array).array,
      rounding: .of(
        terms: 1 << 12, size: 10,
        because: "a search ends where rates of some ten are subtracted; V* is inverted"))
  }
}

// MARK: What it is worth

extension BestGaussianExercise {
  static let below = Check(
    "below", "ELBO(q*) ≤ log p(y),  by KL(q*‖p(z|y)),  one count",
    because: "no Gaussian is this posterior", as: .consequence
  ) { parts, problem in
    let line = problem.line
    let q = try parts.best(line)
    let exact = try evidence(line)
    return .atMost(
      try parts.elbo(line, q), exact, gap: exact.value - (try line.exactELBO(of: q)).value,
      rounding: .of(terms: 1 << 9, size: 20, because: "a fit of some ten nats is in the bound"))
  }

  static let notLaplace = Check(
    "not-laplace", "ELBO(q*) ≠ ELBO(N(ẑ, (−H)⁻¹)),  one count",
    because:
      "the mode looks at one place, the bound at all of q: KL(q‖p(z|y)) is larger at the mode",
    claims: ["A-021"], as: .consequence
  ) { parts, problem in
    let line = problem.line
    let q = try parts.best(line)
    let exact = try posterior(line)
    let curvature = line.curvature(line.meansOfEvents(at: exact.mode.array).array)
    let laplace = try GaussianFactor(mean: exact.mode[0], variance: 1 / curvature[0, 0])
    let matched = try GaussianFactor(mean: exact.mean, covariance: exact.covariance)
    let (atMode, atMoments) = (
      try line.exactELBO(of: laplace), try line.exactELBO(of: matched)
    )
    // The best is at least as good as the Gaussian with the moments of the posterior.
    return .different(
      try parts.elbo(line, q), atMode, by: try line.exactELBO(of: q).value - atMode.value,
      atLeast: 0.5 * (atMoments.value - atMode.value),
      rounding: .of(terms: 1 << 9, size: 20, because: "two bounds of some ten nats are subtracted"))
  }

  static let unseen = Check(
    "unseen", "F = 0:  ELBO(q*) = log p(y) = Σ_i (y_i c_i − e^c_i − log y_i!)",
    because: "the counts say nothing of z: q* is the prior, and the bound is tight",
    as: .specialCase,
    changing: { problem in [Given("f_i", problem.model.features.rowArrays.map { _ in [0, 0] })] }
  ) { parts, problem in
    let model = problem.model
    let blind = try LatentGaussian(
      mean: model.mean.array, covariance: model.covariance.rowArrays,
      features: model.features.rowArrays.map { _ in [0, 0] }, offset: model.offset.array,
      law: .poisson, observations: model.observations)
    let value = model.observations.indices.reduce(0.0) {
      $0 + EventLaw.poisson.logProbability(of: model.observations[$1], model.offset[$1])
    }
    return .equal(
      try parts.elbo(blind, try parts.best(blind)), value,
      rounding: .of(terms: 1 << 10, size: 20, because: "a divergence of zero is a sum that cancels")
    )
  }

  private static func posterior(_ line: LatentGaussian) throws -> LatentGaussianPosterior {
    guard let exact = try LatentGaussianPosterior(of: line) else {
      throw ModelError("line", "the posterior takes too many points")
    }
    return exact
  }

  private static func evidence(_ line: LatentGaussian) throws -> QuadratureValue {
    try posterior(line).logEvidence
  }
}
