public import GSL

extension NormalInverseWishart {
  /// The posterior given points, each counted with a weight: what adding natural parameters gives, with the
  /// squares taken about the points' own mean, so that data far from the origin lose no digits.
  ///
  /// ```
  /// n = Σ w_i,   x̄ = Σ w_i x_i / n,   κ' = κ + n,   ν' = ν + n,   m' = (κ m + n x̄)/κ'
  /// Λ' = Λ + Σ w_i (x_i − x̄)(x_i − x̄)ᵀ + (κ n/κ') (x̄ − m)(x̄ − m)ᵀ
  /// ```
  public func posterior(given points: [[Double]], weights: [Double]) -> NormalInverseWishart {
    let n = weights.reduce(0, +)
    guard n > 0 else { return self }
    let centre = mean.indices.map { a in
      mean[a] + zip(weights, points).reduce(0) { $0 + $1.0 * ($1.1[a] - mean[a]) } / n
    }
    let scatter = scale.indices.map { a in
      scale.indices.map { b in
        zip(weights, points).reduce(0) {
          $0 + $1.0 * ($1.1[a] - centre[a]) * ($1.1[b] - centre[b])
        }
      }
    }
    let data = NormalInverseWishart(checkedMean: centre, kappa: n, dof: n, scale: scatter)
    return combined(1, data, 1)
  }

  /// The distribution whose natural parameters are (1 − r) times these and r times those of `other`.
  ///
  /// ```
  /// κ = (1 − r) κ_a + r κ_b,     m = ((1 − r) κ_a m_a + r κ_b m_b)/κ,     ν = (1 − r) ν_a + r ν_b
  /// Λ = (1 − r) Λ_a + r Λ_b + ((1 − r) κ_a r κ_b/κ) (m_a − m_b)(m_a − m_b)ᵀ
  /// ```
  public func moved(_ r: Double, towards other: NormalInverseWishart) -> NormalInverseWishart {
    combined(1 - r, other, r)
  }

  private func combined(
    _ share: Double, _ other: NormalInverseWishart, _ otherShare: Double
  ) -> NormalInverseWishart {
    let (own, theirs) = (share * kappa, otherShare * other.kappa)
    let pull = theirs / (own + theirs)
    let steps = zip(mean, other.mean).map { $1 - $0 }
    return NormalInverseWishart(
      checkedMean: zip(mean, steps).map { $0 + pull * $1 }, kappa: own + theirs,
      dof: share * dof + otherShare * other.dof,
      scale: scale.indices.map { a in
        scale.indices.map { b in
          share * scale[a][b] + otherShare * other.scale[a][b] + own * pull * steps[a] * steps[b]
        }
      })
  }
}

/// What a normal–inverse-Wishart distribution expects of a mean and a covariance.
///
/// The mean parameters in the form in which nothing cancels: about the distribution's own mean.
public struct ExpectedGaussian: Sendable {
  /// The distribution under which all is expected.
  public let law: NormalInverseWishart
  /// P = E[Σ⁻¹] = ν Λ⁻¹.
  public let precision: [[Double]]
  /// E[log |Σ|] = log |Λ| − d log 2 − Σ_{j<d} ψ((ν − j)/2).
  public let logDeterminant: Double

  /// The expectations under a distribution.
  public init(_ law: NormalInverseWishart) throws(GSLError) {
    let (d, entries) = (law.dimension, Array(law.scale.joined()))
    self.law = law
    let inverse = try LinearAlgebra.inverse(order: d, entries)
    precision = (0..<d).map { i in (0..<d).map { law.dof * inverse[i * d + $0] } }
    logDeterminant =
      try LinearAlgebra.logDeterminant(order: d, entries).logMagnitude
      - (try expectedLogChiSquares(law.dof, d))
  }

  /// E[Σ⁻¹μ] = P m.
  public var precisionTimesMean: [Double] { precision.map { dot($0, law.mean) } }
  /// E[μᵀΣ⁻¹μ] = d/κ + mᵀP m.
  public var quadratic: Double {
    Double(law.dimension) / law.kappa + dot(law.mean, precisionTimesMean)
  }

  /// E[(x − μ)ᵀΣ⁻¹(x − μ)] = (x − m)ᵀP(x − m) + d/κ.
  public func squaredDistance(to x: [Double]) -> Double {
    let difference = zip(x, law.mean).map { $0 - $1 }
    return dot(difference, precision.map { dot($0, difference) })
      + Double(law.dimension) / law.kappa
  }

  /// E[log N(x; μ, Σ)] = −½ [E(x − μ)ᵀΣ⁻¹(x − μ) + E log |Σ| + d log 2π].
  public func logDensity(_ x: [Double]) -> Double {
    -0.5 * (squaredDistance(to: x) + logDeterminant + Double(x.count) * log(2 * Double.pi))
  }

  /// E[log p(μ, Σ)] of another distribution p of the family.
  ///
  /// ```
  /// −½ κ_p [(m − m_p)ᵀP(m − m_p) + d/κ] − ½ trace(Λ_p P) − ½ (ν_p + d + 2) E log |Σ| − A_p
  /// ```
  public func logDensity(under p: NormalInverseWishart) throws(GSLError) -> Double {
    let trace = zip(p.scale, precision).reduce(0) { $0 + dot($1.0, $1.1) }
    return -0.5 * p.kappa * squaredDistance(to: p.mean) - 0.5 * trace
      - 0.5 * (p.dof + Double(p.dimension + 2)) * logDeterminant - (try p.logPartition())
  }

  /// The entropy, A + ½ d + ½ ν d + ½ (ν + d + 2) E log |Σ|.
  public func entropy() throws(GSLError) -> Double {
    let d = Double(law.dimension)
    return try law.logPartition() + 0.5 * d * (1 + law.dof)
      + 0.5 * (law.dof + d + 2) * logDeterminant
  }
}
