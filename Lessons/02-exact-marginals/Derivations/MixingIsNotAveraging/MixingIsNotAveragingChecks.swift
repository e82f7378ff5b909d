import Exact
import LessonKit
import Models
import Probability
import Verification

/// Derivation `mixing-is-not-averaging`: what mixing does to means, variances and shapes.
enum MixingIsNotAveragingDerivation {
  /// What is read.
  struct Parts: Sendable {
    /// z, then y given z, in a mixture of two; all counts from a bound on come out as the bound.
    var draw: @Sendable (PoissonMixture, _ bound: Int, inout Exhaustive) throws -> Int
    /// E[y] of a mixture, from its components.
    var mean: @Sendable (PoissonMixture) -> Double
    /// Var[y] of a mixture, from its components.
    var variance: @Sendable (PoissonMixture) -> Double
    /// The variance of Σ_k π_k y_k, one draw y_k of each component, averaged.
    var varianceOfAverage: @Sendable (PoissonMixture) -> Double
    /// p(y) for y below a bound, where the rate is exp(Σ_i w_i h_i) and the h_i are hidden units.
    var tableOfUnits:
      @Sendable (_ weights: [Double], _ units: [Double], _ bound: Int) throws -> [Double]
    /// The density of a mixture of Gaussians at a place.
    var density: @Sendable (_ mixture: GaussianMixture, _ place: Double) -> Double
    /// Σ_i w_i u_i.
    var interpolate: @Sendable (_ weights: [Double], _ vectors: [[Double]]) -> [Double]
  }

  typealias Check = LessonKit.Check<Parts, Problem>

  static let checks: [Check] = [
    firstTheSwitch, meanOfMeans, totalVariance, overdispersed, unitsDoNotMix, otherVariances,
    averageOfDraws, twoNormals, modes, shorter, longer, labels, counts,
  ]
}

// MARK: The program

extension MixingIsNotAveragingDerivation {
  static let firstTheSwitch = Check(
    "first-the-switch", "P(y) = (1 − b) Poisson(y; λ_1) + b Poisson(y; λ_2),  y = 0 … 3",
    because: "z ~ Bernoulli(b), then y ~ Poisson(λ_z): both ways to a count are added up",
    claims: ["A-195"], as: .aside
  ) { parts, problem in
    let law = try exactMoments { choices in
      let y = try parts.draw(problem.mixture, 4, &choices)
      return (0...3).map { $0 == y ? 1 : 0 }
    }
    let b = ExactValue(problem.mixture.weights[1])
    let rates = problem.mixture.rates.map { ExactValue($0) }
    return .equal(
      law.means,
      (0...3).map { y in
        (1 - b) * poisson(y, rate: rates[0]) + b * poisson(y, rate: rates[1])
      })
  }
}

// MARK: Moments

extension MixingIsNotAveragingDerivation {
  static let meanOfMeans = Check(
    "mean-of-means", "Σ_k π_k λ_k = Σ_y y p(y)",
    because: "z ~ Bernoulli(b), then y ~ Poisson(λ_z): means are averaged, once z is summed out",
    claims: ["A-195", "A-198"],
    as: .specialCase
  ) { parts, problem in .equal(parts.mean(problem.mixture), problem.moments.mean) }

  static let totalVariance = Check(
    "total-variance", "Σ_k π_k λ_k + Σ_k π_k (λ_k − E[y])² = Σ_y (y − E[y])² p(y)",
    because: "total variance: within a component, and between them",
    claims: ["A-195", "A-200"],
    as: .consequence
  ) { parts, problem in .equal(parts.variance(problem.mixture), problem.moments.variance) }

  static let overdispersed = Check(
    "overdispersed", "Var[y] / E[y] ≥ 1, by π_1 π_2 (λ_1 − λ_2)² / E[y]",
    because: "one Poisson distribution has ratio 1: a larger ratio refutes one, "
      + "it does not prove two",
    claims: ["A-189"],
    as: .consequence
  ) { parts, problem in
    .atLeast(
      parts.variance(problem.mixture) / parts.mean(problem.mixture), 1.0,
      gap: problem.between / problem.moments.mean)
  }

  static let unitsDoNotMix = Check(
    "hidden-units-do-not-mix", "y|x ~ Poisson(exp(Σ_i w_i h_i(x))):  Var[y] / E[y] = 1",
    because: "h_i is computed, not drawn: nothing is summed over, and one Poisson is left",
    claims: ["A-190"],
    as: .aside
  ) { parts, problem in
    let table = try parts.tableOfUnits(problem.unitWeights, problem.units, 80)
    let (mean, variance) = tabulatedMoments(table)
    return .equal(variance / mean, 1.0)
  }

  static let otherVariances = Check(
    "three-variances", "Var[y] ≠ E[y] (one Poisson) and ≠ Σ_k π_k² λ_k (averaged draws)",
    because: "a draw comes from one and only one component", claims: ["A-200"],
    as: .specialCase
  ) { parts, problem in
    let (between, mean) = (problem.between, problem.moments.mean)
    let averaged = zip(problem.mixture.weights, problem.mixture.rates).sum { weight, rate in
      ExactValue(weight) * ExactValue(weight) * ExactValue(rate)
    }
    let found = parts.variance(problem.mixture)
    return .different(
      [found, found], [mean, averaged], by: [between, between + mean - averaged],
      atLeast: between.value / 2)
  }

  static let averageOfDraws = Check(
    "average-of-draws", "Σ_k π_k² λ_k = Var[π_1 y_1 + π_2 y_2], y_k ~ Poisson(λ_k) independent",
    because: "the average is of values; it is not even a count",
    as: .aside
  ) { parts, problem in
    .equal(parts.varianceOfAverage(problem.mixture), problem.momentsOfAverage.variance)
  }
}

// MARK: Shapes

extension MixingIsNotAveragingDerivation {
  static let twoNormals = Check(
    "two-normals", "p(y) = b N(y; μ_1, σ_1²) + (1−b) N(y; μ_2, σ_2²),  y = −2, 0, 1",
    because: "z ~ Bernoulli(b) says which normal y is drawn from", claims: ["A-196"], as: .aside,
    changing: { problem in
      [
        Given("b", problem.share), Given("μ", [-problem.separation / 2, problem.separation / 2]),
        Given("σ²", [1, 0.25]),
      ]
    }
  ) { parts, problem in
    let means = [-problem.separation / 2, problem.separation / 2]
    let mixture = try GaussianMixture(
      weights: [problem.share, 1 - problem.share], means: means, variances: [1, 0.25])
    let weights = [ExactValue(problem.share), 1 - ExactValue(problem.share)]
    let places = [-2.0, 0, 1]
    let densities = places.map { place in
      means.indices.sum { k -> ExactValue in
        let (variance, apart) = (ExactValue(k == 0 ? 1 : 0.25), ExactValue(place - means[k]))
        let height = 1 / (2 * ExactValue(Double.pi) * variance).squareRoot
        return weights[k] * height * (-0.5 * apart * apart / variance).exponential
      }
    }
    return .equal(places.map { parts.density(mixture, $0) }, densities)
  }

  static let modes = Check(
    "two-modes", "½N(μ_1, σ²) + ½N(μ_2, σ²): modes = 2 if |μ_1 − μ_2| > 2σ, else 1",
    because: "p″ at the midpoint has the sign of (μ_1 − μ_2)² − 4σ²: mixing can make modes",
    claims: ["A-196", "A-199"],
    as: .aside
  ) { parts, problem in
    let mixture = try problem.twoGaussians()
    let heights = (-30...30).map { parts.density(mixture, Double($0) / 10) }
    let tops = heights.indices.dropFirst().dropLast().filter {
      heights[$0] > heights[$0 - 1] && heights[$0] >= heights[$0 + 1]
    }
    return .equalCounts(tops.count, problem.separation > 2 ? 2 : 1)
  }

  static let shorter = Check(
    "convex-is-shorter", "‖w u_1 + (1−w) u_2‖² ≤ 1, by w (1−w) ‖u_1 − u_2‖²,  0 < w < 1",
    because: "a chord runs inside the sphere: interpolated unit vectors are no unit vectors",
    claims: ["A-201"],
    as: .aside
  ) { parts, problem in
    let sum = parts.interpolate([problem.share, 1 - problem.share], problem.directions)
    let share = ExactValue(problem.share)
    return .atMost(
      squaredNorm(sum), 1.0, gap: share * (1 - share) * problem.squaredDistance)
  }

  static let longer = Check(
    "beyond-is-longer", "‖2 u_1 − u_2‖² ≥ 1, by 2 ‖u_1 − u_2‖²",
    because: "the norm falls below one for convex weights only", claims: [.against("A-201")],
    as: .aside
  ) { parts, problem in
    .atLeast(
      squaredNorm(parts.interpolate([2, -1], problem.directions)), 1.0,
      gap: 2 * problem.squaredDistance)
  }

  static let labels = Check(
    "no-label-between-labels", "Σ_k (w e_1 + (1−w) e_2)_k² ≤ 1, by 2 w (1−w),  0 < w < 1",
    because:
      "a category is a vector e_k with a single 1, of which this sum is one: none lies between",
    claims: ["A-201"],
    as: .specialCase
  ) { parts, problem in
    let between = parts.interpolate([problem.share, 1 - problem.share], [[1, 0, 0], [0, 1, 0]])
    let share = ExactValue(problem.share)
    return .atMost(squaredNorm(between), 1.0, gap: 2 * share * (1 - share))
  }

  static let counts = Check(
    "counts-between-counts", "½ · 2 + ½ · 4 = 3",
    because: "a count between two counts may be a count: what is discrete is no category yet",
    claims: [.against("A-201")],
    as: .specialCase
  ) { parts, _ in .equal(parts.interpolate([0.5, 0.5], [[2], [4]]), [3.0]) }

  private static func squaredNorm(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }
  }
}
