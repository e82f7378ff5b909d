import GSL
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

  /// A mixture with data and some q.
  init(mixture: M, data: [M.Datum], responsibilities: [[Double]]) {
    self.mixture = mixture
    self.data = data
    self.responsibilities = responsibilities
  }

  static func random(
    _ mixture: M, _ data: [M.Datum], _ cases: inout Cases
  ) throws -> EMProblem {
    var rows: [[Double]] = []
    for _ in data { rows.append(try cases.simplex(mixture.componentCount)) }
    return EMProblem(mixture: mixture, data: data, responsibilities: rows)
  }
}

extension EMProblem where M == BernoulliMixture {
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

  /// Six points, five parameters.
  static let sixPoints = EMProblem(
    mixture: .twoComponents, data: [[1, 1], [1, 0], [1, 1], [0, 0], [0, 1], [1, 1]],
    responsibilities: [
      [0.7, 0.3], [0.5, 0.5], [0.8, 0.2], [0.25, 0.75], [0.4, 0.6], [0.9, 0.1],
    ])
}

extension EMProblem where M == GaussianMixture {
  /// Two components; four or five data, the outer ones far apart so that no variance vanishes.
  static func random(_ cases: inout Cases) throws -> EMProblem {
    let mixture = try GaussianMixture.random(components: 2, &cases)
    let count = try cases.integer(2...3)
    let data = [-2.5] + (try cases.reals(count, from: -2, to: 2)) + [2.25]
    return try random(mixture, data, &cases)
  }

  /// Four points on the line.
  static let fourPoints = EMProblem(
    mixture: .twoComponents, data: [-1, 0.2, 1.7, 2],
    responsibilities: [[0.8, 0.2], [0.6, 0.4], [0.3, 0.7], [0.25, 0.75]])
}

// MARK: What the checks compare with

/// F(q, θ) = Σ_n Σ_k r_nk [log p(x_n, k | θ) − log r_nk], from its definition.
func freeEnergy<M: Mixture>(_ mixture: M, _ q: [[Double]], _ data: [M.Datum]) -> Double {
  zip(q, data).reduce(0) { total, pair in
    pair.0.indices.reduce(total) { sum, k in
      let r = pair.0[k]
      guard r != 0 else { return sum }
      return sum + r * (log(mixture.weights[k]) + mixture.logLikelihood(k, pair.1) - log(r))
    }
  }
}

/// Σ_n KL(q_n‖p_n), where both are lists of responsibilities.
func divergence(_ q: [[Double]], _ p: [[Double]]) -> Double {
  zip(q.joined(), p.joined()).reduce(0) { $1.0 == 0 ? $0 : $0 + $1.0 * log($1.0 / $1.1) }
}

/// Sums weighted by responsibilities, from their definition: N_k and Σ_n r_nk f(x_n) / N_k.
struct Tally: Sendable {
  /// N_k.
  let counts: [Double]
  private let q: [[Double]]

  init(_ q: [[Double]]) {
    self.q = q
    counts = (0..<(q.first?.count ?? 0)).map { k in q.reduce(0) { $0 + $1[k] } }
  }

  /// The mean of a statistic under component k's responsibilities.
  func mean(_ k: Int, _ statistic: [Double]) -> Double {
    zip(q, statistic).reduce(0) { $0 + $1.0[k] * $1.1 } / counts[k]
  }

  /// N KL(π′‖π) with π′ = N_k / N: what an M-step gains by its weights.
  func gainByWeights(from weights: [Double]) -> Double {
    let total = counts.reduce(0, +)
    return zip(counts, weights).reduce(0) { $0 + $1.0 * log($1.0 / total / $1.1) }
  }
}

/// KL(a‖b) of two bits, 0 log 0 = 0.
func bitDivergence(_ a: Double, _ b: Double) -> Double {
  (a == 0 ? 0 : a * log(a / b)) + (a == 1 ? 0 : (1 - a) * log((1 - a) / (1 - b)))
}
