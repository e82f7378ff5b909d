import GSL

/// log N(x; mean, variance), for any finite numbers and a positive variance.
///
/// ```
/// −½ log 2π − ½ log variance − ½ ((x − mean) / √variance)²
/// ```
/// Dividing before squaring keeps what a square would lose to overflow or underflow. −∞ only where
/// the density's logarithm itself is below the doubles.
func logNormal(_ x: Double, mean: Double, variance: Double) -> Double {
  let deviation = sqrt(variance)
  let standardised = (x - mean) / deviation
  // Two numbers near the end of the doubles: their distance may lie beyond it, half of it not.
  let half = standardised.isFinite ? standardised / 2 : (x / 2 - mean / 2) / deviation
  return -0.5 * (log(2 * Double.pi) + log(variance)) - 2 * half * half
}

/// log N(x; mean_k, variance_k) of several normal laws at one point, relative to the largest.
///
/// ```
/// log N_k − log N_r = −½ log(v_k / v_r) − ½ (a_k − a_r)(a_k + a_r),      a_k = (x − m_k) / √v_k
/// a_k − a_r = (m_r − m_k) / √v_k + (x − m_r)(v_r − v_k) / (√v_k √v_r (√v_k + √v_r))
/// ```
/// Far out in the tails the logarithms are large and their differences, which decide a posterior,
/// small: they are computed without the logarithms. −∞ for `largest` where all are below the doubles;
/// the differences then say nothing. A law that is not possible is none to compare others with: its
/// own difference may be above zero.
func relativeLogNormals(
  _ x: Double, means: [Double], variances: [Double], isPossible: (Int) -> Bool = { _ in true }
) -> (relative: [Double], largest: Double) {
  relativeLogNormals(
    plain: means.indices.map { logNormal(x, mean: means[$0], variance: variances[$0]) },
    deviations: means.map { DoubleDouble(sumOf: x, -$0) }, variances: variances,
    isPossible: isPossible)
}

/// The same of laws whose means are sums that no double holds: x − m_k with 32 digits.
func relativeLogNormals(
  deviations: [DoubleDouble], variances: [Double]
) -> (relative: [Double], largest: Double) {
  relativeLogNormals(
    plain: zip(deviations, variances).map { logNormal($0.high, mean: 0, variance: $1) },
    deviations: deviations, variances: variances, isPossible: { _ in true })
}

private func relativeLogNormals(
  plain: [Double], deviations: [DoubleDouble], variances: [Double], isPossible: (Int) -> Bool
) -> (relative: [Double], largest: Double) {
  let possible = plain.indices.filter(isPossible)
  guard let best = possible.max(by: { plain[$0] < plain[$1] }), plain[best] > -.infinity else {
    return (plain.map { _ in 0 }, -.infinity)
  }
  // Of numbers this size, differences keep twelve digits behind the point.
  if plain[best] > -1000 { return (plain.map { $0 - plain[best] }, plain[best]) }
  let (distance, variance) = (deviations[best].high, variances[best])
  let deviation = sqrt(variance)
  let relative = plain.indices.map { k in
    let other = sqrt(variances[k])
    let shift = (deviations[k] - deviations[best]).high / other
    let widening =
      distance / other * ((variance - variances[k]) / (deviation * (other + deviation)))
    let sum = deviations[k].high / other + distance / deviation
    let difference =
      -0.5 * (log(variances[k]) - log(variance)) - 0.5 * (shift + widening) * sum
    // Where a distance itself is beyond the doubles, the plain logarithms are all there is.
    return difference.isNaN || difference == .infinity ? plain[k] - plain[best] : difference
  }
  // Logarithms of one size may hide which is the largest; the differences show it.
  let excess = possible.lazy.map { relative[$0] }.max() ?? 0
  return (relative.map { $0 - excess }, plain[best] + excess)
}
