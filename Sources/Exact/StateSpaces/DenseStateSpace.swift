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
  private let statesByOutputs: DoubledMatrix
  private let outputs: DoubledMatrix
  private let shifts: [DoubleDouble]
  private let (length, n): (Int, Int)

  /// The law of a sequence in which each step from the second on has dynamics of its own.
  init(
    start system: LinearDynamicalSystem, steps: [LinearDynamicalSystem], observations: [[Double]],
    seen: [[Int]]
  ) {
    let zeros = observations.map { $0.map { _ in DoubleDouble(0) } }
    self.init(
      initialMean: system.initialMean, initialCovariance: system.initialCovariance,
      steps: steps.map { ($0.dynamics, $0.dynamicsNoise, []) },
      views: zeros.map { (system.emission, system.emissionNoise, $0) },
      observations: observations, seen: seen)
  }

  /// The law of a sequence whose steps and views all have parameters of their own, with what is added.
  init(
    initialMean: [Double], initialCovariance: [[Double]],
    steps: [(dynamics: [[Double]], noise: [[Double]], offset: [DoubleDouble])],
    views: [(emission: [[Double]], noise: [[Double]], offset: [DoubleDouble])],
    observations: [[Double]], seen: [[Int]]
  ) {
    let (n, m) = (initialMean.count, views.first?.emission.count ?? 0)
    (length, self.n) = (observations.count, n)
    let emissions = views.map { DoubledMatrix($0.emission) }
    var means = [DoubledMatrix(column: initialMean)]
    // covariance[t][s] for s ≤ t.
    var covariance = [[DoubledMatrix(initialCovariance)]]
    for step in steps {
      let dynamics = DoubledMatrix(step.dynamics)
      let last = covariance[covariance.count - 1]
      var row = last.map { dynamics.times($0) }
      row.append(row[row.count - 1].times(dynamics.transposed()) + DoubledMatrix(step.noise))
      var mean = dynamics.times(means[means.count - 1])
      for (i, shift) in step.offset.enumerated() { mean[i, 0] += shift }
      means.append(mean)
      covariance.append(row)
    }
    states = (0..<length).map { covariance[$0][$0] }
    stateMean = (0..<length).flatMap { means[$0].entries }
    let allShifts = (0..<length).flatMap { t in
      zip(zip(observations[t], views[t].offset), emissions[t].times(means[t]).entries).map {
        DoubleDouble($0.0) - $0.1 - $1
      }
    }
    var outputs = DoubledMatrix(zeros: length * m, length * m)
    var statesByOutputs = DoubledMatrix(zeros: length * m, length * n)
    for t in 0..<length {
      for s in 0..<length {
        let between = s <= t ? covariance[t][s] : covariance[s][t].transposed()
        let seen = emissions[t].times(between)
        statesByOutputs.place(seen, atRow: t * m, column: s * n)
        let both = seen.times(emissions[s].transposed())
        outputs.place(
          s == t ? both + DoubledMatrix(views[t].noise) : both, atRow: t * m, column: s * m)
      }
    }
    // What was not observed is left out: a normal vector's part has that part of its covariance.
    let numbers = seen.enumerated().flatMap { step, seen in seen.map { step * m + $0 } }
    shifts = numbers.map { allShifts[$0] }
    self.outputs = outputs.selected(rows: numbers, columns: numbers)
    self.statesByOutputs = statesByOutputs.selected(
      rows: numbers, columns: Array(0..<length * n))
  }

  /// Cov(y) = L·D·Lᵀ and w = L⁻¹(y − mean); nil where nothing was observed.
  private func factored() throws(GSLError) -> (LinearAlgebra.DoubledFactor, [DoubleDouble])? {
    let order = shifts.count
    guard order > 0 else { return nil }
    guard outputs.entries.allSatisfy(\.high.isFinite), shifts.allSatisfy(\.high.isFinite) else {
      throw GSLError("the covariance of the outputs", .overflow, arguments: "order \(order)")
    }
    guard let factor = LinearAlgebra.DoubledFactor(order: order, outputs.entries) else {
      throw GSLError("cholesky", .notPositiveDefinite, arguments: "order \(order)")
    }
    return (factor, factor.lowerSolved(shifts))
  }

  /// log N(y; mean, covariance) = −½ Σ_i (w_i² / D_i + log D_i + log 2π), and how far it can be off.
  func logEvidence() throws(GSLError) -> (DoubleDouble, error: Double) {
    guard let (factor, white) = try factored() else { return (DoubleDouble(0), 0) }
    return logEvidence(factor, white)
  }

  private func logEvidence(
    _ factor: LinearAlgebra.DoubledFactor, _ white: [DoubleDouble]
  ) -> (DoubleDouble, error: Double) {
    let misfit = factor.form(white, white)
    var total = misfit
    for pivot in factor.pivots { total += pivot.logarithm + DoubleDouble.logOfTwoPi }
    let logEvidence = DoubleDouble(-0.5) * total
    // Each pivot is off by a share of itself; vᵀ E v is what the misfit is off by.
    let pull = self.pull(factor, white)
    let error = (Double(factor.order) * rounding * factor.loss + rounding * pull * pull) / 2
    return (logEvidence, error)
  }

  /// The share E of √(A_ii A_jj) by which the outputs' covariance A is off, written and factored.
  ///
  /// An entry is a sum over the states before it; a factor with rounding is that of A + E exactly.
  private var rounding: Double { Double(4 * (outputs.rows + length * n + 4)) * 0x1p-104 }

  /// Σ_i |(A⁻¹ v)_i| √A_ii, given the y with L y = v: so much E moves what is conditioned on v.
  private func pull(_ factor: LinearAlgebra.DoubledFactor, _ solved: [DoubleDouble]) -> Double {
    factor.upperSolved(solved).enumerated().reduce(0) {
      $0 + abs($1.element.high) * sqrt(max(0, outputs[$1.offset, $1.offset].high))
    }
  }

  /// Mean and covariance of the states given the outputs: W = L⁻¹·Cov(y, x).
  ///
  /// ```
  /// E[x | y] = E[x] + Wᵀ·D⁻¹·w     Cov(x | y) = Cov(x) − Wᵀ·D⁻¹·W
  /// ```
  /// The error is the most that a number can be off by, over max(1, |number|).
  func posterior() throws(GSLError) -> (StateSpacePosterior, error: Double) {
    guard let (factor, white) = try factored() else {
      let prior = StateSpacePosterior(
        logEvidence: ExactValue(0, roundingBound: 0), stateCount: n,
        means: stateMean.map(\.high), covariances: states.flatMap { $0.entries.map(\.high) })
      return (prior, 0)
    }
    let (value, ofEvidence) = logEvidence(factor, white)
    var errors = [ofEvidence / max(1, value.high.magnitude)]
    let columns = (0..<length * n).map { factor.lowerSolved(statesByOutputs.column($0)) }
    let means = zip(stateMean, columns).map { ($0 + factor.form($1, white)).high }
    let ofOutputs = pull(factor, white)
    var covariances = [Double](repeating: 0, count: length * n * n)
    for t in 0..<length {
      for i in 0..<n {
        let weight = pull(factor, columns[t * n + i]) + sqrt(max(0, states[t][i, i].high))
        errors.append(rounding * weight * ofOutputs / max(1, means[t * n + i].magnitude))
        for j in 0...i {
          let (prior, rest) = (
            states[t][i, j], states[t][i, j] - factor.form(columns[t * n + i], columns[t * n + j])
          )
          // What 32 digits leave of a difference must be below what is promised.
          if i == j, !(0x1p-96 * prior.high <= 1e-10 * max(1, rest.high)) {
            throw GSLError("cholesky", .notPositiveDefinite, arguments: "state \(i) at \(t)")
          }
          if i == j { errors.append(rounding * weight * weight / max(1, rest.high)) }
          let entry = i == j ? max(0, rest.high) : rest.high
          covariances[(t * n + i) * n + j] = entry
          covariances[(t * n + j) * n + i] = entry
        }
      }
    }
    let ofDouble = Double.ulpOfOne * max(1, value.high.magnitude)
    let posterior = StateSpacePosterior(
      logEvidence: ExactValue(value.high, roundingBound: ofEvidence + ofDouble), stateCount: n,
      means: means, covariances: covariances)
    return (posterior, errors.allSatisfy(\.isFinite) ? errors.max() ?? 0 : .infinity)
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
  ) throws(GSLError) -> StateSpacePosterior { try measuredDense(of: sequence).posterior }

  /// The same, with the most that a number can be off by, over max(1, |number|).
  static func measuredDense(
    of sequence: LinearDynamicalSequence
  ) throws(GSLError) -> (posterior: StateSpacePosterior, error: Double) {
    let steps = Array(repeating: sequence.system, count: max(0, sequence.length - 1))
    return try DenseStateSpace(
      start: sequence.system, steps: steps, observations: sequence.observations,
      seen: sequence.seen
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
