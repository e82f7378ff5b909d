import GSL

/// One step of the dynamics: x' = dynamics · x + noiseᵀ · u with u ~ N(0, 1).
public struct StateStep: Sendable, Equatable {
  package let dynamics: Rows
  /// Γ, a row for every independent noise.
  package let noise: Rows
  /// [Γᵀ A]ᵀ: what the noises and the state before do to a state, a row for each.
  package let influences: Rows

  /// A step by what it multiplies a state with and the covariance of what it adds, which may be singular.
  package init(dynamics: [[Double]], noise covariance: [[Double]]) {
    let noises = transposed(CovarianceFactor(of: covariance).rows)
    self.dynamics = Rows(dynamics, width: dynamics.count)
    noise = Rows(noises, width: dynamics.count)
    influences = Rows(noises + transposed(dynamics), width: dynamics.count)
  }

  /// A · x.
  public func moved(_ state: [Double]) -> [Double] {
    var moved = [Double](repeating: 0, count: state.count)
    for i in state.indices {
      for j in state.indices { moved[i] += dynamics[i, j] * state[j] }
    }
    return moved
  }
}

/// How a state is seen: outputs in coordinates in which their noise is N(0, 1).
public struct StateView: Sendable, Equatable {
  private let emission: Rows
  private let noise: CovarianceFactor
  /// What every output's density is multiplied by.
  public let logWeight: Double

  /// A view by what multiplies a state and the covariance of what is added, which may not be singular.
  package init(emission: [[Double]], noise covariance: [[Double]]) {
    noise = CovarianceFactor(of: covariance)
    let white = transposed(transposed(emission).map(noise.whitened))
    let states = emission.first?.count ?? 0
    self.emission = Rows(white.map { $0 + [0] }, width: states + 1)
    logWeight = -0.5 * Double(emission.count) * log(2 * Double.pi) - noise.logDeterminant
  }

  /// The likelihood of one output.
  public func evidence(of output: [Double]) -> StateEvidence {
    var rows = emission
    for (row, value) in noise.whitened(output).enumerated() { rows[row, rows.width - 1] = value }
    return StateEvidence(rows: rows, logWeight: logWeight)
  }
}
