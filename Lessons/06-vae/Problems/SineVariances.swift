import GSL

/// The variances of two estimates of d/dμ E[sin(k z)] at z ~ N(0, 1), in closed form.
///
/// ```
/// along the path   k cos(k z):  k² (½ (1 + e^(−2k²)) − e^(−k²))
/// by the score     z sin(k z):  ½ (1 − (1 − 4k²) e^(−2k²)) − k² e^(−k²)
/// ```
func sineVariances(_ k: Double) -> (path: Double, score: Double) {
  let (one, two) = (exp(-k * k), exp(-2 * k * k))
  return (
    k * k * (0.5 * (1 + two) - one), 0.5 * (1 - (1 - 4 * k * k) * two) - k * k * one
  )
}
