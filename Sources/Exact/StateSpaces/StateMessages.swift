import GSL
import Models

// The two messages of a chain of normal states, each in the form in which it cannot be singular.
// What is known from the past is a belief, a normal density that may be sharp in some directions.
// What is known from the future is a likelihood, which may say nothing of some directions.
// Neither is ever inverted. Reference: Kailath, Sayed and Hassibi 2000, chapter 12 (arrays).

/// What is known of a state: x = mean + Lᵀ·u with u ~ N(0, 1), independent.
struct StateBelief: Equatable {
  var mean: [Double]
  /// L, a row for every independent doubt, which says how it moves the state; none: no doubt.
  var doubts: Rows

  /// The covariance, Lᵀ·L, row after row.
  var covariance: [Double] {
    var covariance = Rows(zeros: mean.count, width: mean.count)
    for i in mean.indices {
      for j in mean.indices {
        for k in 0..<doubts.count { covariance[i, j] += doubts[k, i] * doubts[k, j] }
      }
    }
    return covariance.entries
  }

  /// The belief about dynamics · x + N(0, noiseᵀ · noise).
  ///
  /// ```
  /// mean' = A·mean     L'ᵀ·L' = A·Lᵀ·L·Aᵀ + Γᵀ·Γ     [L·Aᵀ]
  ///                                                 [Γ   ]   turns  [L']
  /// ```
  func moved(by step: StateStep) -> StateBelief {
    var array = Rows(zeros: doubts.count + step.noise.count, width: mean.count)
    array.place(doubts, times: step.dynamics, at: 0)
    array.place(step.noise, at: doubts.count)
    let triangle = Triangle(turning: array, columns: mean.count)
    return StateBelief(
      mean: step.moved(mean), doubts: triangle.restored(min(mean.count, array.count)))
  }

  /// The belief once a likelihood is known too, and the log probability of what it was seen of.
  ///
  /// ```
  /// |u|² + |F·(mean + Lᵀ·u) − g|²  =  |R·u − r|² + |ρ|²
  /// [1       0           ]           [R  r]
  /// [F·Lᵀ    g − F·mean  ]    turns  [0  ρ]        Rᵀ·R ≥ 1, so that R has an inverse
  /// x = mean + Lᵀ·R⁻¹·(r + N(0, 1))     log p(y) = logWeight − log|R| − ½ |ρ|²
  /// ```
  func conditioned(on seen: StateEvidence) -> (belief: StateBelief, logEvidence: Double) {
    let (count, states) = (doubts.count, mean.count)
    var array = Rows(zeros: count + seen.rows.count, width: count + 1)
    array.placeIdentity(count)
    array.place(seen.rows, times: doubts, at: count)
    for i in 0..<seen.rows.count {
      var predicted = 0.0
      for k in mean.indices { predicted += seen.rows[i, k] * mean[k] }
      array[count + i, count] = seen.rows[i, states] - predicted
    }
    let triangle = Triangle(turning: array, columns: count)
    let shares = triangle.solved(column: count)
    var moved = [Double](repeating: 0, count: states)
    for (share, doubt) in zip(shares, triangle.order) {
      for k in moved.indices { moved[k] += doubts[doubt, k] * share }
    }
    for k in moved.indices { moved[k] = mean[k] + moved[k] }
    let misfit = triangle.squares(below: count, column: count)
    return (
      StateBelief(mean: moved, doubts: triangle.transposedSolved(doubts)),
      seen.logWeight - triangle.logDiagonal - 0.5 * misfit
    )
  }
}

/// What observations y say of a state: log p(y | x) = logWeight − ½ |F·x − g|².
struct StateEvidence: Equatable {
  /// [F g], as wide as there are states and one.
  var rows: Rows
  var logWeight: Double

  /// The likelihood of two sets of observations that depend on each other through the state alone.
  func joined(with other: StateEvidence) -> StateEvidence {
    var array = Rows(zeros: rows.count + other.rows.count, width: rows.width)
    array.place(rows, at: 0)
    array.place(other.rows, at: rows.count)
    return StateEvidence(compressing: array, logWeight: logWeight + other.logWeight)
  }

  /// No observation: p = 1 whatever the state.
  static func none(ofStates count: Int) -> StateEvidence {
    StateEvidence(rows: Rows(zeros: 0, width: count + 1), logWeight: 0)
  }

  init(rows: Rows, logWeight: Double) {
    (self.rows, self.logWeight) = (rows, logWeight)
  }

  /// The same likelihood in as many rows as there are states, at most.
  private init(compressing rows: Rows, logWeight: Double) {
    let states = rows.width - 1
    let triangle = Triangle(turning: rows, columns: states)
    self.rows = triangle.restored(min(states, rows.count))
    self.logWeight = logWeight - 0.5 * triangle.squares(below: states, column: states)
  }

  /// The likelihood of the same observations given the state of one step before.
  ///
  /// The noise u of the step is integrated out, as x' = A·x + Γᵀ·u with u ~ N(0, 1):
  /// ```
  /// |u|² + |F·(A·x + Γᵀ·u) − g|²      [1      0     0]         [R  ·   ·]
  ///                                   [F·Γᵀ   F·A   g]   turns [0  F'  g']     logWeight' = logWeight − log|R|
  /// ```
  func before(_ step: StateStep) -> StateEvidence {
    let noises = step.noise.count
    let width = noises + rows.width
    var array = Rows(zeros: noises + rows.count, width: width)
    array.placeIdentity(noises)
    array.place(rows, times: step.influences, at: noises)
    for i in 0..<rows.count { array[noises + i, width - 1] = rows[i, rows.width - 1] }
    let triangle = Triangle(turning: array, columns: noises)
    var rest = Rows(zeros: rows.count, width: rows.width)
    for i in 0..<rest.count {
      for j in 0..<rest.width { rest[i, j] = triangle.rows[noises + i, noises + j] }
    }
    return StateEvidence(compressing: rest, logWeight: logWeight - triangle.logDiagonal)
  }
}

/// One step of the dynamics: x' = dynamics · x + noiseᵀ · u with u ~ N(0, 1).
struct StateStep {
  let dynamics: Rows
  /// Γ, a row for every independent noise.
  let noise: Rows
  /// [Γᵀ A]ᵀ: what the noises and the state before do to a state, a row for each.
  let influences: Rows

  init(of system: LinearDynamicalSystem) {
    let states = system.stateCount
    let noises = transposed(CovarianceFactor(of: system.dynamicsNoise).rows)
    dynamics = Rows(system.dynamics, width: states)
    noise = Rows(noises, width: states)
    influences = Rows(noises + transposed(system.dynamics), width: states)
  }

  /// A · x.
  func moved(_ state: [Double]) -> [Double] {
    var moved = [Double](repeating: 0, count: state.count)
    for i in state.indices {
      for j in state.indices { moved[i] += dynamics[i, j] * state[j] }
    }
    return moved
  }
}

/// How a state is seen: outputs in coordinates in which their noise is N(0, 1).
struct StateView {
  private let emission: Rows
  private let noise: CovarianceFactor
  /// What every output's density is multiplied by.
  let logWeight: Double

  init(of system: LinearDynamicalSystem) {
    noise = CovarianceFactor(of: system.emissionNoise)
    let white = transposed(transposed(system.emission).map(noise.whitened))
    emission = Rows(white.map { $0 + [0] }, width: system.stateCount + 1)
    logWeight = -0.5 * Double(system.outputCount) * log(2 * Double.pi) - noise.logDeterminant
  }

  /// The likelihood of one output.
  func evidence(of output: [Double]) -> StateEvidence {
    var rows = emission
    for (row, value) in noise.whitened(output).enumerated() { rows[row, rows.width - 1] = value }
    return StateEvidence(rows: rows, logWeight: logWeight)
  }
}

extension StateBelief {
  /// What is known before anything is seen.
  init(initialOf system: LinearDynamicalSystem) {
    mean = system.initialMean
    let factor = CovarianceFactor(of: system.initialCovariance).rows
    doubts = Rows(transposed(factor), width: mean.count)
  }
}
