public import GSL

extension NormalInverseWishart: InvertibleFamily {
  /// The law with mean parameters (P m, −½ (d/κ + mᵀPm), −½ P, −½ E[log |Σ|]), P = E[Σ⁻¹] = ν Λ⁻¹.
  ///
  /// P gives m, then κ; ν is that of the Wishart law of Σ⁻¹, and Λ = ν P⁻¹.
  public init(meanParameters: [Double]) throws(GSLError) {
    let count = meanParameters.count
    guard let d = (1...max(1, count)).first(where: { $0 * ($0 + 1) + 2 == count }) else {
      throw GSLError(
        "NormalInverseWishart", .badArgument("expected d² + d + 2 parameters, found \(count)"))
    }
    let shift = Array(meanParameters[..<d])
    let covariance = try InverseWishartLaw(meanParameters: Array(meanParameters[(d + 1)...]))
    let precision = meanParameters[(d + 1)..<(d + 1 + d * d)].map { -2 * $0 }
    let mean = try LinearAlgebra.solve(order: d, precision, right: shift)
    let kappa = Double(d) / (-2 * meanParameters[d] - dot(mean, shift))
    try requirePositive("NormalInverseWishart", [kappa])
    self.init(
      checkedMean: mean, kappa: kappa, dof: covariance.dof,
      scale: (0..<d).map { i in (0..<d).map { j in covariance.scale[i * d + j] } })
  }

  /// Cov[T], with P = Σ⁻¹, V = Λ⁻¹, u = V m, s = mᵀV m, and log |P| = −log |Σ|.
  ///
  /// ```
  /// Cov(Pμ_i, Pμ_k)    = ν (V_ik s + u_i u_k) + ν V_ik/κ      Cov(Pμ_i, μᵀPμ)  = 2ν u_i (s + 1/κ)
  /// Cov(Pμ_i, P_kl)    = ν (V_ik u_l + V_il u_k)              Cov(Pμ_i, log|P|) = 2 u_i
  /// Var(μᵀPμ)          = 2ν s² + 4ν s/κ + 2d/κ²               Cov(μᵀPμ, P_kl)   = 2ν u_k u_l
  /// Cov(μᵀPμ, log |P|) = 2 s                                  and those of P as in ``WishartLaw``
  /// ```
  /// They follow from μ = m + P^−½ ε/√κ and the moments of the Wishart law.
  public func statisticsCovariance() throws(GSLError) -> [Double] {
    let d = dimension
    let v = try LinearAlgebra.inverse(order: d, Array(scale.joined()))
    let u = (0..<d).map { i in (0..<d).reduce(0) { $0 + v[i * d + $1] * mean[$1] } }
    let s = dot(u, mean)
    let precise = try WishartLaw(dof: dof, scale: v, dimension: d).statisticsCovariance()
    let width = d * d + 1
    // The statistics without their factors: Pμ, μᵀPμ, P, log |P|.
    func plain(_ row: Int, _ column: Int) -> Double {
      let (i, rest) = (min(row, column), max(row, column))
      if i > d { return precise[(i - d - 1) * width + rest - d - 1] }
      let place = rest - d - 1
      if i < d {
        if rest < d { return dof * (v[i * d + rest] * (s + 1 / kappa) + u[i] * u[rest]) }
        if rest == d { return 2 * dof * u[i] * (s + 1 / kappa) }
        if place == d * d { return 2 * u[i] }
        let (k, l) = (place / d, place % d)
        return dof * (v[i * d + k] * u[l] + v[i * d + l] * u[k])
      }
      if rest == d {
        return 2 * dof * s * s + 4 * dof * s / kappa + 2 * Double(d) / (kappa * kappa)
      }
      return place == d * d ? 2 * s : 2 * dof * u[place / d] * u[place % d]
    }
    func factor(_ row: Int) -> Double { row < d ? 1 : row == d + width ? 0.5 : -0.5 }
    return table(d + 1 + width) { factor($0) * factor($1) * plain($0, $1) }
  }
}
