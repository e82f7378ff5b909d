import GSL
public import Models
public import Probability

/// log p(block) of observations that share one Gaussian, its mean and covariance integrated out.
///
/// ```
/// Λ_n = Λ + Σ_i (x_i − x̄)(x_i − x̄)ᵀ + κ n/(κ + n) (x̄ − μ)(x̄ − μ)ᵀ
/// log p = −(n d/2) log π + (d/2) log κ/(κ + n) + log Γ_d((ν + n)/2) − log Γ_d(ν/2)
///         + (ν/2) log |Λ| − ((ν + n)/2) log |Λ_n|
/// ```
/// Determinants have twice the digits of a double, because observations far in the tail make Λ_n nearly
/// singular: at 10^8 its condition number is 10^16. The last term of Λ_n, which the tail makes large, is
/// kept out of the factorised matrix A: |A + c v vᵀ| = |A| (1 + c vᵀA⁻¹v).
/// Reference: K. Murphy, "Conjugate Bayesian analysis of the Gaussian distribution", section 9.
public struct BlockEvidence: Sendable {
  private let prior: NormalInverseWishart
  private let determinant: WideProduct

  /// The evidence of blocks under a prior.
  public init(_ prior: NormalInverseWishart) throws(ModelError) {
    self.prior = prior
    determinant = try Self.posteriorDeterminant(prior, [])
  }

  /// log p(block); 0 for an empty one.
  ///
  /// - Throws: a block so far out, or a scale so nearly singular, that a third of 32 digits is lost.
  public func logEvidence(of block: [[Double]]) throws(ModelError) -> Double {
    try doubledLogEvidence(of: block).value
  }

  /// The same with more digits than a double where the degrees of freedom make it large.
  func doubledLogEvidence(of block: [[Double]]) throws(ModelError) -> DoubleDouble {
    guard !block.isEmpty else { return DoubleDouble(0) }
    let (n, d) = (Double(block.count), Double(prior.dimension))
    let posterior = try Self.posteriorDeterminant(prior, block)
    let shrinkage =
      prior.kappa >= n ? -log1p(n / prior.kappa) : log(prior.kappa) - log(prior.kappa + n)
    var sum = CompensatedSum()
    sum += -0.5 * n * d * log(Double.pi) + 0.5 * d * shrinkage
    sum += -0.5 * n * posterior.logarithm.value
    for j in 0..<prior.dimension {
      sum += try logRising(halves: block.count, (prior.dof - Double(j)) / 2)
    }
    // The dof is as large as the user likes: what it multiplies is a ratio, so that nothing cancels.
    return DoubleDouble(sum.value)
      + DoubleDouble(-0.5 * prior.dof) * posterior.logRatio(to: determinant)
  }

  /// |Λ_n|, in coordinates scaled by powers of two so that no entry leaves the range of doubles.
  private static func posteriorDeterminant(
    _ prior: NormalInverseWishart, _ block: [[Double]]
  ) throws(ModelError) -> WideProduct {
    let exponents = prior.mean.indices.map { a in scaling(prior, block, coordinate: a) }
    func scaled(_ value: Double, _ a: Int) -> DoubleDouble {
      DoubleDouble(scaledByPowerOfTwo(value, -exponents[a]))
    }
    let count = DoubleDouble(Double(max(1, block.count)))
    let centre = prior.mean.indices.map { a in
      let first = block.first.map { scaled($0[a], a) } ?? DoubleDouble(0)
      return first + block.reduce(DoubleDouble(0)) { $0 + (scaled($1[a], a) - first) } / count
    }
    let deviations = block.map { point in
      point.indices.map { a in scaled(point[a], a) - centre[a] }
    }
    var entries: [DoubleDouble] = []
    for a in prior.mean.indices {
      for b in prior.mean.indices {
        let start = scaledByPowerOfTwo(
          scaledByPowerOfTwo(prior.scale[a][b], -exponents[a]), -exponents[b])
        entries.append(deviations.reduce(DoubleDouble(start)) { $0 + $1[a] * $1[b] })
      }
    }
    guard let factor = LinearAlgebra.DoubledFactor(order: prior.dimension, entries) else {
      throw ModelError(
        "observations",
        "the scatter of \(block.count) of them is singular to 32 digits beside prior.scale")
    }
    var product = WideProduct()
    for pivot in factor.pivots { product.multiply(by: pivot) }
    product.exponent += 2 * exponents.reduce(0, +)
    guard !block.isEmpty else { return product }
    let shift = prior.mean.indices.map { a in centre[a] - scaled(prior.mean[a], a) }
    product.multiplyByOnePlus(
      weight: pooledWeight(prior.kappa, Double(block.count)), factor, shift)
    return product
  }

  /// The power of two near the largest of a coordinate's deviations and the root of its scale.
  private static func scaling(
    _ prior: NormalInverseWishart, _ block: [[Double]], coordinate a: Int
  ) -> Int {
    var size = prior.scale[a][a].squareRoot()
    guard let first = block.first else { return Int(size.exponent) }
    for point in block { size = max(size, 2 * abs(point[a] / 2 - first[a] / 2)) }
    return Int(min(size, .greatestFiniteMagnitude).exponent)
  }

  /// κ n/(κ + n), where neither the product nor the sum may overflow.
  private static func pooledWeight(_ kappa: Double, _ n: Double) -> Double {
    kappa >= 1 ? n / (1 + n / kappa) : kappa * (n / (kappa + n))
  }
}
