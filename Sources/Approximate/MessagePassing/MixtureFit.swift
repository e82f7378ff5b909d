package import GSL
import Kernels
package import Models
package import Probability

/// Coordinate ascent of a Bayesian mixture on many points: ``VariationalMixture`` in lists of numbers,
/// a pass of a kernel over the data an iteration.
///
/// Sums are taken about the means of the iteration before, so that little cancels in
///
/// ```
/// m′ = m + δ,  δ = (κ₀ (m₀ − m) + s)/κ′          Λ′ = Λ₀ + S − δsᵀ − sδᵀ + nδδᵀ + κ₀ (m′ − m₀)(m′ − m₀)ᵀ
/// ```
/// with n = Σ r, s = Σ r (x − m), S = Σ r (x − m)(x − m)ᵀ.
package struct MixtureFit: Sendable {
  /// The model.
  package let mixture: BayesianMixture
  private var pass: MixturePass
  private let prior: Prior
  private var forms: [Double]
  private var sums: [Double]

  /// A fit before its first iteration, from responsibilities; nil where the data are no work for the kernel.
  package init?(
    _ mixture: BayesianMixture, _ observations: [[Double]], responsibilities: [[Double]]
  ) throws {
    try mixture.validate(observations: observations)
    guard var pass = MixturePass(points: observations, components: mixture.componentCount) else {
      return nil
    }
    self.mixture = mixture
    prior = try Prior(mixture)
    // The first sums are about the mean of all points.
    let centre = (0..<pass.dimension).map { i in
      observations.reduce(0) { $0 + $1[i] } / Double(observations.count)
    }
    forms = []
    for _ in mixture.concentration {
      forms += [0] + centre + [Double](repeating: 0, count: pass.size - 1 - centre.count)
    }
    sums = pass.sums(forms, responsibilities: responsibilities)
    self.pass = pass
  }

  /// One iteration, global factors and then responsibilities; the bound after both.
  ///
  /// `keeping` where ``responsibilities`` are wanted afterwards.
  @discardableResult
  package mutating func iterate(keeping: Bool = false) throws(GSLError) -> LowerBound {
    let (d, size) = (pass.dimension, pass.size)
    let whole = sums.indices.reduce(0) { $1 % size == 0 ? $0 + sums[$1] : $0 }
    let digammaOfAll = try SpecialFunctions.digamma(prior.allCounts + whole).value
    var divergence =
      try prior.logGammaOfCounts + SpecialFunctions.logGamma(prior.allCounts + whole).value
    for k in mixture.concentration.indices {
      let start = k * size
      let component = try Component(
        forms[(start + 1)...(start + d)], sums[start..<(start + size)], prior, dimension: d)
      let alpha = mixture.concentration[k] + component.count
      let logWeight = try SpecialFunctions.digamma(alpha).value - digammaOfAll
      divergence += component.count * logWeight - (try SpecialFunctions.logGamma(alpha).value)
      divergence += component.divergence
      forms[start] = logWeight + component.constant
      for i in 0..<d { forms[start + 1 + i] = component.mean[i] }
      for (i, entry) in component.root.enumerated() { forms[start + 1 + d + i] = entry }
    }
    let found = pass.pass(forms, keeping: keeping)
    sums = found.sums
    return LowerBound(found.logNormaliser - divergence)
  }

  /// r_nk of the last iteration that kept them.
  package var responsibilities: [[Double]] { pass.responsibilities }
}

/// The numbers of the prior that every iteration needs.
private struct Prior: Sendable {
  let mean: [Double]
  let kappa: Double
  let dof: Double
  /// Λ₀, row by row.
  let scale: [Double]
  let allCounts: Double
  /// Σ log Γ(α_k) − log Γ(Σ α_k).
  let logGammaOfCounts: Double
  /// The normaliser of the inverse Wishart distribution, log B(Λ₀, ν₀).
  let logNormaliser: Double

  init(_ mixture: BayesianMixture) throws(GSLError) {
    (mean, kappa, dof) = (mixture.prior.mean, mixture.prior.kappa, mixture.prior.dof)
    scale = Array(mixture.prior.scale.joined())
    allCounts = mixture.concentration.reduce(0, +)
    var gammas = -(try SpecialFunctions.logGamma(allCounts).value)
    for alpha in mixture.concentration { gammas += try SpecialFunctions.logGamma(alpha).value }
    logGammaOfCounts = gammas
    let size = try LinearAlgebra.logDeterminant(order: mean.count, scale).logMagnitude
    logNormaliser = try inverseWishartNormaliser(dof, size, mean.count).value
  }
}

/// log B(Λ, ν) = ½ ν log|Λ| − ½ ν d log 2 − log Γ_d(ν/2), and Σ_j ψ((ν − j)/2).
private func inverseWishartNormaliser(
  _ dof: Double, _ logDeterminant: Double, _ d: Int
) throws(GSLError) -> (value: Double, digammas: Double) {
  var gammas = 0.25 * Double(d * (d - 1)) * log(Double.pi)
  var digammas = 0.0
  for j in 0..<d {
    let half = (dof - Double(j)) / 2
    gammas += try SpecialFunctions.logGamma(half).value
    digammas += try SpecialFunctions.digamma(half).value
  }
  return (0.5 * dof * (logDeterminant - Double(d) * log(2)) - gammas, digammas)
}

/// q(μ_k, Σ_k) of an iteration: what its pass and its bound need.
private struct Component {
  /// Σ_n r_nk.
  let count: Double
  /// m′.
  let mean: [Double]
  /// √ν′ L⁻¹ with Λ′ = L Lᵀ, the lower triangle row by row.
  let root: [Double]
  /// ½ (E log|Σ⁻¹| − d/κ′ − d log 2π), what a score has beside its square.
  let constant: Double
  /// KL(q(μ, Σ)‖p(μ, Σ)).
  let divergence: Double

  init(
    _ centre: ArraySlice<Double>, _ sums: ArraySlice<Double>, _ prior: Prior, dimension d: Int
  ) throws(GSLError) {
    let (from, centred, n) = (sums.startIndex, centre.startIndex, sums[sums.startIndex])
    let (kappa, dof) = (prior.kappa + n, prior.dof + n)
    var (shift, mean, away) = ([Double](), [Double](), [Double]())
    for i in 0..<d {
      let delta =
        (prior.kappa * (prior.mean[i] - centre[centred + i]) + sums[from + 1 + i]) / kappa
      shift.append(delta)
      mean.append(centre[centred + i] + delta)
      away.append(mean[i] - prior.mean[i])
    }
    // Λ′ becomes its Cholesky factor L, row by row, and then J = L⁻¹.
    var (l, place) = ([Double](repeating: 0, count: d * d), from + 1 + d)
    for i in 0..<d {
      for j in 0...i {
        let (si, sj) = (sums[from + 1 + i], sums[from + 1 + j])
        var entry = prior.scale[i * d + j] + sums[place] + prior.kappa * away[i] * away[j]
        entry += n * shift[i] * shift[j] - shift[i] * sj - si * shift[j]
        for m in 0..<j { entry -= l[i * d + m] * l[j * d + m] }
        place += 1
        guard i == j else {
          l[i * d + j] = entry / l[j * d + j]
          continue
        }
        guard entry > 0, entry.isFinite else { throw GSLError("MixtureFit", .domain) }
        l[i * d + i] = entry.squareRoot()
      }
    }
    var (inverse, logDeterminant) = ([Double](repeating: 0, count: d * d), 0.0)
    for i in 0..<d {
      logDeterminant += 2 * log(l[i * d + i])
      inverse[i * d + i] = 1 / l[i * d + i]
      for j in 0..<i {
        var sum = 0.0
        for m in j..<i { sum -= l[i * d + m] * inverse[m * d + j] }
        inverse[i * d + j] = sum / l[i * d + i]
      }
    }
    // |J (m′ − m₀)|² and tr(Λ₀ Λ′⁻¹) = Σ_i J_i Λ₀ J_iᵀ, J_i the rows of J.
    var (distance, trace, root) = (0.0, 0.0, [Double]())
    let scale = dof.squareRoot()
    for i in 0..<d {
      var product = 0.0
      for j in 0...i {
        product += inverse[i * d + j] * away[j]
        root.append(scale * inverse[i * d + j])
        for m in 0...i { trace += inverse[i * d + j] * prior.scale[j * d + m] * inverse[i * d + m] }
      }
      distance += product * product
    }
    let (normaliser, digammas) = try inverseWishartNormaliser(dof, logDeterminant, d)
    let size = Double(d)
    let expectedLog = digammas + size * log(2) - logDeterminant
    let ratio = prior.kappa / kappa
    (count, self.mean, self.root) = (n, mean, root)
    constant = 0.5 * (expectedLog - size / kappa - size * log(2 * Double.pi))
    let ofMean = 0.5 * (size * (ratio - 1 - log(ratio)) + prior.kappa * dof * distance)
    let ofCovariance =
      normaliser - prior.logNormaliser + 0.5 * n * expectedLog + 0.5 * dof * (trace - size)
    divergence = ofMean + ofCovariance
  }
}
