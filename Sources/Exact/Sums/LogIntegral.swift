import GSL
import Probability

/// The logarithm of ∫ e^f over an interval, for an f that is smooth and falls at both ends of what counts.
///
/// The window is narrowed to where f is within 60 of its largest value; there the trapezoid rule is doubled
/// until it stands still. For an integrand that is analytic and negligible at both ends the rule converges
/// geometrically (Trefethen and Weideman 2014), so that the last change is far above the error that is left.
struct LogIntegral: Sendable {
  /// The logarithm of the integral.
  let value: Double
  /// How much the last doubling changed it.
  let change: Double

  /// Integrates e^f from `lower` to `upper`.
  init<Failure: Error>(
    from lower: Double, to upper: Double, _ f: (Double) throws(Failure) -> Double
  ) throws(Failure) {
    var (low, high) = (lower, upper)
    for _ in 0..<12 {
      let width = high - low
      (low, high) = try LogIntegral.window(low, high, f)
      if high - low > 0.6 * width { break }
    }
    var (intervals, spacing) = (64, (high - low) / 64)
    var terms: [Double] = []
    for i in 0...intervals { terms.append(try f(low + spacing * Double(i))) }
    var value = log(spacing) + logSumExp(terms)
    var change = Double.infinity
    while intervals < 1 << 15, change > 1e-13 {
      for i in 0..<intervals { terms.append(try f(low + spacing * (Double(i) + 0.5))) }
      (intervals, spacing) = (2 * intervals, spacing / 2)
      let refined = log(spacing) + logSumExp(terms)
      (value, change) = (refined, (refined - value).magnitude)
    }
    (self.value, self.change) = (value, change)
  }

  /// Where on a grid f is within 60 of its largest value, one place more on either side.
  private static func window<Failure: Error>(
    _ low: Double, _ high: Double, _ f: (Double) throws(Failure) -> Double
  ) throws(Failure) -> (Double, Double) {
    let places = 160
    let spacing = (high - low) / Double(places)
    var values: [Double] = []
    for i in 0...places { values.append(try f(low + spacing * Double(i))) }
    let top = values.reduce(-.infinity, max)
    let kept = values.indices.filter { values[$0] >= top - 60 }
    guard let first = kept.first, let last = kept.last else { return (low, high) }
    return (
      low + spacing * Double(max(0, first - 1)), low + spacing * Double(min(places, last + 1))
    )
  }
}
