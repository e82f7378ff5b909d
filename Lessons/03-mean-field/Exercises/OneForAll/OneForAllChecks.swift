import GSL
import LessonKit
import Probability
import Verification

/// A few observations with finitely many latent states each: one row of log p(x_i, z) a datum.
struct SeveralData: Sendable {
  /// log p(x_i, z), one row a datum.
  let logJoints: [[Double]]
  /// How often each datum comes; they sum to one.
  let weights: [Double]

  /// Rows of log joints and the weights of the data.
  init(logJoints: [[Double]], weights: [Double]) {
    self.logJoints = logJoints
    self.weights = weights
  }

  /// Two data, three states: p(x₁, z) = (.30, .05, .05), p(x₂, z) = (.02, .2, .3).
  static let twoRows = SeveralData(
    logJoints: [[0.3, 0.05, 0.05], [0.02, 0.2, 0.3]].map { $0.map(log) }, weights: [0.5, 0.5])

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

  /// E_x E_q[log p(x, z) − log q(z)], one row of q a datum.
  func bound(_ posteriors: [[Double]]) -> Double {
    var sum = 0.0
    for (index, weight) in weights.enumerated() {
      for (q, logJoint) in zip(posteriors[index], logJoints[index]) where q > 0 {
        sum += weight * q * (logJoint - log(q))
      }
    }
    return sum
  }

  /// E_x log p(x).
  var expectedLogEvidence: Double {
    zip(weights, logJoints).reduce(0) { $0 + $1.0 * logSumExp($1.1) }
  }

  /// p(z | x_i) = p(x_i, z) / Σ p(x_i, z), by division rather than in log space.
  func posterior(_ index: Int) -> [Double] {
    let joints = logJoints[index].map(exp)
    let evidence = joints.reduce(0, +)
    return joints.map { $0 / evidence }
  }

  /// E_x log p(x, z) of each state.
  var expectedLogJoint: [Double] {
    logJoints[0].indices.map { z in
      zip(weights, logJoints).reduce(0) { $0 + $1.0 * $1.1[z] }
    }
  }
}

/// The signature of exercise `one-for-all`.
protocol PosteriorsForData: Sendable {
  /// The one q(z) that serves all data best.
  func shared(_ data: SeveralData) -> [Double]
  /// The best q of each datum.
  func own(_ data: SeveralData) -> [[Double]]
}

extension Sheet where Subject == any PosteriorsForData, Model == SeveralData {
  /// Write the best shared and the best separate posteriors.
  static let oneForAll = Sheet(
    id: "one-for-all",
    title: "One q for all, or one each",
    task: """
      Write `shared`, the single q(z) that maximises E_x[E_q log p(x, z) + H(q)] over all data \
      at once, and `own`, the q of each datum that maximises its own bound. `logJoints[i][z]` is \
      log p(x_i, z) and `weights[i]` says how often datum i comes.
      """,
    hints: [
      "For one datum the best q is the posterior: normalise the joint.",
      "With one q for all, the average over the data goes inside: E_q[E_x log p(x, z)] + H(q).",
      "That is the bound of a single datum whose log joint is E_x log p(x, z): normalise its exp.",
    ],
    example: .twoRows, draw: { try SeveralData.random(&$0) },
    lines: [sharedAveragesLogs, sharedValue, ownAreTight, sharedLoses, agreesForEqualData])

  static var sharedAveragesLogs: Line<any PosteriorsForData, SeveralData> {
    Line(
      "averages-the-logs", "log q*(z) = E_x[log p(x, z)] + constant",
      because: "E_q[E_x log p] + H(q) is the bound of one datum with an averaged log joint"
    ) { posteriors, data in
      let logs = posteriors.shared(data).map(log)
      let expected = data.expectedLogJoint
      return .equal(
        logs.dropFirst().map { $0 - logs[0] }, expected.dropFirst().map { $0 - expected[0] },
        terms: 256, magnitude: 8)
    }
  }

  static var sharedValue: Line<any PosteriorsForData, SeveralData> {
    Line(
      "value-of-the-shared", "E_x ELBO(q*) = log Σ_z exp E_x[log p(x, z)]",
      because: "at the best q the bound is the log of the normaliser"
    ) { posteriors, data in
      let q = posteriors.shared(data)
      return .equal(
        data.bound(data.weights.map { _ in q }), logSumExp(data.expectedLogJoint), terms: 256,
        magnitude: 8)
    }
  }

  static var ownAreTight: Line<any PosteriorsForData, SeveralData> {
    Line(
      "own-are-tight", "one q per datum:  E_x ELBO(q_x) = E_x log p(x)",
      because: "with the maximum inside the average each q minimises its own KL, down to zero",
      claims: ["A-260"]
    ) { posteriors, data in
      .equal(data.bound(posteriors.own(data)), data.expectedLogEvidence, terms: 256, magnitude: 8)
    }
  }

  static var sharedLoses: Line<any PosteriorsForData, SeveralData> {
    Line(
      "one-for-all-loses", "one q:  E_x ELBO(q*) ≠ E_x log p(x)",
      because: "short by E_x KL(q*‖p(z|x)): it is nobody's posterior", claims: ["A-260"]
    ) { posteriors, data in
      let q = posteriors.shared(data)
      var loss = 0.0
      // The divergences of the best shared q, which is computed here anew.
      let total = logSumExp(data.expectedLogJoint)
      let best = data.expectedLogJoint.map { exp($0 - total) }
      for (index, weight) in data.weights.enumerated() {
        loss += weight * kullbackLeibler(of: best, from: data.posterior(index))
      }
      return .different(
        data.bound(data.weights.map { _ in q }), data.expectedLogEvidence, by: -loss,
        atLeast: 1e-12, terms: 512, magnitude: 8)
    }
  }

  static var agreesForEqualData: Line<any PosteriorsForData, SeveralData> {
    Line(
      "equal-data-share", "x₁ = x₂ = …:  q* = p(z|x₁)",
      because: "if all data are the same, one q is enough"
    ) { posteriors, data in
      .equal(posteriors.shared(data.repeated), data.posterior(0), terms: 256)
    }
  }
}
