import GSL
import Models

// The two messages of a chain of normal states, each in the form in which it cannot be singular.
// What is known from the past is a belief, a normal density that may be sharp in some directions.
// What is known from the future is a likelihood, which may say nothing of some directions.
// Neither is ever inverted. Reference: Kailath, Sayed and Hassibi 2000, chapter 12 (arrays).

/// What is known of a state: x = mean + factor · u with u ~ N(0, 1), independent.
struct StateBelief: Equatable {
  var mean: [Double]
  /// A row for every coordinate; a column of zeros, or none at all, is a direction without doubt.
  var factor: [[Double]]

  /// The covariance, factor · factorᵀ.
  var covariance: [[Double]] { squared(factor) }

  /// The belief about dynamics · x + N(0, noise · noiseᵀ).
  ///
  /// ```
  /// mean' = A·mean     factor'·factor'ᵀ = A·factor·factorᵀ·Aᵀ + Γ·Γᵀ = [A·factor  Γ]·[A·factor  Γ]ᵀ
  /// ```
  func moved(by step: StateStep) -> StateBelief {
    let columns = transposed(product(step.dynamics, factor)) + transposed(step.noise)
    let turned = Triangle(turning: columns, columns: mean.count)
    let factor = turned.rows.prefix(mean.count).map { turned.restored($0[...]) }
    return StateBelief(mean: product(step.dynamics, mean), factor: transposed(factor))
  }

  /// The belief once a likelihood is known too, and the log probability of what it was seen of.
  ///
  /// ```
  /// |u|² + |F·(mean + factor·u) − g|²  =  |R·u − r|² + |ρ|²
  /// [1           0           ]           [R  r]
  /// [F·factor    g − F·mean  ]    turns  [0  ρ]        R·Rᵀ ≥ 1, so that R has an inverse
  /// x = mean + factor·R⁻¹·(r + N(0, 1))     log p(y) = logWeight − log|R| − ½ |ρ|²
  /// ```
  func conditioned(on seen: StateEvidence) -> (belief: StateBelief, logEvidence: Double) {
    let count = factor.first?.count ?? 0
    let shifts = zip(seen.values, product(seen.rows, mean)).map { $0 - $1 }
    let informed = zip(product(seen.rows, factor), shifts).map { $0 + [$1] }
    let triangle = Triangle(
      turning: identityRows(count, width: count + 1) + informed, columns: count)
    let turned = triangle.rows
    // The u in the order of the triangle.
    let factor = factor.map { row in triangle.order.map { row[$0] } }
    let doubt = turned.prefix(count).map { $0[count] }
    let misfit = turned.dropFirst(count).map { $0[count] }
    let moved = product(factor, solvedUpper(turned, doubt))
    let belief = StateBelief(
      mean: zip(mean, moved).map { $0 + $1 },
      factor: factor.map { solvedUpper($0, timesInverseOf: turned) })
    return (belief, seen.logWeight - logDiagonal(turned, count) - 0.5 * dot(misfit, misfit))
  }
}

/// What observations y say of a state: log p(y | x) = logWeight − ½ |rows·x − values|².
struct StateEvidence: Equatable {
  var rows: [[Double]]
  var values: [Double]
  var logWeight: Double

  /// No observation: p = 1 whatever the state.
  static let none = StateEvidence(rows: [], values: [], logWeight: 0)

  /// The likelihood of two sets of observations that depend on each other through the state alone.
  func joined(with other: StateEvidence) -> StateEvidence {
    StateEvidence(
      rows: rows + other.rows, values: values + other.values,
      logWeight: logWeight + other.logWeight
    ).compressed
  }

  /// The same likelihood in as many rows as there are states, at most.
  private var compressed: StateEvidence {
    let count = rows.first?.count ?? 0
    let triangle = Triangle(turning: zip(rows, values).map { $0 + [$1] }, columns: count)
    let turned = triangle.rows
    let misfit = turned.dropFirst(count).map { $0[count] }
    return StateEvidence(
      rows: turned.prefix(count).map { triangle.restored($0[..<count]) },
      values: turned.prefix(count).map { $0[count] },
      logWeight: logWeight - 0.5 * dot(misfit, misfit))
  }

  /// The likelihood of the same observations given the state of one step before.
  ///
  /// The noise u of the step is integrated out, as x' = A·x + Γ·u with u ~ N(0, 1):
  /// ```
  /// |u|² + |F·(A·x + Γ·u) − g|²      [1     0     0]         [R  ·   ·]
  ///                                  [F·Γ   F·A   g]   turns [0  F'  g']     logWeight' = logWeight − log|R|
  /// ```
  func before(_ step: StateStep) -> StateEvidence {
    let (noises, states) = (step.noise.first?.count ?? 0, step.dynamics.count)
    let informed = rows.indices.map { i in
      product(transposed(step.noise), rows[i]) + product(transposed(step.dynamics), rows[i])
        + [values[i]]
    }
    let turned = Triangle(
      turning: identityRows(noises, width: noises + states + 1) + informed, columns: noises
    ).rows
    let rest = turned.dropFirst(noises).map { Array($0.dropFirst(noises)) }
    return StateEvidence(
      rows: rest.map { Array($0.dropLast()) }, values: rest.map { $0[states] },
      logWeight: logWeight - logDiagonal(turned, noises)
    ).compressed
  }
}

/// One step of the dynamics: x' = dynamics · x + noise · u with u ~ N(0, 1).
struct StateStep {
  let dynamics: [[Double]]
  let noise: [[Double]]

  init(of system: LinearDynamicalSystem) {
    dynamics = system.dynamics
    noise = CovarianceFactor(of: system.dynamicsNoise).rows
  }
}

/// How a state is seen: outputs in coordinates in which their noise is N(0, 1).
struct StateView {
  private let emission: [[Double]]
  private let noise: CovarianceFactor
  private let logWeight: Double

  init(of system: LinearDynamicalSystem) {
    noise = CovarianceFactor(of: system.emissionNoise)
    emission = transposed(transposed(system.emission).map(noise.whitened))
    logWeight = -0.5 * Double(system.outputCount) * log(2 * Double.pi) - noise.logDeterminant
  }

  /// The likelihood of one output.
  func evidence(of output: [Double]) -> StateEvidence {
    StateEvidence(rows: emission, values: noise.whitened(output), logWeight: logWeight)
  }
}

extension StateBelief {
  /// What is known before anything is seen.
  init(initialOf system: LinearDynamicalSystem) {
    mean = system.initialMean
    factor = CovarianceFactor(of: system.initialCovariance).rows
  }
}
