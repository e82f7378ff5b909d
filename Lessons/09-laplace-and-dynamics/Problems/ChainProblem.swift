import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

/// A walk whose position sets the rate of counts.
struct ChainProblem: Sendable {
  /// The chain with its counts.
  let model: PoissonChain
  /// States at which parabolas touch.
  let guess: [Double]

  /// Two steps, the counts 1 and 3, the walk of variance one at every step.
  static func twoSteps() throws -> ChainProblem {
    ChainProblem(
      model: try PoissonChain(
        initialMean: 0, initialVariance: 1, dynamics: 0.9, noise: 0.19, offset: 0.3,
        counts: [1, 3]),
      guess: [0.1, 0.5])
  }

  /// Two to five steps of small counts.
  static func random(_ cases: inout Cases) throws -> ChainProblem {
    let counts = try (0..<(try cases.integer(2...5))).map { _ in try cases.integer(0...5) }
    return ChainProblem(
      model: try PoissonChain(
        initialMean: try cases.real(from: -0.5, to: 0.5),
        initialVariance: try cases.real(from: 0.4, to: 1.5),
        dynamics: try cases.real(from: 0.5, to: 1.1), noise: try cases.real(from: 0.1, to: 0.8),
        offset: try cases.real(from: -0.5, to: 1), counts: counts),
      guess: try cases.reals(counts.count, from: -0.5, to: 1))
  }
}

extension ChainProblem: Shown {
  /// The walk, the counts and the guess.
  var givens: [Given] {
    [
      Given("mean and variance of z₁", [model.initialMean, model.initialVariance]),
      Given("a", model.dynamics), Given("Q", model.noise), Given("c", model.offset),
      Given("y_t", model.counts.map(Double.init)), Given("z_t", guess),
    ]
  }
}

// MARK: The same by one large matrix

extension PoissonChain {
  /// P, the tridiagonal inverse covariance of all states, and P μ.
  var dense: (precision: Matrix, linear: [Double]) {
    var rows = [[Double]](repeating: Array(repeating: 0, count: length), count: length)
    rows[0][0] = 1 / initialVariance
    for t in 0..<(length - 1) {
      rows[t][t] += dynamics * dynamics / noise
      rows[t + 1][t + 1] += 1 / noise
      rows[t][t + 1] -= dynamics / noise
      rows[t + 1][t] -= dynamics / noise
    }
    var linear = [Double](repeating: 0, count: length)
    linear[0] = initialMean / initialVariance
    return (Matrix(rows), linear)
  }

  /// e^(z_t + c).
  func rates(at states: [Double]) -> [Double] { states.map { exp($0 + offset) } }

  /// P + diag(J).
  func whole(_ weights: [Double]) -> Matrix {
    dense.precision
      + Matrix(
        weights.indices.map { t in weights.indices.map { $0 == t ? weights[t] : 0 } })
  }

  /// The mode by Newton's method with the large matrix.
  func denseMode() throws -> [Double] {
    var states = counts.map { log(Double($0) + 0.5) - offset }
    for _ in 0..<40 {
      let rates = rates(at: states)
      let right = states.indices.map { t in
        dense.linear[t] + Double(counts[t]) - rates[t] + rates[t] * states[t]
      }
      states = try LinearAlgebra.choleskySolve(
        order: length, whole(rates).array, right: right)
    }
    return states
  }

  /// Laplace's log-evidence with the determinant of the large matrix.
  func denseLogEvidence() throws -> Double {
    let states = try denseMode()
    let determinant = try LinearAlgebra.logDeterminant(
      order: length, whole(rates(at: states)).array)
    return logJoint(states)
      + 0.5 * (Double(length) * log(2 * Double.pi) - determinant.logMagnitude)
  }
}
