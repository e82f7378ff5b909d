import GSL
import Models
import Probability

extension MixingIsNotAveragingDerivation {
  /// Two rates, a network with two hidden units, two Gaussians and two directions.
  struct Problem: Sendable {
    /// Two Poisson laws.
    var mixture = PoissonMixture.twoRates
    /// w, what a network puts on its hidden units.
    var unitWeights = [1.2, -0.5]
    /// h, what its hidden units computed.
    var units = [0.3, 0.4]
    /// |μ₁ − μ₂| / σ, away from 2.
    var separation = 2.1
    /// w of a convex combination.
    var share = 0.5
    /// The angle between two unit vectors.
    var angle = Double.pi / 2

    /// .6 Poisson(2) + .4 Poisson(9), and a right angle.
    static let example = Problem()

    /// Rates below 4, a separation on either side of 2.
    static func random(_ cases: inout Cases) throws -> Problem {
      let separation = try cases.real(from: 1.2, to: 1.9)
      return Problem(
        mixture: try .random(components: 2, &cases),
        unitWeights: try cases.reals(2, from: -1, to: 1.5),
        units: try cases.reals(2, from: 0.1, to: 0.9),
        separation: try cases.flip(0.5) ? separation + 1 : separation,
        share: try cases.real(from: 0.1, to: 0.9), angle: try cases.real(from: 0.3, to: 2.8))
    }

    /// ½N(−s/2, 1) + ½N(s/2, 1).
    func twoGaussians() throws -> GaussianMixture {
      try GaussianMixture(
        weights: [0.5, 0.5], means: [-separation / 2, separation / 2], variances: [1, 1])
    }

    /// Two unit vectors in the plane.
    var directions: [[Double]] { [[1, 0], [cos(angle), sin(angle)]] }
  }
}

// MARK: Exact numbers

extension MixingIsNotAveragingDerivation.Problem {
  /// Drawn rates are below 4 and the example's below 10: less than 1e-24 of the second moment is
  /// left above 60.
  static let counts = 0..<60

  /// p(y | z = k), a row a component.
  var tables: [[ExactValue]] {
    mixture.rates.map { rate in
      Self.counts.map { poisson($0, rate: ExactValue(rate)) }
    }
  }

  /// E[y] and Var[y] from the table of p(y), which sees no components.
  var moments: (mean: ExactValue, variance: ExactValue) {
    let tables = tables
    let law = Self.counts.map { y in
      zip(mixture.weights, tables).sum { weight, row in ExactValue(weight) * row[y] }
    }
    let mean = Self.counts.sum { law[$0] * ExactValue(Double($0)) }
    let variance = Self.counts.sum { y -> ExactValue in
      let distance = ExactValue(Double(y)) - mean
      return law[y] * distance * distance
    }
    return (mean, variance)
  }

  /// E and Var of π₁ y₁ + π₂ y₂ with independent y_k, over all pairs of counts.
  var momentsOfAverage: (mean: ExactValue, variance: ExactValue) {
    let (weights, tables) = (mixture.weights.map { ExactValue($0) }, tables)
    var (first, second) = (ExactValue(0), ExactValue(0))
    for a in Self.counts {
      for b in Self.counts {
        let p = tables[0][a] * tables[1][b]
        let value = weights[0] * ExactValue(Double(a)) + weights[1] * ExactValue(Double(b))
        first += p * value
        second += p * value * value
      }
    }
    return (first, second - first * first)
  }

  /// π₁ π₂ (λ₁ − λ₂)², the variance between two components.
  var between: ExactValue {
    let (weights, rates) = (mixture.weights.map { ExactValue($0) }, mixture.rates)
    let difference = ExactValue(rates[0]) - ExactValue(rates[1])
    return weights[0] * weights[1] * difference * difference
  }

  /// ‖u₁ − u₂‖² = 2 − 2 cos(angle); a library's cosine is good to a rounding.
  var squaredDistance: ExactValue {
    2 - 2 * ExactValue(cos(angle), roundingBound: Double.ulpOfOne)
  }
}
