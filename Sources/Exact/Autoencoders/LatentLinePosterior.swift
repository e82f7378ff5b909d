import GSL
public import Models
public import Probability

// log p(x) = log ∫ N(z; 0, 1) p(x | z) dz by the trapezoid rule.
//
// Where to look: log p(x, z) ≤ b − z²/2 with b the highest log-likelihood and the prior's constant.
// If one point reaches L, everything beyond |z| = √(2 (b − L + 80)) is below e^−80 of it. On that
// interval the spacing is halved until nothing moves; for an analytic integrand each halving squares
// the error (Trefethen and Weideman 2014), so what the last one moved bounds what is left. Points
// that carry less than e^−100 of the largest are given up on the way.

/// Evidence and posterior moments of a model with one latent number, by quadrature.
public struct LatentLinePosterior: Sendable, Equatable {
  /// log p(x).
  public let logEvidence: QuadratureValue
  /// E[z | x].
  public let mean: QuadratureValue
  /// Var[z | x].
  public let variance: QuadratureValue

  /// By the trapezoid rule, refined until it stands still.
  public init(of model: some LatentLine) {
    var (low, high) = LatentLinePosterior.interval(of: model)
    var count = 513
    var coarse = GridSums(model, from: low, to: high, count: count)
    while true {
      (low, high) = coarse.heart
      // The interval may have shrunk: twice as many points are at least twice as fine.
      count = 2 * count - 1
      let fine = GridSums(model, from: low, to: high, count: count)
      let settled = fine.isCloseTo(coarse)
      if settled || count > 1 << 20 {
        // The tails beyond the interval, and a rounding of each log joint of the heart.
        let rounding = 16 * Double.ulpOfOne * (abs(fine.logEvidence) + fine.largestExponent + 8)
        let scale = fine.variance.squareRoot() + abs(fine.mean)
        logEvidence = QuadratureValue(
          fine.logEvidence, errorBound: abs(fine.logEvidence - coarse.logEvidence) + rounding)
        mean = QuadratureValue(
          fine.mean, errorBound: abs(fine.mean - coarse.mean) + 2 * rounding * scale)
        variance = QuadratureValue(
          fine.variance,
          errorBound: abs(fine.variance - coarse.variance) + 4 * rounding * scale * scale)
        return
      }
      coarse = fine
    }
  }

  /// The interval outside of which less than e^−80 of the largest value can lie.
  private static func interval(of model: some LatentLine) -> (Double, Double) {
    let ceiling = model.highestLogLikelihood - 0.5 * log(2 * Double.pi)
    func reach(_ reached: Double) -> Double { sqrt(2 * (max(0, ceiling - reached) + 80)) }
    let first = reach(model.logJoint(0))
    let best = (-512...512).reduce(model.logJoint(0)) {
      max($0, model.logJoint(first * Double($1) / 512))
    }
    return (-reach(best), reach(best))
  }
}

/// The trapezoid sums of one grid.
private struct GridSums {
  let logEvidence: Double
  let mean: Double
  let variance: Double
  /// How far log p(x, z) of a point that matters is from zero.
  let largestExponent: Double
  /// The points that carry e^−100 of the largest or more, and one on either side.
  let heart: (Double, Double)

  init(_ model: some LatentLine, from low: Double, to high: Double, count: Int) {
    let spacing = (high - low) / Double(count - 1)
    let points = (0..<count).map { low + spacing * Double($0) }
    let logs = points.map(model.logJoint)
    let largest = logs.max() ?? 0
    var (mass, first, second) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    for (z, value) in zip(points, logs) {
      let weight = exp(value - largest)
      mass.add(weight)
      first.add(weight * z)
    }
    let centre = first.value / mass.value
    for (z, value) in zip(points, logs) {
      second.add(exp(value - largest) * (z - centre) * (z - centre))
    }
    logEvidence = largest + log(mass.value * spacing)
    mean = centre
    variance = second.value / mass.value
    largestExponent = abs(largest)
    let kept = logs.indices.filter { logs[$0] >= largest - 100 }
    heart = (
      points[max(0, (kept.first ?? 0) - 1)], points[min(count - 1, (kept.last ?? count - 1) + 1)]
    )
  }

  func isCloseTo(_ other: GridSums) -> Bool {
    let scale = variance.squareRoot() + abs(mean)
    return abs(logEvidence - other.logEvidence) <= 1e-13 * (1 + abs(logEvidence))
      && abs(mean - other.mean) <= 1e-12 * scale
      && abs(variance - other.variance) <= 1e-12 * variance
  }
}
