public import GSL
public import Models
import Probability

// The brute-force twin of the messages: all states and outputs of a sequence as one normal vector,
// conditioned as any normal vector is. It knows of time only when it writes the covariance down.
// A covariance squares the ratio of the largest to the smallest deviation, and a posterior variance
// is a difference of two: so all is done with twice the digits of a double.

/// The joint normal law of the states x_0 … x_T and the outputs y_0 … y_T.
///
/// ```
/// Cov(x_t, x_s) = A_t · Cov(x_{t−1}, x_s)     Cov(x_t) = A_t · Cov(x_{t−1}) · A_tᵀ + Q_t
/// Cov(y_t, x_s) = C · Cov(x_t, x_s)           Cov(y_t, y_s) = C · Cov(x_t, x_s) · Cᵀ + [t = s] R
/// ```
struct DenseStateSpace {
  private var states: [DoubledMatrix] = []
  private var stateMean: [DoubleDouble] = []
  private var statesByOutputs: DoubledMatrix
  private var outputs: DoubledMatrix
  private var shifts: [DoubleDouble] = []
  private let (length, n, m): (Int, Int, Int)

  /// The law of a sequence in which each step from the second on has dynamics of its own.
  init(
    start system: LinearDynamicalSystem, steps: [LinearDynamicalSystem], observations: [[Double]]
  ) {
    (length, n, m) = (observations.count, system.stateCount, system.outputCount)
    let emission = DoubledMatrix(system.emission)
    var means = [DoubledMatrix(column: system.initialMean)]
    // covariance[t][s] for s ≤ t.
    var covariance = [[DoubledMatrix(system.initialCovariance)]]
    for step in steps {
      let dynamics = DoubledMatrix(step.dynamics)
      let last = covariance[covariance.count - 1]
      var row = last.map { dynamics.times($0) }
      row.append(
        row[row.count - 1].times(dynamics.transposed()) + DoubledMatrix(step.dynamicsNoise))
      means.append(dynamics.times(means[means.count - 1]))
      covariance.append(row)
    }
    states = (0..<length).map { covariance[$0][$0] }
    stateMean = (0..<length).flatMap { means[$0].entries }
    shifts = (0..<length).flatMap { t in
      zip(observations[t], emission.times(means[t]).entries).map { DoubleDouble($0) - $1 }
    }
    outputs = DoubledMatrix(zeros: length * m, length * m)
    statesByOutputs = DoubledMatrix(zeros: length * m, length * n)
    for t in 0..<length {
      for s in 0..<length {
        let between = s <= t ? covariance[t][s] : covariance[s][t].transposed()
        let seen = emission.times(between)
        statesByOutputs.place(seen, at: (t, s))
        let both = seen.times(emission.transposed())
        outputs.place(
          s == t ? both + DoubledMatrix(system.emissionNoise) : both, at: (t, s))
      }
    }
  }

  /// Cov(y) = L·D·Lᵀ and w = L⁻¹(y − mean).
  private func factored() throws(GSLError) -> (LinearAlgebra.DoubledFactor, [DoubleDouble]) {
    let order = length * m
    guard outputs.entries.allSatisfy(\.high.isFinite), shifts.allSatisfy(\.high.isFinite) else {
      throw GSLError("the covariance of the outputs", .overflow, arguments: "order \(order)")
    }
    guard let factor = LinearAlgebra.DoubledFactor(order: order, outputs.entries) else {
      throw GSLError("cholesky", .notPositiveDefinite, arguments: "order \(order)")
    }
    return (factor, factor.lowerSolved(shifts))
  }

  /// log N(y; mean, covariance) = −½ Σ_i (w_i² / D_i + log D_i + log 2π).
  func logEvidence() throws(GSLError) -> ExactValue {
    guard length > 0 else { return ExactValue(0, roundingBound: 0) }
    let (factor, white) = try factored()
    return logEvidence(factor, white)
  }

  private func logEvidence(
    _ factor: LinearAlgebra.DoubledFactor, _ white: [DoubleDouble]
  ) -> ExactValue {
    var total = CompensatedSum([-0.5 * factor.form(white, white).high])
    for pivot in factor.pivots { total += -0.5 * (pivot.logarithm.high + log(2 * Double.pi)) }
    let roundings = 4 * Double(factor.order + 4) * Double.ulpOfOne
    return ExactValue(total.value, roundingBound: roundings * max(1, abs(total.value)))
  }

  /// Mean and covariance of the states given the outputs: W = L⁻¹·Cov(y, x).
  ///
  /// ```
  /// E[x | y] = E[x] + Wᵀ·D⁻¹·w     Cov(x | y) = Cov(x) − Wᵀ·D⁻¹·W
  /// ```
  func posterior() throws(GSLError) -> StateSpacePosterior {
    guard length > 0 else {
      return StateSpacePosterior(
        logEvidence: try logEvidence(), stateCount: n, means: [], covariances: [])
    }
    let (factor, white) = try factored()
    let columns = (0..<length * n).map { factor.lowerSolved(statesByOutputs.column($0)) }
    let means = zip(stateMean, columns).map { ($0 + factor.form($1, white)).high }
    var covariances = [Double](repeating: 0, count: length * n * n)
    for t in 0..<length {
      for i in 0..<n {
        for j in 0...i {
          let (prior, rest) = (
            states[t][i, j], states[t][i, j] - factor.form(columns[t * n + i], columns[t * n + j])
          )
          // What 32 digits leave of a difference must be below what is promised.
          if i == j, !(0x1p-96 * prior.high <= 1e-10 * max(1, rest.high)) {
            throw GSLError("cholesky", .notPositiveDefinite, arguments: "state \(i) at \(t)")
          }
          let entry = i == j ? max(0, rest.high) : rest.high
          covariances[(t * n + i) * n + j] = entry
          covariances[(t * n + j) * n + i] = entry
        }
      }
    }
    return StateSpacePosterior(
      logEvidence: logEvidence(factor, white), stateCount: n, means: means,
      covariances: covariances)
  }
}

/// A matrix with twice the digits of a double, row after row.
private struct DoubledMatrix {
  let (rows, columns): (Int, Int)
  private(set) var entries: [DoubleDouble]

  init(zeros rows: Int, _ columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    entries = Array(repeating: DoubleDouble(0), count: rows * columns)
  }

  init(_ table: [[Double]]) {
    (rows, columns) = (table.count, table.first?.count ?? 0)
    entries = table.joined().map { DoubleDouble($0) }
  }

  init(column: [Double]) { self.init(column.map { [$0] }) }

  subscript(row: Int, column: Int) -> DoubleDouble { entries[row * columns + column] }

  func column(_ index: Int) -> [DoubleDouble] { (0..<rows).map { self[$0, index] } }

  func transposed() -> DoubledMatrix {
    var result = DoubledMatrix(zeros: columns, rows)
    result.entries = (0..<columns).flatMap { column($0) }
    return result
  }

  func times(_ other: DoubledMatrix) -> DoubledMatrix {
    var product = DoubledMatrix(zeros: rows, other.columns)
    for i in 0..<rows {
      for j in 0..<other.columns {
        for k in 0..<columns { product.entries[i * other.columns + j] += self[i, k] * other[k, j] }
      }
    }
    return product
  }

  static func + (left: DoubledMatrix, right: DoubledMatrix) -> DoubledMatrix {
    var sum = left
    for index in sum.entries.indices { sum.entries[index] += right.entries[index] }
    return sum
  }

  /// Writes a block at (row, column), counted in blocks of its own size.
  mutating func place(_ block: DoubledMatrix, at corner: (row: Int, column: Int)) {
    for i in 0..<block.rows {
      for j in 0..<block.columns {
        let row = corner.row * block.rows + i
        entries[row * columns + corner.column * block.columns + j] = block[i, j]
      }
    }
  }
}

extension StateSpacePosterior {
  /// The same answer from the joint normal law of all states and outputs.
  ///
  /// It fails where Cholesky's factorisation does, even with 32 digits: the outputs' covariance
  /// squares the ratio of the largest to the smallest deviation, and 10⁸ beside 10⁻¹² is singular to
  /// working precision.
  public static func dense(
    of sequence: LinearDynamicalSequence
  ) throws(GSLError) -> StateSpacePosterior {
    let steps = Array(repeating: sequence.system, count: max(0, sequence.length - 1))
    return try DenseStateSpace(
      start: sequence.system, steps: steps, observations: sequence.observations
    ).posterior()
  }

  /// The entries of the joint covariance that ``dense(of:)`` works on, as a number that cannot
  /// overflow.
  public static func denseEntries(of sequence: LinearDynamicalSequence) -> Double {
    let size =
      Double(sequence.length)
      * Double(sequence.system.stateCount + sequence.system.outputCount)
    return size * size
  }
}
