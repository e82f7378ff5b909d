import Exact
import GSL
import LessonKit
import Models
import Probability

/// A mixture of two components, data, and some responsibilities that are nobody's posterior.
struct EMProblem<M: Mixture>: Sendable {
  /// θ, the parameters before the sweep.
  let mixture: M
  /// The observations.
  let data: [M.Datum]
  /// An arbitrary q: one positive distribution over the components for each datum.
  let responsibilities: [[Double]]

  /// A mixture and data, with some q.
  static func random(
    _ mixture: M, _ data: [M.Datum], _ cases: inout Cases
  ) throws -> EMProblem {
    var rows: [[Double]] = []
    for _ in data { rows.append(try cases.simplex(mixture.componentCount)) }
    return EMProblem(mixture: mixture, data: data, responsibilities: rows)
  }
}

/// The problem of exercise `expectation-maximisation`: data are lists of bits.
typealias BitsProblem = EMProblem<BernoulliMixture>

extension EMProblem where M == BernoulliMixture {
  /// Six points, five parameters.
  static let sixPoints = EMProblem(
    mixture: .twoComponents, data: [[1, 1], [1, 0], [1, 1], [0, 0], [0, 1], [1, 1]],
    responsibilities: [
      [0.7, 0.3], [0.5, 0.5], [0.8, 0.2], [0.25, 0.75], [0.4, 0.6], [0.9, 0.1],
    ])

  /// Two components; four to six data of two or three bits, none of which is always on or off.
  static func random(_ cases: inout Cases) throws -> EMProblem {
    let bits = try cases.integer(2...3)
    let mixture = try BernoulliMixture.random(components: 2, bits: bits, &cases)
    let count = try cases.integer(4...6)
    var data: [[Double]] = []
    for _ in 1..<count { data.append(try cases.bits([Double](repeating: 0.5, count: bits))) }
    data.append(data[0].map { 1 - $0 })
    return try random(mixture, data, &cases)
  }
}

/// The problem of exercise `gaussian-m-step`: data are numbers.
typealias LineProblem = EMProblem<GaussianMixture>

extension EMProblem where M == GaussianMixture {
  /// Four points on the line.
  static let fourPoints = EMProblem(
    mixture: .twoComponents, data: [-1, 0.2, 1.7, 2],
    responsibilities: [[0.8, 0.2], [0.6, 0.4], [0.3, 0.7], [0.25, 0.75]])

  /// Two components; four or five data, the outer ones far apart so that no variance vanishes.
  static func random(_ cases: inout Cases) throws -> EMProblem {
    let mixture = try GaussianMixture.random(components: 2, &cases)
    let count = try cases.integer(2...3)
    let data = [-2.5] + (try cases.reals(count, from: -2, to: 2)) + [2.25]
    return try random(mixture, data, &cases)
  }
}

// MARK: What the checks compare with

/// p(z_n = k | x_n, θ) by enumeration, a list a datum.
func posteriors<M: Mixture>(_ mixture: M, _ data: [M.Datum]) -> [[Double]] {
  data.map { exactResponsibilities(of: mixture, $0) ?? [] }
}

/// F(q, θ) = Σ_n Σ_k r_nk [log p(x_n, k | θ) − log r_nk], from its definition.
func exactFreeEnergy<M: Mixture>(_ mixture: M, _ q: [[Double]], _ data: [M.Datum]) -> ExactValue {
  zip(q, data).sum { row, datum in
    row.indices.filter { row[$0] > 0 }.sum { k -> ExactValue in
      let logWeight = ExactValue(mixture.weights[k]).logarithm
      let logJoint = logWeight + ExactValue(mixture.logLikelihood(k, datum))
      return ExactValue(row[k]) * (logJoint - ExactValue(row[k]).logarithm)
    }
  }
}

/// Σ_n KL(q_n‖p_n), where both are lists of responsibilities.
func exactDivergence(_ q: [[Double]], _ p: [[Double]]) -> ExactValue {
  zip(q.joined(), p.joined()).filter { $0.0 > 0 }.sum { q, p in
    ExactValue(q) * (ExactValue(q) / ExactValue(p)).logarithm
  }
}

/// Sums weighted by responsibilities, from their definition: N_k and Σ_n r_nk f(x_n) / N_k.
struct Tally: Sendable {
  /// N_k.
  let counts: [ExactValue]
  private let q: [[ExactValue]]

  /// The sums under some responsibilities, a list a datum.
  init(_ responsibilities: [[Double]]) {
    let q = responsibilities.map { row in row.map { ExactValue($0) } }
    self.q = q
    counts = (q.first ?? []).indices.map { k in q.sum { $0[k] } }
  }

  /// The mean of a statistic under component k's responsibilities.
  func mean(_ k: Int, _ statistic: [ExactValue]) -> ExactValue {
    zip(q, statistic).sum { row, value in row[k] * value } / counts[k]
  }

  /// The mean of numbers under component k's responsibilities.
  func mean(_ k: Int, _ numbers: [Double]) -> ExactValue { mean(k, numbers.map { ExactValue($0) }) }

  /// N KL(π′‖π) with π′ = N_k / N: what an M-step gains by its weights.
  func gainByWeights(from weights: [Double]) -> ExactValue {
    let total = counts.sum()
    return zip(counts, weights).sum { count, weight in
      count * (count / total / ExactValue(weight)).logarithm
    }
  }
}

extension EMProblem: Shown {
  /// θ, the data, and q.
  var givens: [Given] {
    parameters + [Given("q_nk", responsibilities)]
  }

  private var parameters: [Given] {
    if let mixture = mixture as? BernoulliMixture, let data = data as? [[Double]] {
      return [
        Given("π_k", mixture.weights), Given("p_kd", mixture.probabilities), Given("x_n", data),
      ]
    }
    if let mixture = mixture as? GaussianMixture, let data = data as? [Double] {
      return [
        Given("π_k", mixture.weights), Given("mean_k", mixture.means),
        Given("var_k", mixture.variances), Given("x_n", data),
      ]
    }
    return []
  }
}
