import Models
import Probability

// What is exact about a product q(z) = Π_j q_j(z_j) over a table, from the definitions, state by
// state, with its rounding.

extension JointTable {
  /// q(z) of some values, or what all factors but one make of it.
  func exactWeight(
    _ values: [Int], _ factors: [[Double]], without latent: Int? = nil
  ) -> ExactValue {
    values.indices.filter { $0 != latent }.reduce(1) { product, j in
      product * ExactValue(factors[j][values[j]])
    }
  }

  /// Σ_z q(z) [log p(x, z) − log q(z)].
  func exactELBO(_ factors: [[Double]]) -> ExactValue {
    (0..<stateCount).sum { state -> ExactValue in
      let weight = exactWeight(values(of: state), factors)
      return weight.value > 0 ? weight * (ExactValue(logValues[state]) - weight.logarithm) : 0
    }
  }

  /// E_{i≠j}[log p(x, z)] of each value of latent j.
  func exactExpectedLogJoint(_ latent: Int, _ factors: [[Double]]) -> [ExactValue] {
    var expected = [ExactValue](repeating: 0, count: sizes[latent])
    for state in 0..<stateCount {
      let values = values(of: state)
      let weight = exactWeight(values, factors, without: latent)
      expected[values[latent]] += weight * ExactValue(logValues[state])
    }
    return expected
  }

  /// q̃_j ∝ exp E_{i≠j}[log p(x, z)], the best factor of latent j while the others stay.
  func exactTarget(_ latent: Int, _ factors: [[Double]]) -> [ExactValue] {
    normalised(exactExpectedLogJoint(latent, factors))
  }
}

extension JointTable {
  /// log p(x) = log Σ_z p(x, z).
  var exactLogEvidence: ExactValue {
    logValues.sum { ExactValue($0).exponential }.logarithm
  }

  /// KL(q‖p(z|x)) of a product q.
  func exactGap(_ factors: [[Double]]) -> ExactValue {
    exactDivergence(
      of: (0..<stateCount).map { exactWeight(values(of: $0), factors) },
      from: normalised(logValues.map { ExactValue($0) }))
  }
}

/// exp of some logarithms, divided by their sum.
func normalised(_ logs: [ExactValue]) -> [ExactValue] {
  let total = logs.sum { $0.exponential }
  return logs.map { $0.exponential / total }
}

/// KL(q‖p) of two distributions on the same finite set.
func exactDivergence(of q: [ExactValue], from p: [ExactValue]) -> ExactValue {
  zip(q, p).filter { $0.0.value > 0 }.sum { q, p in q * (q / p).logarithm }
}

/// KL(q‖p) where q is given.
func exactDivergence(of q: [Double], from p: [ExactValue]) -> ExactValue {
  exactDivergence(of: q.map { ExactValue($0) }, from: p)
}
