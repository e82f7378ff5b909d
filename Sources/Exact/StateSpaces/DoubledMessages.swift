import GSL
import Models
import Probability

// The messages of `GaussianChainLaw` with twice the digits of a double: the same arrays turned by the
// same rotations. The formulas stand there.

/// What is known of a state: x = mean + Lᵀ·u with u ~ N(0, 1), independent.
struct DoubledBelief {
  var mean: [DoubleDouble]
  /// L, a row for every independent doubt.
  var doubts: DoubledMatrix

  /// The belief about dynamics · x + N(0, noiseᵀ · noise).
  func moved(by step: DoubledStep) -> DoubledBelief {
    var array = DoubledMatrix(zeros: doubts.rows + step.noise.rows, mean.count)
    array.place(doubts.times(step.dynamics.transposed()), atRow: 0)
    array.place(step.noise, atRow: doubts.rows)
    let triangle = DoubledTriangle(turning: array, columns: mean.count)
    return DoubledBelief(
      mean: step.moved(mean), doubts: triangle.restored(min(mean.count, array.rows)))
  }

  /// The belief once a likelihood is known too, and the log probability of what it was seen of.
  func conditioned(on seen: DoubledEvidence) -> (DoubledBelief, logEvidence: DoubleDouble) {
    let (count, states) = (doubts.rows, mean.count)
    var array = DoubledMatrix(zeros: count + seen.rows.rows, count + 1)
    for i in 0..<count { array[i, i] = DoubleDouble(1) }
    for i in 0..<seen.rows.rows {
      for u in 0..<count {
        array[count + i, u] = (0..<states).reduce(DoubleDouble(0)) {
          $0 + seen.rows[i, $1] * doubts[u, $1]
        }
      }
      array[count + i, count] = (0..<states).reduce(seen.rows[i, states]) {
        $0 - seen.rows[i, $1] * mean[$1]
      }
    }
    let triangle = DoubledTriangle(turning: array, columns: count)
    let shares = triangle.solved(column: count)
    var moved = mean
    for (share, doubt) in zip(shares, triangle.order) {
      for k in moved.indices { moved[k] += doubts[doubt, k] * share }
    }
    let misfit = triangle.squares(below: count, column: count)
    return (
      DoubledBelief(mean: moved, doubts: triangle.transposedSolved(doubts)),
      seen.logWeight - triangle.logDiagonal - DoubleDouble(0.5) * misfit
    )
  }
}

/// What observations y say of a state: log p(y | x) = logWeight − ½ |F·x − g|².
struct DoubledEvidence {
  /// [F g].
  var rows: DoubledMatrix
  var logWeight: DoubleDouble

  /// No observation of n states.
  init(ofStates count: Int) {
    (rows, logWeight) = (DoubledMatrix(zeros: 0, count + 1), DoubleDouble(0))
  }

  init(rows: DoubledMatrix, logWeight: DoubleDouble) {
    (self.rows, self.logWeight) = (rows, logWeight)
  }

  /// The likelihood of two sets of observations that depend on each other through the state alone.
  func joined(with other: DoubledEvidence) -> DoubledEvidence {
    var array = DoubledMatrix(zeros: rows.rows + other.rows.rows, rows.columns)
    array.place(rows, atRow: 0)
    array.place(other.rows, atRow: rows.rows)
    return DoubledEvidence(compressing: array, logWeight: logWeight + other.logWeight)
  }

  private init(compressing rows: DoubledMatrix, logWeight: DoubleDouble) {
    let states = rows.columns - 1
    let triangle = DoubledTriangle(turning: rows, columns: states)
    self.rows = triangle.restored(min(states, rows.rows))
    self.logWeight =
      logWeight - DoubleDouble(0.5) * triangle.squares(below: states, column: states)
  }

  /// The likelihood of the same observations given the state of one step before.
  func before(_ step: DoubledStep) -> DoubledEvidence {
    let (noises, states) = (step.noise.rows, rows.columns - 1)
    var array = DoubledMatrix(zeros: noises + rows.rows, noises + rows.columns)
    for i in 0..<noises { array[i, i] = DoubleDouble(1) }
    let seen = rows.selected(rows: Array(0..<rows.rows), columns: Array(0..<states))
    array.place(seen.times(step.noise.transposed()), atRow: noises)
    array.place(seen.times(step.dynamics), atRow: noises, column: noises)
    for i in 0..<rows.rows {
      array[noises + i, noises + states] = step.offset.indices.reduce(rows[i, states]) {
        $0 - rows[i, $1] * step.offset[$1]
      }
    }
    let triangle = DoubledTriangle(turning: array, columns: noises)
    let rest = triangle.rows.selected(
      rows: Array(noises..<noises + rows.rows), columns: Array(noises..<noises + rows.columns))
    return DoubledEvidence(compressing: rest, logWeight: logWeight - triangle.logDiagonal)
  }
}

/// One step of the dynamics: x' = dynamics · x + offset + noiseᵀ · u with u ~ N(0, 1).
struct DoubledStep {
  let dynamics: DoubledMatrix
  /// A row for every independent noise.
  let noise: DoubledMatrix
  /// What is added to every state; empty where nothing is.
  var offset: [DoubleDouble] = []

  init(of system: LinearDynamicalSystem) {
    self.init(dynamics: system.dynamics, noise: system.dynamicsNoise)
  }

  /// With the noise that a covariance is, or one that is no smaller, whatever no column explains.
  init(dynamics: [[Double]], noise: [[Double]], padded: Bool = false) {
    self.dynamics = DoubledMatrix(dynamics)
    let factor = DoubledCovarianceFactor(of: noise)
    self.noise = padded ? factor.padded : factor.columns
  }

  /// dynamics · x + offset.
  func moved(_ state: [DoubleDouble]) -> [DoubleDouble] {
    var moved = dynamics.times(state)
    for (i, shift) in offset.enumerated() { moved[i] += shift }
    return moved
  }
}
