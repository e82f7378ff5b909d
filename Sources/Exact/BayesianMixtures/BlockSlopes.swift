import GSL
public import Models
import Probability

/// The slopes of the log evidence of a Bayesian mixture, by its concentrations and by its prior.
public struct BayesianMixtureSlopes: Sendable, Equatable {
  /// ∂/∂concentration_k.
  public var concentration: [Double]
  /// ∂/∂mean, ∂/∂κ, ∂/∂dof and ∂/∂scale; every entry of the scale counts for itself.
  public var mean: [Double], kappa: Double, dof: Double, scale: [[Double]]

  /// All of them in a row.
  public var flattened: [Double] { concentration + mean + [kappa, dof] + Array(scale.joined()) }

  init(zeroLike mixture: BayesianMixture) {
    concentration = mixture.concentration.map { _ in 0 }
    mean = mixture.prior.mean.map { _ in 0 }
    (kappa, dof) = (0, 0)
    scale = mixture.prior.scale.map { $0.map { _ in 0 } }
  }

  /// The same in the order of ``flattened``.
  init(like mixture: BayesianMixture, _ numbers: [Double]) {
    self.init(zeroLike: mixture)
    var rest = numbers[...]
    func take(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    concentration = take(concentration.count)
    mean = take(mean.count)
    (kappa, dof) = (take(1).reduce(0, +), take(1).reduce(0, +))
    scale = scale.map { take($0.count) }
  }
}

/// The slopes of log m(block), the evidence of observations that share one Gaussian.
///
/// ```
/// Λ_n = Λ + Σ_i (x_i − x̄)(x_i − x̄)ᵀ + c·d dᵀ,   d = x̄ − μ,   c = κ n/(κ + n)
/// ∂/∂μ = (ν + n) c Λ_n⁻¹ d                    ∂/∂Λ = ½ ν Λ⁻¹ − ½ (ν + n) Λ_n⁻¹
/// ∂/∂κ = ½ p (1/κ − 1/(κ + n)) − ½ (ν + n) n²/(κ + n)² dᵀ Λ_n⁻¹ d          (p dimensions)
/// ∂/∂ν = ½ Σ_j [ψ((ν + n − j)/2) − ψ((ν − j)/2)] + ½ log |Λ| − ½ log |Λ_n|
/// ```
/// Derivatives of ``BlockEvidence``, with 32 digits.
struct BlockSlopes {
  private let prior: NormalInverseWishart
  private let start: LinearAlgebra.DoubledFactor

  init(_ prior: NormalInverseWishart) throws {
    self.prior = prior
    start = try Self.factor(DoubledMatrix(prior.scale))
  }

  private static func factor(_ matrix: DoubledMatrix) throws -> LinearAlgebra.DoubledFactor {
    guard let factor = LinearAlgebra.DoubledFactor(order: matrix.rows, matrix.entries) else {
      throw ExactRefusal.imprecise("observations")
    }
    return factor
  }

  /// By the mean, by κ, by the degrees of freedom and by the scale, row after row; zeros for an empty block.
  func slopes(_ block: [[Double]]) throws -> [Double] {
    let p = prior.dimension
    guard !block.isEmpty else { return [Double](repeating: 0, count: p + 2 + p * p) }
    let (n, kappa, dof) = (
      DoubleDouble(Double(block.count)), DoubleDouble(prior.kappa), DoubleDouble(prior.dof)
    )
    let centre = (0..<p).map { a in
      block.reduce(DoubleDouble(0)) { $0 + DoubleDouble($1[a]) } / n
    }
    let shift = zip(centre, prior.mean).map { $0 - DoubleDouble($1) }
    let pooled = kappa * n / (kappa + n)
    var scatter = DoubledMatrix(prior.scale)
    for point in block {
      let apart = zip(point, centre).map { DoubleDouble($0) - $1 }
      scatter = scatter + outer(apart, apart)
    }
    let whole = try Self.factor(scatter + outer(shift.map { pooled * $0 }, shift))
    func solved(_ factor: LinearAlgebra.DoubledFactor, _ v: [DoubleDouble]) -> [DoubleDouble] {
      factor.upperSolved(factor.lowerSolved(v))
    }
    let pulled = solved(whole, shift)
    let misfit = zip(shift, pulled).reduce(DoubleDouble(0)) { $0 + $1.0 * $1.1 }
    let (half, freedom) = (DoubleDouble(0.5), dof + n)
    let ofMean = pulled.map { freedom * pooled * $0 }
    // 1/κ − 1/(κ + n) = n/(κ (κ + n)).
    let ofKappa =
      half * DoubleDouble(Double(p)) * n / (kappa * (kappa + n))
      - half * freedom * (n / (kappa + n)) * (n / (kappa + n)) * misfit
    var ofDof = DoubleDouble(0)
    for pivot in start.pivots { ofDof += half * pivot.logarithm }
    for pivot in whole.pivots { ofDof -= half * pivot.logarithm }
    var digammas = CompensatedSum()
    for j in 0..<p {
      digammas.add(try digammaDifference(block.count, (prior.dof - Double(j)) / 2) / 2)
    }
    var ofScale: [Double] = []
    for j in 0..<p {
      let unit = (0..<p).map { DoubleDouble($0 == j ? 1 : 0) }
      for (before, after) in zip(solved(start, unit), solved(whole, unit)) {
        ofScale.append((half * dof * before - half * freedom * after).high)
      }
    }
    return ofMean.map(\.high) + [ofKappa.high, (ofDof + DoubleDouble(digammas.value)).high]
      + ofScale
  }

  /// ψ(x + n/2) − ψ(x).
  private func digammaDifference(_ n: Int, _ x: Double) throws -> Double {
    // Steps of one are 1/x each; a half step is left for an odd n.
    let whole = (0..<n / 2).reduce(0.0) { $0 + 1 / (x + Double($1)) }
    guard n % 2 == 1 else { return whole }
    let y = x + Double(n / 2)
    // For large y the difference of two digammas loses what the asymptotic series keeps.
    let half =
      y > 1e4
      ? 1 / (2 * y) + 1 / (8 * y * y)
      : try SpecialFunctions.digamma(y + 0.5).value - SpecialFunctions.digamma(y).value
    return whole + half
  }
}

extension BayesianMixture {
  /// The slopes of all blocks, each of them a set of observations.
  private func blockSlopes(_ observations: [[Double]]) throws -> [[Double]] {
    let slopes = try BlockSlopes(prior)
    let sets = BitStates(of: observations.count)
    return try sets.indices.map { set in
      try slopes.slopes(sets.bitsOn(in: set).map { observations[$0] })
    }
  }

  /// ∂/∂α_k log Γ(α_k + n)/Γ(α_k) = Σ_(i < n) 1/(α_k + i).
  private func risingSlope(_ k: Int, _ n: Int) -> Double {
    (0..<n).reduce(0) { $0 + 1 / (concentration[k] + Double($1)) }
  }

  /// ∂/∂A log Γ(A)/Γ(A + N), which every concentration has.
  private func fallingSlope(_ n: Int) -> Double {
    let all = concentration.reduce(0, +)
    return -(0..<n).reduce(0) { $0 + 1 / (all + Double($1)) }
  }

  /// The slopes of log p(x) as posterior means of those of log p(z, x).
  ///
  /// ```
  /// ∂ log p(x) = Σ_k Σ_T P(component k has T | x) ∂ [log Γ(α_k + |T|)/Γ(α_k) + log m(T)] + ∂ log Γ(A)/Γ(A + N)
  /// ```
  public func slopes(
    _ observations: [[Double]], _ request: ExactRequest
  ) throws -> BayesianMixtureSlopes {
    // The law first: it refuses observations that do not fit, or are too many.
    let shares = try subsetLaw(observations, request).descend().shares
    let blocks = try blockSlopes(observations)
    let falling = fallingSlope(observations.count)
    func slopes(of sets: [Int]) -> [Double] {
      var total = sets.enumerated().map { k, set in
        falling + risingSlope(k, set.nonzeroBitCount)
      }
      for i in blocks[0].indices { total.append(sets.reduce(0) { $0 + blocks[$1][i] }) }
      return total
    }
    var (concentrations, ofBlocks) = (
      concentration.map { _ in CompensatedSum() }, blocks[0].map { _ in CompensatedSum() }
    )
    // How large the terms are that each slope is made of.
    var sizes = [Double](repeating: 0, count: concentrations.count + ofBlocks.count)
    for (k, row) in shares.enumerated() {
      concentrations[k].add(falling)
      sizes[k] -= falling
      for (set, share) in row.enumerated() where share > 0 {
        let rising = share * risingSlope(k, set.nonzeroBitCount)
        concentrations[k].add(rising)
        sizes[k] += rising
        for (i, slope) in blocks[set].enumerated() {
          ofBlocks[i].add(share * slope)
          sizes[concentration.count + i] += abs(share * slope)
        }
      }
    }
    let found = (concentrations + ofBlocks).map(\.value)
    // Shares have 16 digits, and a few roundings.
    guard zip(found, sizes).allSatisfy({ 0x1p-46 * $1 <= 1e-9 * max(1, abs($0)) }) else {
      throw ExactRefusal.undecided("gradient", "it is a difference of numbers that are too large")
    }
    guard request.route == .bruteForce else { return BayesianMixtureSlopes(like: self, found) }
    let law = try visitedAssignments(observations, request)
    let mean = try law.mean(of: found.count) { slopes(of: sets(of: $0)) }
    return BayesianMixtureSlopes(like: self, mean ?? found.map { _ in 0 })
  }

  /// The set of observations of each component.
  func sets(of labels: [Int]) -> [Int] {
    var sets = [Int](repeating: 0, count: componentCount)
    for (n, label) in labels.enumerated() { sets[label] |= 1 << n }
    return sets
  }
}
