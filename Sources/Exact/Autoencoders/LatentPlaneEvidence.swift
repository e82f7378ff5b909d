import GSL
public import Probability

// log p(x) = log ∫∫ N(z; 0, I) p(x|z) dz by the trapezoid rule in both directions.
//
// What is left out: with b the highest log-likelihood, the mass beyond |z_1| > R or |z_2| > R is at most
// e^b 2 P(|Z| > R) ≤ e^b 4 e^(−R²/2)/(R √2π). The sum over the nodes inside is itself reached, so R is
// chosen from one point, and the bound is checked against the sum afterwards.
// What the spacing costs: for an analytic integrand each halving squares the error (Trefethen and
// Weideman 2014), so what the last one moved bounds what is left.

/// Evidence of a model with two latent numbers, z ~ N(0, I), by quadrature.
public struct LatentPlaneEvidence: Sendable, Equatable {
  /// log p(x).
  public let logEvidence: QuadratureValue
  /// R, up to where each latent is summed.
  public let reach: Double
  /// At most this part of p(x) lies beyond R.
  public let leftOut: Double

  /// By the trapezoid rule, refined until it stands still.
  ///
  /// - Parameters:
  ///   - highest: a number that log p(x|z) does not exceed for any z.
  ///   - logLikelihood: log p(x|z), analytic in both latents.
  public init(highest: Double, logLikelihood: (Double, Double) -> Double) {
    func logJoint(_ one: Double, _ two: Double) -> Double {
      logLikelihood(one, two) - 0.5 * (one * one + two * two) - log(2 * Double.pi)
    }
    let start = stride(from: -3.0, through: 3, by: 0.5)
    let reached = start.flatMap { one in start.map { logJoint(one, $0) } }.max() ?? 0
    // Beyond R less than e^−36 of a bump of this height and of the width e^−4.
    let reach = sqrt(2 * (max(0, highest - reached) + 40))
    func sum(_ count: Int) -> (log: Double, largest: Double) {
      let spacing = 2 * reach / Double(count - 1)
      let nodes = (0..<count).map { -reach + spacing * Double($0) }
      let rows = nodes.map { one in nodes.map { logJoint(one, $0) } }
      let largest = rows.reduce(-Double.infinity) { max($0, $1.max() ?? $0) }
      var mass = CompensatedSum()
      for row in rows { for value in row { mass.add(exp(value - largest)) } }
      return (largest + log(mass.value * spacing * spacing), largest)
    }
    var count = 33
    var coarse = sum(count).log
    while true {
      count = 2 * count - 1
      let (fine, largest) = sum(count)
      let moved = abs(fine - coarse)
      if moved <= 1e-12 * (1 + abs(fine)) || count > 1 << 10 {
        let tail = 4 * exp(highest - fine - 0.5 * reach * reach) / (reach * sqrt(2 * Double.pi))
        let rounding = 16 * Double.ulpOfOne * (abs(largest) + abs(fine) + 8)
        logEvidence = QuadratureValue(fine, errorBound: moved + tail + rounding)
        self.reach = reach
        leftOut = tail
        return
      }
      coarse = fine
    }
  }
}
