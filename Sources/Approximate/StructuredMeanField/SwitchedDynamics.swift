package import GSL
import Models
import Networks
import Probability

/// The dynamics of one state s of the chain, seen as an observation of the pair (x_{t−1}, x_t).
///
/// ```
/// log N(x'; A·x, Q) = log N(0; [−A 1]·(x, x'), Q)
/// ```
struct SwitchedDynamics: Sendable {
  /// A.
  let matrix: Matrix
  /// Q⁻¹.
  let precision: Matrix
  /// ½ log |2πQ|.
  let logNormaliser: Double
  /// log N(x'; A·x, Q) as a likelihood of the pair.
  let ofPairs: StateEvidence
  private let noise: CovarianceFactor

  /// The dynamics of a system; their noise has to have an inverse.
  init(_ system: LinearDynamicalSystem) throws(GSLError) {
    let n = system.stateCount
    matrix = Matrix(system.dynamics)
    precision = try inverse(Matrix(system.dynamicsNoise))
    noise = CovarianceFactor(of: system.dynamicsNoise)
    guard noise.rank == n else { throw GSLError("SwitchedDynamics", .singular) }
    logNormaliser = 0.5 * Double(n) * log(2 * Double.pi) + noise.logDeterminant
    let reading = system.dynamics.enumerated().map { i, row in
      row.map { -$0 } + (0..<n).map { $0 == i ? 1 : 0 }
    }
    ofPairs = StateView(emission: reading, noise: system.dynamicsNoise)
      .evidence(of: Array(repeating: 0, count: n))
  }

  /// √weight · Q^{−½}·(A − mean), row by row: how this state of the chain doubts the dynamics of all.
  func doubts(of mean: Matrix, weight: Double) -> [[Double]] {
    let apart = matrix - mean
    let white = (0..<apart.columns).map { noise.whitened(apart.column($0).array) }
    return transposed(white).map { row in row.map { $0 * weight.squareRoot() } + [0] }
  }
}

/// The mean of the log dynamics over the states of the chain: one normal step, and a potential of the state
/// before it.
///
/// ```
/// W = Σ_k q_k Q_k⁻¹       M = W⁻¹·Σ_k q_k Q_k⁻¹·A_k       |G·x|² = Σ_k q_k |Q_k^{−½}·(A_k − M)·x|²
/// E_q(s)[log N(x'; A_s·x, Q_s)] = log N(x'; M·x, W⁻¹) − ½ |G·x|² + constant
/// ```
/// Precisions are averaged, not covariances: the state with the least noise speaks loudest.
struct AveragedDynamics: Sendable {
  /// N(x'; M·x, W⁻¹).
  let step: StateStep
  /// −½ |G·x|²: the dynamics are uncertain, which speaks for a small x before the step.
  let doubt: StateEvidence
  /// What is left, ½ log |2πW⁻¹| − Σ_k q_k ½ log |2πQ_k|.
  let constant: Double

  init(_ modes: [SwitchedDynamics], weights: [Double]) throws(GSLError) {
    let used = zip(modes, weights).filter { $1 > 0 }
    let n = modes[0].matrix.rows
    let none = Matrix(zeros: n, n)
    // listing: 09 switching
    let precision = used.reduce(none) { $0 + $1.1 * $1.0.precision }
    let pull = used.reduce(none) { $0 + $1.1 * $1.0.precision.times($1.0.matrix) }
    let noise = try inverse(precision)
    let mean = noise.times(pull)
    let doubts = used.flatMap { $0.doubts(of: mean, weight: $1) }
    // end of listing
    let rows = (0..<n).map { noise.row($0).array }
    step = StateStep(dynamics: (0..<n).map { mean.row($0).array }, noise: rows)
    doubt = StateEvidence(rows: Rows(doubts, width: n + 1), logWeight: 0)
    let logNormaliser =
      0.5 * Double(n) * log(2 * Double.pi) + CovarianceFactor(of: rows).logDeterminant
    constant = logNormaliser - used.reduce(0) { $0 + $1.1 * $1.0.logNormaliser }
  }
}

extension StructuredMeanField {
  /// What is left of the dynamics of one step when their logarithm is averaged over q(s_t): M, W⁻¹ and Gᵀ·G.
  package func averagedDynamics(
    _ weights: [Double]
  ) throws(GSLError) -> (dynamics: [[Double]], noise: [[Double]], doubt: [[Double]]) {
    let averaged = try AveragedDynamics(modes, weights: weights)
    let places = 0..<modes[0].matrix.rows
    func square(_ rows: Rows) -> [[Double]] {
      places.map { i in
        places.map { j in (0..<rows.count).reduce(0) { $0 + rows[$1, i] * rows[$1, j] } }
      }
    }
    let dynamics = averaged.step.dynamics
    return (
      places.map { i in places.map { dynamics[i, $0] } }, square(averaged.step.noise),
      square(averaged.doubt.rows)
    )
  }
}

/// The inverse of a symmetric positive definite matrix, symmetric again.
private func inverse(_ matrix: Matrix) throws(GSLError) -> Matrix {
  let n = matrix.rows
  return Matrix(rows: n, columns: n, try LinearAlgebra.inverse(order: n, matrix.array)).symmetrised
}
