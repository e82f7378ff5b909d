import GSL
import Probability

/// A few observations with finitely many latent states each: one row of log p(x_i, z) a datum.
struct SeveralData: Sendable {
  /// log p(x_i, z), one row a datum.
  let logJoints: [[Double]]
  /// How often each datum comes; they sum to one.
  let weights: [Double]

  /// Wet days and dry days: p(x, z) of rain (z = 1) or none with the grass wet (x₁) or dry (x₂).
  static func lawn() throws -> SeveralData {
    let rows = try Sprinkler.daysByRain()
    return SeveralData(
      logJoints: rows.map { row in row.map { log($0) } }, weights: rows.map { $0.reduce(0, +) })
  }

  /// Two data, three states: p(x₁, z) = (.30, .05, .05), p(x₂, z) = (.02, .2, .3).
  static let twoRows = SeveralData(
    logJoints: [[0.3, 0.05, 0.05], [0.02, 0.2, 0.3]].map { row in row.map { log($0) } },
    weights: [0.5, 0.5])

  /// Each row tilts the one before it, so that no two data have the same posterior.
  static func random(_ cases: inout Cases) throws -> SeveralData {
    var posterior = try cases.simplex(try cases.integer(2...3))
    var rows: [[Double]] = []
    for _ in 0..<(try cases.integer(2...3)) {
      let evidence = try cases.real(from: 0.05, to: 0.6)
      rows.append(posterior.map { log($0) + log(evidence) })
      var weight = 0.0
      let tilted = try posterior.map { value in
        weight += Double(try cases.integer(1...8))
        return value * weight
      }
      let total = tilted.reduce(0, +)
      posterior = tilted.map { $0 / total }
    }
    return SeveralData(logJoints: rows, weights: try cases.simplex(rows.count))
  }

  /// The same datum again and again.
  var repeated: SeveralData {
    SeveralData(logJoints: logJoints.map { _ in logJoints[0] }, weights: weights)
  }

  /// P(z = 1 | x) of two data of one bit: the ledger's .3 and .9, tilted by the weights.
  var twoPosteriors: (Double, Double) {
    let tilt = weights[0] - 0.5
    return (0.3 + 0.2 * tilt, 0.9 + 0.1 * tilt)
  }

  /// Some q(z) that is shared, and is the best for nobody.
  var any: [Double] {
    let count = logJoints[0].count
    return (1...count).map { 2 * Double($0) / Double(count * (count + 1)) }
  }

  /// The largest |log p(x_i, z)|.
  var largestLogJoint: Double { logJoints.joined().map { abs($0) }.max() ?? 0 }
}

// MARK: What is exact about them

extension SeveralData {
  /// E_x of a term of each datum.
  func mean(_ term: (Int) -> ExactValue) -> ExactValue {
    weights.indices.sum { ExactValue(weights[$0]) * term($0) }
  }

  /// E_x E_q[log p(x, z) − log q(z)], one row of q a datum.
  func bound(_ posteriors: [[Double]]) -> ExactValue {
    mean { index in
      zip(posteriors[index], logJoints[index]).filter { $0.0 > 0 }.sum { q, logJoint in
        ExactValue(q) * (ExactValue(logJoint) - ExactValue(q).logarithm)
      }
    }
  }

  /// The bound of one q for all data.
  func bound(shared q: [Double]) -> ExactValue { bound(weights.map { _ in q }) }

  /// The best q for all data.
  var best: [ExactValue] { normalised(expectedLogJoint) }

  /// E_x KL(q*‖p(z|x)), what one q for all loses.
  var loss: ExactValue { mean { exactDivergence(of: best, from: posterior($0)) } }

  /// E_x log p(x).
  var expectedLogEvidence: ExactValue {
    mean { index in logJoints[index].sum { ExactValue($0).exponential }.logarithm }
  }

  /// p(z | x_i) = p(x_i, z) / Σ_z p(x_i, z).
  func posterior(_ index: Int) -> [ExactValue] {
    normalised(logJoints[index].map { ExactValue($0) })
  }

  /// E_x log p(x, z) of each state.
  var expectedLogJoint: [ExactValue] {
    logJoints[0].indices.map { z in mean { ExactValue(logJoints[$0][z]) } }
  }
}
