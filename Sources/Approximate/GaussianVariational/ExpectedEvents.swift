public import GSL
public import Models
package import Networks
public import Probability

/// Means of log p(y|η) and of its derivatives in η, for η ~ N(mean, variance).
///
/// By Price's theorem a derivative in the mean is the mean of the derivative, and one in the variance half of the
/// second: so these five numbers are all that Newton's method needs to know of an observation.
///
/// ```
/// Poisson    E[e^η] = e^(m + v/2)
/// Bernoulli  one number to sum over: the trapezoid rule, as log(1 + e^η) is analytic for |Im η| < π
/// ```
struct ExpectedEvents {
  /// E[log p(y|η)].
  var value = 0.0
  /// E of the first to fourth derivative in η.
  var slope = 0.0
  var bend = 0.0
  var third = 0.0
  var fourth = 0.0

  /// The widest η that is summed over.
  static let widest = 1e4

  init(
    of events: Int, _ law: EventLaw, mean: Double, variance: Double
  ) throws(GSLError) {
    // listing: 09 best-gaussian
    switch law {
    case .poisson:
      let rate = exp(mean + 0.5 * variance)
      value = Double(events) * mean - rate - law.logFactorial(of: events)
      (slope, bend, third, fourth) = (Double(events) - rate, -rate, -rate, -rate)
    // end of listing
    case .bernoulli:
      let deviation = sqrt(max(0, variance))
      guard deviation <= Self.widest else {
        throw GSLError(
          "ExpectedEvents", .badArgument("expected a deviation of η up to \(Int(Self.widest))"),
          arguments: "deviation: \(deviation)")
      }
      // What aliasing leaves is of the order e^(−2π²/(h·deviation)), and e^(−2π²/h²) of the normal.
      let spacing = 0.5 / max(1, deviation)
      let reach = Int((9.5 / spacing).rounded(.up))
      var sums = [CompensatedSum](repeating: CompensatedSum(), count: 5)
      for node in -reach...reach {
        let t = spacing * Double(node)
        let weight = spacing * exp(-0.5 * t * t) / sqrt(2 * Double.pi)
        let eta = mean + deviation * t
        let (p, spread) = (sigmoid(eta), sigmoid(eta) * sigmoid(-eta))
        sums[0].add(weight * law.logProbability(of: events, eta))
        sums[1].add(weight * (events == 1 ? sigmoid(-eta) : -p))
        sums[2].add(weight * -spread)
        sums[3].add(weight * -spread * (1 - 2 * p))
        sums[4].add(weight * -spread * (1 - 6 * spread))
      }
      value = sums[0].value
      (slope, bend) = (sums[1].value, sums[2].value)
      (third, fourth) = (sums[3].value, sums[4].value)
    }
  }
}

extension LatentGaussian {
  /// The ELBO of q = N(mean, covariance), in closed form but for the sums over one η each.
  ///
  /// ```
  /// Σ_i E_q[log p(y_i|η_i)] − KL(q‖p(z)),    η_i ~ N(offset_i + f_i·m, f_iᵀ·V·f_i) under q
  /// ```
  /// Minus infinity where a mean rate leaves the doubles.
  public func elbo(of q: GaussianFactor) throws(GSLError) -> Double {
    let inverse = inverseRoot
    let (m, v) = (
      inverse.times(q.mean - mean),
      inverse.times(q.covariance).times(inverse.transposed()).symmetrised
    )
    let standard = StandardisedBound(self, isDiagonal: false)
    let factor = try LinearAlgebra.cholesky(order: dimension, v.array)
    return try standard.value(
      mean: m, factor: Matrix(rows: dimension, columns: dimension, factor))
  }

  /// The slope of the ELBO of q in its mean, and the V⁻¹ at which it stands still in V.
  ///
  /// ```
  /// Fᵀ·E_q[∂ log p(y|η)] − P·(m − mean)        P + Fᵀ·diag(−E_q[∂² log p(y|η)])·F
  /// ```
  package func boundDerivatives(
    at q: GaussianFactor
  ) throws(GSLError) -> (slope: Vector, precision: Matrix) {
    var slope = -precision.times(q.mean - mean)
    var inverse = precision
    for i in observations.indices {
      let row = features.row(i)
      let seen = try ExpectedEvents(
        of: observations[i], law, mean: offset[i] + row.dot(q.mean),
        variance: row.dot(q.covariance.times(row)))
      slope += seen.slope * row
      inverse += -seen.bend * outer(row, row)
    }
    return (slope, inverse)
  }
}
