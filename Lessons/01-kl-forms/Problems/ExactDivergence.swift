import GSL
import Probability

// What the definitions give, with the rounding that went in.

/// KL(q‖p) = Σ_z q(z) log q(z)/p(z); states that q never visits add nothing.
func exactDivergence(of q: [Double], from p: [Double]) -> ExactValue {
  exactDivergence(of: q.map { ExactValue($0) }, from: p.map { ExactValue($0) })
}

/// KL(q‖p) of probabilities that were computed themselves.
func exactDivergence(of q: [ExactValue], from p: [ExactValue]) -> ExactValue {
  zip(q, p).filter { $0.0.value > 0 }.sum { q, p in q * (q / p).logarithm }
}

/// H(q) = −Σ_z q(z) log q(z) of a positive q.
func exactEntropy(of q: [Double]) -> ExactValue { exactCrossEntropy(of: q, from: q) }

/// −E_q[log p] of a positive p.
func exactCrossEntropy(of q: [Double], from p: [Double]) -> ExactValue {
  -zip(q, p).sum { q, p in ExactValue(q) * ExactValue(p).logarithm }
}

/// The numbers by which an exponential family knows one of its laws.
struct ExactFamilyMember {
  /// η, the natural parameters.
  let natural: [ExactValue]
  /// A(η), the log of the normaliser.
  let logPartition: ExactValue
  /// ∇A(η) = E[t(x)], the mean parameters.
  let means: [ExactValue]

  /// KL(q‖p) = A(η_p) − A(η_q) − (η_p − η_q)·∇A(η_q).
  func bregmanDivergence(from p: ExactFamilyMember) -> ExactValue {
    let tangent = zip(zip(p.natural, natural), means).sum { pair, mean in
      (pair.0 - pair.1) * mean
    }
    return p.logPartition - logPartition - tangent
  }
}

extension NormalLaw {
  /// η = (m/v, −1/2v), A = m²/2v + ½ log 2πv, E[t] = (m, m² + v).
  var exact: ExactFamilyMember {
    let (m, v) = (ExactValue(mean), ExactValue(variance))
    return ExactFamilyMember(
      natural: [m / v, -0.5 / v],
      logPartition: 0.5 * m * m / v + 0.5 * (ExactValue(2 * Double.pi) * v).logarithm,
      means: [m, m * m + v])
  }
}

extension ExactValue {
  /// A special function of GSL, with GSL's own account of its rounding.
  init(_ estimated: Estimated) { self.init(estimated.value, roundingBound: estimated.error) }
}
