public import GSL
public import Models
import Networks
import Probability

/// A switching system as a table: for each path of the chain the joint density of all states and outputs, as
/// one quadratic form in all states.
///
/// ```
/// log p(y, x | s) = −½ xᵀ·J_s·x + h_sᵀ·x + c_s,      x = (x_0 … x_{T−1})
/// ```
/// Nothing is passed along a chain here: sums go over all K^T paths, matrices are inverted whole. It is the
/// twin of what approximations find by messages. The noise of every state of the chain has to have an inverse.
public struct SwitchingTable: Sendable {
  /// The sequence.
  public let sequence: SwitchingSequence
  /// All paths.
  public let paths: [[Int]]
  /// log p(s) of each.
  public let logPriors: [Double]
  let forms: [QuadraticForm]

  /// Makes the table.
  public init(of sequence: SwitchingSequence) throws(GSLError) {
    let system = sequence.system
    var (paths, forms): ([[Int]], [QuadraticForm]) = ([], [])
    let parts = try Parts(sequence)
    forEachPath(states: system.modeCount, length: sequence.length) { path in
      paths.append(path)
      forms.append(parts.form(of: path))
    }
    self.sequence = sequence
    (self.paths, self.forms) = (paths, forms)
    logPriors = paths.map { path in
      path.prefix(1).reduce(0) { $0 + log(system.initialState[$1]) }
        + zip(path, path.dropFirst()).reduce(0) { $0 + log(system.transition[$1.0][$1.1]) }
    }
  }

  /// A normal law of all states in a row.
  public struct States: Sendable {
    /// E[x].
    public let mean: [Double]
    /// Cov[x], row after row.
    public let covariance: [Double]
    /// H(x).
    public let entropy: Double
    /// log ∫ e^form dx, of the form that it was made of.
    public let logIntegral: Double
  }

  /// The law proportional to exp Σ_s weight_s log p(y, x | s), a weight for each path.
  public func states(given weights: [Double]) throws(GSLError) -> States {
    var mean = QuadraticForm(order: forms[0].linear.count)
    for (form, weight) in zip(forms, weights) where weight > 0 { mean.add(form, weight) }
    return try mean.law()
  }

  /// E[log p(y, x | s)] for each path.
  public func expectedLogs(under states: States) -> [Double] {
    let n = states.mean.count
    return forms.map { form in
      var sum = CompensatedSum([form.constant])
      for i in 0..<n {
        sum.add(form.linear[i] * states.mean[i])
        for j in 0..<n {
          sum.add(
            -0.5 * form.precision[i * n + j]
              * (states.covariance[i * n + j] + states.mean[i] * states.mean[j]))
        }
      }
      return sum.value
    }
  }

  /// The weights of the paths proportional to p(s) exp E[log p(y, x | s)].
  public func weights(given states: States) -> [Double] {
    let logs = zip(logPriors, expectedLogs(under: states)).map { $0 + $1 }
    let total = logSumExp(logs)
    return logs.map { exp($0 - total) }
  }

  /// E_q[log p(y, x, s)] + H(q(x)) + H(q(s)).
  public func elbo(_ states: States, _ weights: [Double]) -> Double {
    var sum = CompensatedSum([states.entropy])
    for ((weight, prior), mean) in zip(zip(weights, logPriors), expectedLogs(under: states))
    where weight > 0 { sum.add(weight * (prior + mean - log(weight))) }
    return sum.value
  }
}

extension SwitchingTable {
  /// The weight of each path under independent states of the chain.
  public func weights(independent marginals: [[Double]]) -> [Double] {
    paths.map { path in path.enumerated().reduce(1) { $0 * marginals[$1.offset][$1.element] } }
  }

  /// The share of the paths that pass through each state, step by step.
  public func marginals(of weights: [Double]) -> [[Double]] {
    (0..<sequence.length).map { t in
      (0..<sequence.system.modeCount).map { k in
        CompensatedSum(zip(paths, weights).filter { $0.0[t] == k }.map(\.1)).value
      }
    }
  }

  /// p(s | y), log p(y) and E[x | y], all from the table.
  public func posterior() throws(GSLError) -> (
    weights: [Double], logEvidence: Double, mean: [Double]
  ) {
    var (logs, means): ([Double], [[Double]]) = ([], [])
    for (form, prior) in zip(forms, logPriors) {
      let law = try form.law()
      logs.append(prior + law.logIntegral)
      means.append(law.mean)
    }
    let total = logSumExp(logs)
    let weights = logs.map { exp($0 - total) }
    let mean = (means.first ?? []).indices.map { i in
      CompensatedSum(zip(weights, means).map { $0 * $1[i] }).value
    }
    return (weights, total, mean)
  }
}

/// c + hᵀ·x − ½ xᵀ·J·x.
struct QuadraticForm: Sendable {
  /// J, row after row.
  var precision: [Double]
  /// h.
  var linear: [Double]
  /// c.
  var constant = 0.0

  init(order: Int) {
    precision = Array(repeating: 0, count: order * order)
    linear = Array(repeating: 0, count: order)
  }

  mutating func add(_ other: QuadraticForm, _ weight: Double) {
    for i in precision.indices { precision[i] += weight * other.precision[i] }
    for i in linear.indices { linear[i] += weight * other.linear[i] }
    constant += weight * other.constant
  }

  /// Adds log N(v; B·x, S), where B says how places of x are seen: (place, column) pairs.
  mutating func add(
    seen value: [Double], through columns: [(place: Int, column: [Double])], _ noise: Noise
  ) {
    let order = linear.count
    let weighed = columns.map { noise.times($0.column) }
    let weighedValue = noise.times(value)
    for (i, (place, _)) in columns.enumerated() {
      for (other, column) in columns {
        precision[place * order + other] += dot(weighed[i], column)
      }
      linear[place] += dot(weighed[i], value)
    }
    constant += -0.5 * dot(weighedValue, value) - noise.logNormaliser
  }

  /// The normal law proportional to e^form.
  func law() throws(GSLError) -> SwitchingTable.States {
    let n = linear.count
    let covariance = try LinearAlgebra.inverse(order: n, precision)
    let logVolume =
      0.5
      * (Double(n) * log(2 * Double.pi)
        - (try LinearAlgebra.logDeterminant(order: n, precision).logMagnitude))
    let mean = (0..<n).map { i in dot(Array(covariance[i * n..<(i + 1) * n]), linear) }
    return SwitchingTable.States(
      mean: mean, covariance: covariance, entropy: logVolume + 0.5 * Double(n),
      logIntegral: constant + 0.5 * dot(linear, mean) + logVolume)
  }
}

/// A covariance by its inverse, and ½ log |2πS|.
struct Noise: Sendable {
  private let (inverse, order): ([Double], Int)
  let logNormaliser: Double

  init(_ covariance: [[Double]]) throws(GSLError) {
    order = covariance.count
    let flat = Array(covariance.joined())
    inverse = try LinearAlgebra.inverse(order: order, flat)
    logNormaliser =
      0.5
      * (Double(order) * log(2 * Double.pi)
        + (try LinearAlgebra.logDeterminant(order: order, flat).logMagnitude))
  }

  func times(_ vector: [Double]) -> [Double] {
    (0..<order).map { i in dot(Array(inverse[i * order..<(i + 1) * order]), vector) }
  }
}

/// What the forms of all paths are added up from.
private struct Parts {
  let length: Int
  let fixed: QuadraticForm
  /// log N(x_t; A_k·x_{t−1}, Q_k) by t − 1 and k.
  let steps: [[QuadraticForm]]

  init(_ sequence: SwitchingSequence) throws(GSLError) {
    let (system, start) = (sequence.system, sequence.system.systems[0])
    let n = start.stateCount
    length = sequence.length
    func unit(_ i: Int) -> [Double] { (0..<n).map { $0 == i ? 1 : 0 } }
    var fixed = QuadraticForm(order: n * length)
    if length > 0 {
      fixed.add(
        seen: start.initialMean, through: (0..<n).map { ($0, unit($0)) },
        try Noise(start.initialCovariance))
    }
    for (t, seen) in sequence.seen.enumerated() where !seen.isEmpty {
      fixed.add(
        seen: seen.map { sequence.observations[t][$0] },
        through: (0..<n).map { i in (t * n + i, seen.map { start.emission[$0][i] }) },
        try Noise(seen.map { a in seen.map { start.emissionNoise[a][$0] } }))
    }
    var steps: [[QuadraticForm]] = []
    for t in 1..<max(1, length) {
      var row: [QuadraticForm] = []
      for mode in system.systems {
        var form = QuadraticForm(order: n * length)
        let before = (0..<n).map { i in
          (place: (t - 1) * n + i, column: mode.dynamics.map { -$0[i] })
        }
        form.add(
          seen: Array(repeating: 0, count: n),
          through: before + (0..<n).map { (t * n + $0, unit($0)) }, try Noise(mode.dynamicsNoise))
        row.append(form)
      }
      steps.append(row)
    }
    (self.fixed, self.steps) = (fixed, steps)
  }

  func form(of path: [Int]) -> QuadraticForm {
    var form = fixed
    for (t, k) in path.dropFirst().enumerated() { form.add(steps[t][k], 1) }
    return form
  }
}
