public import GSL
import Probability

extension SwitchingTable {
  /// KL(q(x)·q(s)‖p(x, s | y)), path by path.
  ///
  /// ```
  /// Σ_s q(s) [log q(s) − log p(s | y) + KL(q(x)‖p(x | s, y))]
  /// ```
  public func divergence(_ states: States, _ weights: [Double]) throws(GSLError) -> Double {
    let posterior = try posterior()
    var sum = CompensatedSum()
    for (s, weight) in weights.enumerated() where weight > 0 {
      let apart = try divergence(of: states, from: forms[s].law())
      sum.add(weight * (log(weight) - log(posterior.weights[s]) + apart))
    }
    return sum.value
  }

  /// KL(q‖p) of two normal laws of all states.
  ///
  /// ```
  /// ½ [tr(P⁻¹·C) + (m − μ)ᵀ·P⁻¹·(m − μ) − n + log |P|/|C|]
  /// ```
  public func divergence(of q: States, from p: States) throws(GSLError) -> Double {
    let n = q.mean.count
    let precision = try LinearAlgebra.inverse(order: n, p.covariance)
    let away = zip(q.mean, p.mean).map { $0 - $1 }
    var sum = CompensatedSum([-Double(n), 2 * (p.entropy - q.entropy)])
    for i in 0..<n {
      for j in 0..<n {
        sum.add(precision[i * n + j] * (q.covariance[i * n + j] + away[i] * away[j]))
      }
    }
    return 0.5 * sum.value
  }
}
