package import GSL
package import Models
package import Networks
package import Probability

/// The factor q(x_0 … x_(N−1)) of one sequence of a latent dynamical system: one normal law of all states.
///
/// ```
/// E log p(x_t | x_(t−1), A, Q) = log N(x_t; M·x_(t−1), Λ/ν) − ½ n·x_(t−1)ᵀ·K⁻¹·x_(t−1) + ½ log |Λ/ν| − ½ E[log |Q|]
/// ```
/// The doubt n·K⁻¹ about the dynamics is one more potential of every state that has a successor.
package struct ChainLocals: LocalFactors {
  /// q(x_t), the marginals.
  package let states: [GaussianFactor]
  /// Cov(x_t, x_(t+1)), a row a number of x_t, for each state that has a successor.
  package let crossCovariances: [Matrix]
  /// E_q[log p(x | θ) − log q(x)].
  package let structureTerm: Double
  /// The chain itself, for drawing states.
  package let law: GaussianChainLaw

  init(
    _ potentials: [QuadraticPotential], _ dynamics: LatentDynamics,
    _ globals: MatrixNormalInverseWishart
  ) throws(GSLError) {
    let n = dynamics.dimension
    // listing: 08 chain-inference
    let noise = globals.scale.map { $0.map { $0 / globals.dof } }
    let doubt =
      Double(n)
      * Matrix(
        rows: n, columns: n,
        try LinearAlgebra.inverse(
          order: n, Array(globals.kappa.joined())))
    let step = StateStep(dynamics: globals.mean, noise: noise)
    var evidence: [StateEvidence] = []
    for (t, potential) in potentials.enumerated() {
      let isLast = t == potentials.count - 1
      let precision = isLast ? potential.precision : potential.precision + doubt
      evidence.append(try StateEvidence(potential.linear, precision))
    }
    let law = GaussianChainLaw(
      GaussianChain(
        initial: StateBelief(
          mean: dynamics.initialMean, covariance: dynamics.initialCovariance),
        steps: Array(repeating: step, count: max(0, potentials.count - 1)),
        potentials: evidence))
    // end of listing
    var states: [GaussianFactor] = []
    for t in potentials.indices {
      let belief = law.state(at: t)
      states.append(
        try GaussianFactor(
          mean: Vector(belief.mean), covariance: Matrix(rows: n, columns: n, belief.covariance)))
    }
    let expectedLog = -2 * (try globals.meanParameters()[3 * n * n])
    let logNoise = try LinearAlgebra.logDeterminant(order: n, Array(noise.joined())).logMagnitude
    var sum = CompensatedSum([
      law.logPartition, 0.5 * Double(max(0, potentials.count - 1)) * (logNoise - expectedLog),
    ])
    for (state, potential) in zip(states, potentials) { sum.add(-state.mean(of: potential)) }
    self.law = law
    self.states = states
    crossCovariances = potentials.indices.dropLast().map { Matrix(law.crossCovariance(after: $0)) }
    structureTerm = sum.value
  }

  /// (Σ E x_t·x_(t−1)ᵀ, Σ E x_(t−1)·x_(t−1)ᵀ, Σ E x_t·x_tᵀ, number of steps).
  package var statistics: [Double] {
    let cross = crossCovariances.enumerated().map { t, covariance in
      covariance.transposed() + outer(states[t + 1].mean, states[t].mean)
    }
    return ChainLocals.statistics(
      cross: cross, second: states.map(\.secondMoment), steps: Double(cross.count),
      dimension: states.first?.dimension ?? 0)
  }

  private static func statistics(
    cross: [Matrix], second: [Matrix], steps: Double, dimension n: Int
  ) -> [Double] {
    let none = Matrix(zeros: n, n)
    let crossed: [Double] = cross.reduce(none, +).array
    let earlier: [Double] = second.dropLast().reduce(none, +).array
    let later: [Double] = second.dropFirst().reduce(none, +).array
    return crossed + earlier + later + [steps]
  }
}

extension ChainLocals {
  /// Cov(x_s, x_t) for all s ≤ t, from neighbours: given x_(s+1), later states say nothing of x_s.
  ///
  /// ```
  /// Cov(x_s, x_t) = Cov(x_s, x_(s+1))·Cov(x_(s+1))⁻¹·Cov(x_(s+1), x_t)
  /// ```
  func covariances() throws(GSLError) -> [[Matrix]] {
    var rows: [[Matrix]] = []
    for s in states.indices.reversed() {
      var row = [states[s].covariance]
      if let later = rows.last {
        let n = states[s].dimension
        let inverse = Matrix(
          rows: n, columns: n,
          try LinearAlgebra.inverse(order: n, states[s + 1].covariance.array))
        let gain = crossCovariances[s].times(inverse)
        row += later.map(gain.times)
      }
      rows.append(row)
    }
    return rows.reversed()
  }

  /// The rates of all moments: an exact covariance with the tilt, as q(x) is an exponential family.
  ///
  /// ```
  /// dE[x_s] = Σ_t C_st·(dh_t − dJ_t·E[x_t])        dC_st = −Σ_u C_su·dJ_u·C_ut
  /// ```
  package func response(to tilts: [QuadraticPotential]) throws(GSLError) -> LocalResponse {
    let upper = try covariances()
    func covariance(_ s: Int, _ t: Int) -> Matrix {
      s <= t ? upper[s][t - s] : upper[t][s - t].transposed()
    }
    let n = states.first?.dimension ?? 0
    let pulls = zip(tilts, states).map { $0.linear - $0.precision.times($1.mean) }
    let shifts = states.indices.map { s in
      pulls.indices.reduce(Vector(zeros: n)) { $0 + covariance(s, $1).times(pulls[$1]) }
    }
    func spread(_ s: Int, _ t: Int) -> Matrix {
      tilts.indices.reduce(Matrix(zeros: n, n)) {
        $0 - covariance(s, $1).times(tilts[$1].precision.times(covariance($1, t)))
      }
    }
    func moment(_ s: Int, _ t: Int) -> Matrix {
      spread(s, t) + outer(shifts[s], states[t].mean) + outer(states[s].mean, shifts[t])
    }
    let moments = states.indices.map {
      MomentResponse(mean: shifts[$0], secondMoment: moment($0, $0))
    }
    let cross = states.indices.dropFirst().map { moment($0, $0 - 1) }
    return LocalResponse(
      states: moments,
      statistics: ChainLocals.statistics(
        cross: cross, second: moments.map(\.secondMoment), steps: 0, dimension: n))
  }
}

extension StateEvidence {
  /// A potential with natural parameters, or an error where it is not one of a likelihood.
  fileprivate init(_ linear: Vector, _ precision: Matrix) throws(GSLError) {
    let rows = (0..<precision.rows).map { precision.row($0).array }
    guard let evidence = StateEvidence(shift: linear.array, precision: rows) else {
      throw GSLError("ChainLocals", .notPositiveDefinite, arguments: "precision: \(rows)")
    }
    self = evidence
  }
}

extension LatentDynamics: LatentStructure {
  /// p(A, Q).
  package var prior: MatrixNormalInverseWishart { parameters }

  /// q(A, Q) with natural parameters η.
  package func globals(
    _ naturalParameters: [Double]
  ) throws(GSLError) -> MatrixNormalInverseWishart {
    try MatrixNormalInverseWishart(naturalParameters: naturalParameters)
  }

  /// The factor of one sequence, by messages in both directions; it needs no start.
  package func local(
    _ potentials: [QuadraticPotential], under globals: MatrixNormalInverseWishart,
    from start: ChainLocals? = nil
  ) throws(GSLError) -> ChainLocals {
    try ChainLocals(potentials, self, globals)
  }
}
