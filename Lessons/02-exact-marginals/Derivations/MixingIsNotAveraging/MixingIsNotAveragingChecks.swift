import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// What mixing does to means, variances and shapes.
struct MixingLaws: Sendable {
  /// E[y] of a mixture, from its components.
  var mean: @Sendable (PoissonMixture) -> Double = { MixtureMoments(of: $0).mean }
  /// Var[y] of a mixture, from its components.
  var variance: @Sendable (PoissonMixture) -> Double = { MixtureMoments(of: $0).variance }
  /// The variance of Σ_k π_k y_k, one draw y_k of each component, averaged.
  var varianceOfAverage: @Sendable (PoissonMixture) -> Double = { mixture in
    zip(mixture.weights, mixture.rates).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
  }
  /// p(y) for y below a bound, where the rate is exp(Σ_i w_i h_i) and the h_i are hidden units.
  var tableOfUnits: @Sendable ([Double], [Double], Int) throws -> [Double] = {
    weights, units, bound in
    let rate = exp(zip(weights, units).reduce(0) { $0 + $1.0 * $1.1 })
    return try PoissonMixture(weights: [1], rates: [rate]).exactTable(below: bound)
  }
  /// The density of a mixture of Gaussians at a place.
  var density: @Sendable (GaussianMixture, Double) -> Double = { mixture, place in
    exp(exactLogEvidence(of: mixture, [place]).value)
  }
  /// Σ_i w_i u_i.
  var interpolate: @Sendable ([Double], [[Double]]) -> [Double] = { weights, vectors in
    (vectors.first ?? []).indices.map { axis in
      zip(weights, vectors).reduce(0) { $0 + $1.0 * $1.1[axis] }
    }
  }

  fileprivate func changing(_ change: (inout MixingLaws) -> Void) -> MixingLaws {
    var laws = self
    change(&laws)
    return laws
  }
}

/// Two rates, a network with two hidden units, two Gaussians and two directions.
struct MixingProblem: Sendable {
  var mixture = PoissonMixture.twoRates
  var unitWeights = [1.2, -0.5]
  var units = [0.3, 0.4]
  /// |μ₁ − μ₂| / σ, away from 2.
  var separation = 2.1
  var share = 0.5
  var angle = 1.5707963267948966

  static func random(_ cases: inout Cases) throws -> MixingProblem {
    let separation = try cases.real(from: 1.2, to: 1.9)
    return MixingProblem(
      mixture: try .random(components: 2, &cases),
      unitWeights: try cases.reals(2, from: -1, to: 1.5),
      units: try cases.reals(2, from: 0.1, to: 0.9),
      separation: try cases.flip(0.5) ? separation + 1 : separation,
      share: try cases.real(from: 0.1, to: 0.9), angle: try cases.real(from: 0.3, to: 2.8))
  }

  /// π₁ π₂ (λ₁ − λ₂)², the variance between two components.
  var between: Double {
    let difference = mixture.rates[0] - mixture.rates[1]
    return mixture.weights[0] * mixture.weights[1] * difference * difference
  }
  /// Two unit vectors in the plane.
  var directions: [[Double]] { [[1, 0], [cos(angle), sin(angle)]] }
  /// ‖u₁ − u₂‖² = 2 − 2 cos(angle).
  var squaredDistance: Double { 2 - 2 * cos(angle) }
}

extension Page {
  /// Mixing laws is not averaging values.
  static let mixing: Exercise<MixingLaws, MixingProblem> = Exercise(
    Sheet(
      id: "mixing-is-not-averaging", title: "Mixing is not averaging", task: "", hints: [],
      example: MixingProblem(), draw: { try MixingProblem.random(&$0) }, lines: []),
    answer: MixingLaws(),
    derivation: [
      meanOfMeans, totalVariance, overdispersed, unitsDoNotMix, otherVariances, averageOfDraws,
      modes, shorter, longer,
    ],
    mistakes: [
      Mistake(
        "variance-without-between", "Σ_k π_k Var[y|k], and nothing for how far the means are apart",
        MixingLaws().changing { $0.variance = { MixtureMoments(of: $0).within } }),
      Mistake(
        "conditions-on-the-wrong-symbol", "Y|λ, b as one Poisson law of the mean rate",
        source: "E-068",
        MixingLaws().changing { laws in
          laws.variance = { MixtureMoments(of: $0).mean }
          laws.density = { mixture, place in
            let moments = MixtureMoments(of: mixture)
            let residual = place - moments.mean
            return exp(-0.5 * residual * residual / moments.within)
          }
        }),
      Mistake(
        "averages-the-draws", "the variance of Σ_k π_k y_k under the name of the mixture's",
        MixingLaws().changing { laws in
          laws.variance = { mixture in
            zip(mixture.weights, mixture.rates).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
          }
        }),
      Mistake(
        "weights-not-squared", "Var[Σ_k π_k y_k] = Σ_k π_k Var[y_k]",
        MixingLaws().changing { $0.varianceOfAverage = { MixtureMoments(of: $0).within } }),
      Mistake(
        "plain-mean-of-rates", "(λ_1 + … + λ_K)/K",
        MixingLaws().changing { laws in
          laws.mean = { $0.rates.reduce(0, +) / Double($0.rates.count) }
        }),
      Mistake(
        "units-as-switches", "takes a hidden unit h_i for a switch that is on with probability h_i",
        source: "A-190: hidden layers are not latent structure",
        MixingLaws().changing { laws in
          laws.tableOfUnits = { weights, units, bound in
            try PoissonFactorModel(prior: units, weights: weights).asMixture()
              .exactTable(below: bound)
          }
        }),
      Mistake(
        "projects-back", "divides an interpolation by its norm and calls it an interpolation",
        MixingLaws().changing { laws in
          let interpolate = laws.interpolate
          laws.interpolate = { weights, vectors in
            let sum = interpolate(weights, vectors)
            let norm = sqrt(sum.reduce(0) { $0 + $1 * $1 })
            return sum.map { $0 / norm }
          }
        }),
      Mistake(
        "clips-the-weights", "replaces weights by the nearest convex ones",
        source: "E-073",
        MixingLaws().changing { laws in
          let interpolate = laws.interpolate
          laws.interpolate = { weights, vectors in
            interpolate(weights.map { min(1, max(0, $0)) }, vectors)
          }
        }),
    ])
}

// MARK: Moments

extension Page {
  private typealias MixingLine = Line<MixingLaws, MixingProblem>

  /// Drawn rates are below 4 and the example's below 10: less than 1e-24 of the second moment is left above
  /// 60, and the table sees no components.
  private static func moments(_ mixture: PoissonMixture) -> (mean: Double, variance: Double) {
    tabulatedMoments(mixture.exactTable(below: 60))
  }

  private static var meanOfMeans: MixingLine {
    Line(
      "mean-of-means", "Σ_k π_k λ_k = Σ_y y p(y)",
      because: "z ~ Bernoulli(b), then y ~ Poisson(λ_z): means are averaged, once z is summed out",
      claims: ["A-195", "A-198"]
    ) { laws, problem in
      .equal(laws.mean(problem.mixture), moments(problem.mixture).mean, terms: 1024)
    }
  }

  private static var totalVariance: MixingLine {
    Line(
      "total-variance", "Σ_k π_k λ_k + Σ_k π_k (λ_k − E[y])² = Σ_y (y − E[y])² p(y)",
      because: "the law of total variance: within a component, and between them",
      claims: ["A-195", "A-200"]
    ) { laws, problem in
      .equal(laws.variance(problem.mixture), moments(problem.mixture).variance, terms: 1024)
    }
  }

  private static var overdispersed: MixingLine {
    Line(
      "overdispersed", "Var[y] / E[y] ≥ 1, by π_1 π_2 (λ_1 − λ_2)² / E[y]",
      because: "one Poisson law has ratio 1: what exceeds it gives two away", claims: ["A-189"]
    ) { laws, problem in
      let mean = laws.mean(problem.mixture)
      return .atLeast(
        laws.variance(problem.mixture) / mean, 1,
        gap: problem.between / moments(problem.mixture).mean, terms: 1024)
    }
  }

  private static var unitsDoNotMix: MixingLine {
    Line(
      "hidden-units-do-not-mix", "y|x ~ Poisson(exp(Σ_i w_i h_i(x))):  Var[y] / E[y] = 1",
      because: "h_i is computed, not drawn: nothing is summed over, and one Poisson law is left",
      claims: ["A-190"]
    ) { laws, problem in
      let table = try laws.tableOfUnits(problem.unitWeights, problem.units, 80)
      let (mean, variance) = tabulatedMoments(table)
      return .equal(variance / mean, 1, terms: 1024)
    }
  }

  private static var otherVariances: MixingLine {
    Line(
      "three-variances", "Var[y] ≠ E[y] (one Poisson) and ≠ Σ_k π_k² λ_k (averaged draws)",
      because: "a draw comes from one and only one component", claims: ["A-200"]
    ) { laws, problem in
      let (mixture, found) = (problem.mixture, laws.variance(problem.mixture))
      let averaged = zip(mixture.weights, mixture.rates).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
      let mean = moments(mixture).mean
      return .different(
        [found, found], [mean, averaged], by: [problem.between, problem.between + mean - averaged],
        atLeast: problem.between / 2, terms: 1024)
    }
  }

  private static var averageOfDraws: MixingLine {
    Line(
      "average-of-draws", "Σ_k π_k² λ_k = Var[π_1 y_1 + π_2 y_2], y_k ~ Poisson(λ_k) independent",
      because: "the average is of values; it is not even a count"
    ) { laws, problem in
      let (weights, bound) = (problem.mixture.weights, 40)
      let tables = (0...1).map { k in
        (0..<bound).map { exp(problem.mixture.logLikelihood(k, $0)) }
      }
      var (first, second) = (0.0, 0.0)
      for a in 0..<bound {
        for b in 0..<bound {
          let p = tables[0][a] * tables[1][b]
          let value = weights[0] * Double(a) + weights[1] * Double(b)
          first += p * value
          second += p * value * value
        }
      }
      return .equal(
        laws.varianceOfAverage(problem.mixture), second - first * first, terms: 4096,
        magnitude: second)
    }
  }
}

// MARK: Shapes

extension Page {
  private static var modes: MixingLine {
    Line(
      "two-modes", "½N(μ_1, σ²) + ½N(μ_2, σ²): modes = 2 if |μ_1 − μ_2| > 2σ, else 1",
      because: "p″ at the midpoint has the sign of (μ_1 − μ_2)² − 4σ²: mixing can make modes",
      claims: ["A-196", "A-199"]
    ) { laws, problem in
      let half = problem.separation / 2
      let mixture = try GaussianMixture(
        weights: [0.5, 0.5], means: [-half, half], variances: [1, 1])
      let heights = (-30...30).map { laws.density(mixture, Double($0) / 10) }
      let tops = heights.indices.dropFirst().dropLast().filter {
        heights[$0] > heights[$0 - 1] && heights[$0] >= heights[$0 + 1]
      }
      return .equalCounts(tops.count, problem.separation > 2 ? 2 : 1)
    }
  }

  private static var shorter: MixingLine {
    Line(
      "convex-is-shorter", "‖w u_1 + (1−w) u_2‖² ≤ 1, by w (1−w) ‖u_1 − u_2‖²,  0 < w < 1",
      because: "a chord runs inside the sphere: interpolated unit vectors are no unit vectors",
      claims: ["A-201"]
    ) { laws, problem in
      let sum = laws.interpolate([problem.share, 1 - problem.share], problem.directions)
      return .atMost(
        sum.reduce(0) { $0 + $1 * $1 }, 1,
        gap: problem.share * (1 - problem.share) * problem.squaredDistance)
    }
  }

  private static var longer: MixingLine {
    Line(
      "beyond-is-longer", "‖2 u_1 − u_2‖² ≥ 1, by 2 ‖u_1 − u_2‖²",
      because: "the norm falls below one for convex weights only", claims: ["A-201"]
    ) { laws, problem in
      let sum = laws.interpolate([2, -1], problem.directions)
      return .atLeast(
        sum.reduce(0) { $0 + $1 * $1 }, 1, gap: 2 * problem.squaredDistance, magnitude: 9)
    }
  }
}
