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
