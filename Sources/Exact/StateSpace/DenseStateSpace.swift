public import GSL
public import Models
import Networks
import Probability

// The brute-force twin of the messages: all states and outputs of a sequence as one normal vector,
// conditioned as any normal vector is. It knows of time only when it writes the covariance down.

/// The joint normal law of the states x_0 … x_T and the outputs y_0 … y_T.
///
/// ```
/// Cov(x_t, x_s) = A_t · Cov(x_{t−1}, x_s)     Cov(x_t) = A_t · Cov(x_{t−1}) · A_tᵀ + Q_t
/// Cov(y_t, x_s) = C · Cov(x_t, x_s)           Cov(y_t, y_s) = C · Cov(x_t, x_s) · Cᵀ + [t = s] R
/// ```
struct DenseStateSpace {
  private var states: [Matrix] = []
  private var stateMean: [Double] = []
  private var statesByOutputs: [Double] = []
  private var outputs: [Double] = []
  private var shifts: [Double] = []
  private let (length, n, m): (Int, Int, Int)

  /// The law of a sequence in which each step from the second on has dynamics of its own.
  init(
    start system: LinearDynamicalSystem, steps: [LinearDynamicalSystem], observations: [[Double]]
  ) {
    (length, n, m) = (observations.count, system.stateCount, system.outputCount)
    let emission = Matrix(system.emission)
    var means = [Vector(system.initialMean)]
    // covariance[t][s] for s ≤ t.
    var covariance = [[Matrix(system.initialCovariance)]]
    for step in steps {
      let dynamics = Matrix(step.dynamics)
      let last = covariance[covariance.count - 1]
      var row = last.map { dynamics.times($0) }
      row.append(row[row.count - 1].times(dynamics.transposed()) + Matrix(step.dynamicsNoise))
      means.append(dynamics.times(means[means.count - 1]))
      covariance.append(row)
    }
    states = (0..<length).map { covariance[$0][$0] }
    stateMean = (0..<length).flatMap { means[$0].array }
    shifts = (0..<length).flatMap { t in
      (Vector(observations[t]) - emission.times(means[t])).array
    }
    outputs = Array(repeating: 0, count: length * m * length * m)
    statesByOutputs = Array(repeating: 0, count: length * m * length * n)
    for t in 0..<length {
      for s in 0..<length {
        let between = s <= t ? covariance[t][s] : covariance[s][t].transposed()
        let seen = emission.times(between)
        let both = seen.times(emission.transposed())
        let noise = s == t ? Matrix(system.emissionNoise) : Matrix(zeros: m, m)
        place(seen, at: (t, s), in: &statesByOutputs, columns: length * n)
        place(both + noise, at: (t, s), in: &outputs, columns: length * m)
      }
    }
  }

  private func place(
    _ block: Matrix, at corner: (Int, Int), in matrix: inout [Double], columns: Int
  ) {
    for i in 0..<block.rows {
      for j in 0..<block.columns {
        let row = corner.0 * block.rows + i
        matrix[row * columns + corner.1 * block.columns + j] = block[i, j]
      }
    }
  }

  /// log N(y; mean, covariance) = −½ |L⁻¹(y − mean)|² − log|L| − (T·m / 2) log 2π.
  func logEvidence() throws(GSLError) -> ExactValue {
    guard length > 0 else { return ExactValue(0, roundingBound: 0) }
    let order = length * m
    let factor = try LinearAlgebra.cholesky(order: order, outputs)
    let white = try LinearAlgebra.lowerSolve(order: order, factor, right: shifts)
    var total = CompensatedSum()
    for i in 0..<order {
      total += -0.5 * (white[i] * white[i] + log(2 * Double.pi)) - log(factor[i * order + i])
    }
    let roundings = 8 * Double(order * order) * Double.ulpOfOne
    return ExactValue(total.value, roundingBound: roundings * max(1, abs(total.value)))
  }

  /// Mean and covariance of the states given the outputs: W = L⁻¹·Cov(y, x), w = L⁻¹(y − mean).
  ///
  /// ```
  /// E[x | y] = E[x] + Wᵀ·w     Cov(x | y) = Cov(x) − Wᵀ·W
  /// ```
  func posterior() throws(GSLError) -> StateSpacePosterior {
    let evidence = try logEvidence()
    guard length > 0 else {
      return StateSpacePosterior(
        logEvidence: evidence, stateCount: n, means: [], covariances: [])
    }
    let (order, width) = (length * m, length * n)
    let factor = try LinearAlgebra.cholesky(order: order, outputs)
    let white = try LinearAlgebra.lowerSolve(order: order, factor, right: shifts)
    let explained = try LinearAlgebra.lowerSolve(
      order: order, factor, right: statesByOutputs, rightColumns: width)
    let columns = (0..<width).map { column in
      (0..<order).map { explained[$0 * width + column] }
    }
    let means = zip(stateMean, columns).map { $0 + dot($1, white) }
    let covariances = (0..<length).flatMap { t in
      (0..<n * n).map { entry in
        let (i, j) = (entry / n, entry % n)
        return states[t][i, j] - dot(columns[t * n + i], columns[t * n + j])
      }
    }
    return StateSpacePosterior(
      logEvidence: evidence, stateCount: n, means: means, covariances: covariances)
  }
}

extension StateSpacePosterior {
  /// The same answer from the joint normal law of all states and outputs.
  ///
  /// It fails where Cholesky's factorisation does: the outputs' covariance squares the ratio of
  /// the largest to the smallest deviation, and 10⁸ beside 10⁻¹² is singular to working precision.
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
