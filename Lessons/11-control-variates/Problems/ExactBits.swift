import Probability

/// Independent bits with the rounding of every probability carried along: what estimators are compared with.
///
/// ```
/// p_d = 1/(1 + e^(−θ_d)),     s_d = z_d − p_d
/// ```
struct ExactBits {
  /// p_d.
  let p: [ExactValue]

  /// Bits with these log odds.
  init(logits: [Double]) {
    p = logits.map { 1 / (1 + (-ExactValue($0)).exponential) }
  }

  /// p_d (1 − p_d).
  var variances: [ExactValue] { p.map { $0 * (1 - $0) } }

  /// All settings, the first bit slowest, with q of each.
  var states: [(b: [Double], q: ExactValue)] {
    BitStates(of: p.count).map { reversed in
      let b = Array(reversed.reversed())
      return (b, zip(b, p).reduce(ExactValue(1)) { $0 * ($1.0 == 1 ? $1.1 : 1 - $1.1) })
    }
  }

  /// s_d(z).
  func score(_ d: Int, at b: [Double]) -> ExactValue { ExactValue(b[d]) - p[d] }

  /// E_q of a function of the bits.
  func mean(_ value: ([Double]) -> ExactValue) -> ExactValue {
    states.sum { $0.q * value($0.b) }
  }

  /// Cov_q of a vector, row by row in one list.
  func covariances(_ values: ([Double]) -> [ExactValue]) -> [ExactValue] {
    let rows = states.map { values($0.b) }
    let means = p.indices.map { d in zip(states, rows).sum { $0.0.q * $0.1[d] } }
    return p.indices.flatMap { d in
      p.indices.map { e in
        zip(states, rows).sum { $0.0.q * ($0.1[d] - means[d]) * ($0.1[e] - means[e]) }
      }
    }
  }

  /// p_d (1 − p_d) (E[f | z_d = 1] − E[f | z_d = 0]): the gradient by switching bits, without a score.
  func gradient(_ f: ([Double]) -> ExactValue) -> [ExactValue] {
    p.indices.map { d in variances[d] * mean { effect(of: d, on: f, at: $0) } }
  }

  /// f(z[d ← 1]) − f(z[d ← 0]).
  func effect(of d: Int, on f: ([Double]) -> ExactValue, at b: [Double]) -> ExactValue {
    var (on, off) = (b, b)
    (on[d], off[d]) = (1, 0)
    return f(on) - f(off)
  }
}
