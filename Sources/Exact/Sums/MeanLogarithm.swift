import GSL
import Kernels

/// E[log (w_1 + … + w_K)] of independent positive numbers of one finite law, without their K-tuples.
///
/// ```
/// log S = ∫ (e^(−t) − e^(−tS)) / t dt over t > 0
/// E[log S] = ∫ (e^(−t) − φ(t)^K) / t dt          φ(t) = E[e^(−tw)], one sum over the law
/// ```
/// With t = e^u the integrand is e^(−e^u) − φ(e^u)^K: analytic for |Im u| < π/2, and falling at both
/// ends. There the trapezoid rule of spacing h errs by e^(−π²/h), 7e-18 for h = 1/4 (Trefethen and
/// Weideman 2014). The numbers are scaled to E[w] = 1 before, so that nothing is left of u = −40.
struct MeanLogarithm {
  /// E[log S].
  let value: Double
  /// How far rounding and the rule can have moved it.
  let bound: Double
  private static let (first, spacing) = (-40.0, 0.25)

  /// How often the law is summed over; nil where its numbers lie so far apart that the integrand is
  /// long.
  static func nodes(_ logarithms: [Double], _ probabilities: [Double]) -> Int? {
    let logMean = logSumExp(zip(logarithms, probabilities).map { $0 + log($1) })
    guard let least = logarithms.min(), least - logMean > -2000, logMean.isFinite else {
      return nil
    }
    // Right of the last node, e^(−e^u w) < e^(−60) for every w.
    return Int(((4.1 + max(0, logMean - least)) - first) / spacing) + 2
  }

  /// The mean for numbers given by their logarithms; nil where these lie so far apart that the
  /// integrand is long.
  init?(of samples: Int, logarithms: [Double], probabilities: [Double]) {
    let logMean = logSumExp(zip(logarithms, probabilities).map { $0 + log($1) })
    let scaled = logarithms.map { $0 - logMean }
    guard let nodes = Self.nodes(logarithms, probabilities), let least = scaled.min() else {
      return nil
    }
    var sum = CompensatedSum()
    for node in 0..<nodes {
      let u = Self.first + Self.spacing * Double(node)
      var terms = scaled.map { $0 + u }
      exponentiate(&terms)
      for z in terms.indices { terms[z] = -terms[z] }
      exponentiate(&terms)
      var transform = CompensatedSum()
      for (term, probability) in zip(terms, probabilities) { transform.add(term * probability) }
      sum.add(exp(-exp(u)) - power(transform.value, samples))
    }
    value = logMean + Self.spacing * sum.value
    // A node is off by the K-th power of a rounded sum, and by what its exponents are.
    let node = Double(samples) * (8 + 2 * (abs(least) + 44))
    bound = .ulpOfOne * (Self.spacing * Double(nodes) * node + 8 * abs(logMean) + 64)
  }
}

/// x^n for a small n.
private func power(_ x: Double, _ n: Int) -> Double {
  (0..<n).reduce(1) { product, _ in product * x }
}
