import Models
import Probability

extension IntegralsHistogramsProgramsDerivation {
  /// Parameters of all of them.
  struct Problem: Sendable {
    /// The slope of x on z.
    var w = 1.3
    /// σ², the variance of x given z.
    var noise = 0.4
    /// A place on the line.
    var x = 0.9
    /// π of the first component in the plane.
    var share = 0.5
    /// The means of two components in the plane.
    var means = [[0.0, 3], [1, 0]]
    /// Their covariances, row by row.
    var covariances = [[[1.0, 0.1], [0.1, 1]], [[8, 3], [3, 2]]]
    /// Two histograms, counts in three bins.
    var parts = [[3.0, 1, 0], [1, 2, 5]]
    /// Responses; the first two differ, and so do the next two.
    var labels = [2, 0, 1, 0]
    /// u² mod m for u below n.
    var modulus = (n: 6, m: 4)

    /// A wide component and a round one.
    static let example = Problem()

    /// No part is empty, and the parts are of different sizes.
    static func random(_ cases: inout Cases) throws -> Problem {
      func covariance() throws -> [[Double]] {
        let (a, b) = (try cases.real(from: 0.8, to: 2), try cases.real(from: 0.8, to: 2))
        let c = try cases.real(from: -0.5, to: 0.5)
        return [[a, c], [c, b]]
      }
      let parts = try (0...1).map { _ in
        try (0...2).map { _ in Double(try cases.integer(0...5)) }
      }
      return Problem(
        w: try cases.real(from: 0.3, to: 2), noise: try cases.real(from: 0.2, to: 1.5),
        x: try cases.real(from: -2, to: 2), share: try cases.real(from: 0.2, to: 0.8),
        means: [try cases.reals(2, from: -1, to: 0), try cases.reals(2, from: 0.5, to: 2)],
        covariances: [try covariance(), try covariance()],
        parts: [parts[0].map { $0 + 1 }, parts[1].map { $0 + 8 }],
        labels: [2, 0, 1, 0].map { $0 + 3 } + [try cases.integer(0...2)],
        modulus: (try cases.integer(5...9), try cases.integer(3...5)))
    }

    /// Both components in the plane.
    func mixture() throws -> MultivariateGaussianMixture {
      try MultivariateGaussianMixture(
        weights: [share, 1 - share], means: means, covariances: covariances)
    }

    /// Their first coordinates: a mixture on the line.
    func mixtureOfFirst() throws -> GaussianMixture {
      try GaussianMixture(
        weights: [share, 1 - share], means: means.map { $0[0] },
        variances: covariances.map { $0[0][0] })
    }
  }
}

// MARK: Exact numbers

extension IntegralsHistogramsProgramsDerivation.Problem {
  /// ∫ N(z; 0, 1) N(x; w z, σ²) dz by a trapezoid.
  ///
  /// The posterior deviation is s = σ/√(w² + σ²) > 0.2: a step of h = 0.05 errs by e^(−2π²s²/h²).
  var integralOverLatent: ExactValue {
    let step = 0.05
    let (w, noise, x) = (ExactValue(w), ExactValue(noise), ExactValue(x))
    let sum = (-200...200).sum { node -> ExactValue in
      let z = ExactValue(step * Double(node))
      let residual = x - w * z
      return (-0.5 * (z * z + residual * residual / noise)).exponential
    }
    return sum * ExactValue(step) / (ExactValue(2 * Double.pi) * noise.squareRoot)
  }

  /// Mean and covariance (xx, xy, yy) of the mixture, from E[x] and E[xxᵀ].
  ///
  /// Each component is seen at its nodes μ ± √3 L with weights 1 : 4 : 1, exact for xxᵀ.
  var momentsByNodes: [ExactValue] {
    let nodes: [(at: ExactValue, weight: ExactValue)] = [(-1, 1), (0, 4), (1, 1)]
    let root = ExactValue(3).squareRoot
    var sums = [ExactValue](repeating: 0, count: 5)
    for (k, weight) in [ExactValue(share), 1 - ExactValue(share)].enumerated() {
      let mean = means[k].map { ExactValue($0) }
      let c = covariances[k].map { row in row.map { ExactValue($0) } }
      let first = c[0][0].squareRoot
      let below = c[0][1] / first
      let rest = (c[1][1] - below * below).squareRoot
      for u in nodes {
        for v in nodes {
          let x = mean[0] + root * first * u.at
          let y = mean[1] + root * (below * u.at + rest * v.at)
          let share = weight * u.weight * v.weight / 36
          for (entry, value) in [x, y, x * x, x * y, y * y].enumerated() {
            sums[entry] += share * value
          }
        }
      }
    }
    let (x, y) = (sums[0], sums[1])
    return [x, y, sums[2] - x * x, sums[3] - x * y, sums[4] - y * y]
  }
}
