import GSL
package import Models
package import Networks
package import Probability

/// What counts say of the number that set a deterministic network going, by sums over a grid of that number.
///
/// Nothing else is uncertain, so that one integral is all there is, however long the sequence.
package struct InitialStatePosterior: Sendable {
  /// log p(y).
  package let logEvidence: QuadratureValue
  /// Points of g.
  package let places: [Double]
  /// p(g | y) at these points, times their distance.
  package let weights: [Double]

  /// By the trapezoid rule on a grid with half as wide a spacing as the one it is compared with.
  ///
  /// The error falls like e^(−2πa/h) with the spacing h, so that the difference of the two is a bound.
  package init(of counts: Matrix, under generator: RecurrentSpikes, spacing: Double = 0.02) {
    let half = Int((8 / spacing).rounded(.up))
    let places = (-2 * half...2 * half).map { 0.5 * spacing * Double($0) }
    let logs = places.map { g in
      -0.5 * (g * g + log(2 * Double.pi))
        + InitialStatePosterior.logLikelihood(counts, generator, g)
    }
    let fine = logSumExp(logs) + log(0.5 * spacing)
    let coarse =
      logSumExp(stride(from: 0, to: logs.count, by: 2).map { logs[$0] }) + log(spacing)
    let rounding = 64 * Double(counts.rows) * Double.ulpOfOne * max(1, abs(fine))
    logEvidence = QuadratureValue(fine, errorBound: abs(fine - coarse) + rounding)
    self.places = places
    weights = logs.map { exp($0 - fine) * 0.5 * spacing }
  }

  /// E[f(g) | y].
  package func mean(_ f: (Double) -> Double) -> Double {
    zip(places, weights).reduce(0) { $0 + ($1.1 > 1e-16 ? $1.1 * f($1.0) : 0) }
  }

  /// log p(g | y) at any g, for the counts and the generator that it was made of.
  package func logDensity(
    _ g: Double, _ counts: Matrix, _ generator: RecurrentSpikes
  ) -> Double {
    -0.5 * (g * g + log(2 * Double.pi))
      + InitialStatePosterior.logLikelihood(counts, generator, g) - logEvidence.value
  }

  /// log p(y | g), unit by unit.
  static func logLikelihood(
    _ counts: Matrix, _ generator: RecurrentSpikes, _ g: Double
  ) -> Double {
    let units = generator.start.bias.count
    var state = (0..<units).map {
      tanh(generator.start.weights[$0, 0] * g + generator.start.bias[$0])
    }
    var sum = 0.0
    for t in 0..<counts.rows {
      if t > 0 {
        let before = state
        for i in 0..<units {
          var total = generator.step.bias[i]
          for j in 0..<units { total += generator.step.weights[i, j] * before[j] }
          state[i] = tanh(total)
        }
      }
      for cell in 0..<counts.columns {
        var logRate = generator.readout.bias[cell]
        for j in 0..<units { logRate += generator.readout.weights[cell, j] * state[j] }
        let count = counts[t, cell]
        sum += count * logRate - exp(logRate) - logGamma(count + 1)
      }
    }
    return sum
  }

  /// log Γ of a whole number above zero: log (n − 1)!.
  private static func logGamma(_ n: Double) -> Double {
    var total = 0.0
    var k = 2.0
    while k < n {
      total += log(k)
      k += 1
    }
    return total
  }
}
