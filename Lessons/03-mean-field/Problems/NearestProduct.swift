import GSL
import Probability

/// The product of two bits nearest to a table in KL(q‖p), as the probabilities of the ones.
///
/// With d(s) = log p(1, ·) − log p(0, ·) averaged over the other bit, a stationary point solves
/// f(a) = logit a − d₁(σ(d₂(a))) = 0. Every sign change of f on a fine grid of a is refined by
/// Brent's method.
///
/// `l` is log p of the two bits, up to a constant.
func nearestProduct(to l: [[Double]]) throws -> [Double] {
  func second(_ a: Double) -> Double {
    sigmoid((1 - a) * (l[0][1] - l[0][0]) + a * (l[1][1] - l[1][0]))
  }
  func slope(_ a: Double) -> Double {
    let b = second(a)
    return log(a / (1 - a)) - ((1 - b) * (l[1][0] - l[0][0]) + b * (l[1][1] - l[0][1]))
  }
  let p = normalised(l.joined().map { ExactValue($0) })
  let ends = [1e-6] + (1...40).map { Double($0) / 41 } + [1 - 1e-6]
  var nearest = (divergence: Double.infinity, ones: [0.5, 0.5])
  for (low, high) in zip(ends, ends.dropFirst()) where slope(low) * slope(high) <= 0 {
    let a = try ScalarSearch.root(from: low, to: high, slope).point
    let ones = [a, second(a)]
    let divergence = exactDivergence(of: product(ones), from: p).value
    if divergence < nearest.divergence { nearest = (divergence, ones) }
  }
  return nearest.ones
}

/// q₁ q₂ of two bits from the probabilities of their ones, the last bit fastest.
func product(_ ones: [Double]) -> [Double] {
  let (a, b) = (ones[0], ones[1])
  return [(1 - a) * (1 - b), (1 - a) * b, a * (1 - b), a * b]
}

/// The factors of bits from the probabilities of their ones.
func factors(_ ones: [Double]) -> [[Double]] { ones.map { [1 - $0, $0] } }
